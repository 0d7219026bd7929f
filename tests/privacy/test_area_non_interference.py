"""Non-interference of a whole area: its own rounds, its strategic layer and both beside each other (rules 7 and 9).

Twenty people of three teams and of two sectors answer for the area, and five for its strategic layer, in sealed
envelopes. Who gave which answers, and below the floor which answers they were, makes no difference of one byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.usecases.arrange_area_rounds import arrange_area_rounds
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import release_due
from storage.rounds import Round
from tests.support.everything import GROUPS, differing, lived, without_a_floor
from tests.support.house import ANNE, BRAM, COORDINATOR, House, furnished

pytestmark = pytest.mark.thorough

SECTORS = ("jgz", "wijkteam")
EACH = 10
"""People of each sector in the area: both can be shown."""
CHATS = {"jgz": (ANNE, *range(3000, 3000 + EACH - 1)), "wijkteam": (BRAM, *range(4000, 4000 + EACH - 1))}
LEADERS = tuple(range(7000, 7005))
FEW, FEW_LEADERS = EACH - 1, len(LEADERS) - 1
"""One too few for an area, and for its strategic layer."""
scores = st.sampled_from(("1", "2", "3", "4", "5", "no_view"))
some = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))


def lists(number: int) -> st.SearchStrategy[list[str]]:
    return st.lists(scores, min_size=number, max_size=number)


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> House:
    """An area of three teams in which both groups are asked about the family; nobody has answered yet. To copy."""
    house = furnished(tmp_path_factory.mktemp("model"))
    house.stock(30)
    more = (
        make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het buurtteam")
        for name in ("Oost", "West")
    )
    teams = [house.team, *more]
    for team in teams:
        house.rhythm("trust", team=team)
    for sector in SECTORS:
        for number, chat in enumerate(CHATS[sector]):
            if chat not in {ANNE, BRAM}:
                house.member(chat, sector=sector, team=teams[number % 3])
    for number, chat in enumerate(LEADERS):
        house.member(chat, sector="jgz", function="jgz_policy", team=teams[number % 3])
    arrange_area_rounds(house.deps)
    with house.storage.begin() as work:
        for scope in GROUPS:
            schedule = work.schedules.get(work.teams.group(house.area_id, scope).id)
            work.schedules.put(replace(schedule, first=("client",)))
            house.clock.moment = max(house.clock.moment, schedule.next_due_at)
        work.commit()
    open_due_rounds(house.deps)
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house


@pytest.fixture(scope="module")
def seen(model) -> dict[str, bytes]:
    """What there is to read when two sectors say something else, and leaders the same as one of them."""
    return answered(model, of_area(["5"] * EACH, ["1"] * EACH), dict.fromkeys(LEADERS, "1"))


def test_sectors_and_the_strategic_layer_are_on_the_pages(seen):
    """What is compared does show something: words of the area, of two sectors and of leaders, and both worlds."""
    worlds = seen["worlds"].decode()
    for who in ("Hele gebied", "JGZ", "Het wijkteam", "Leiding en beleid"):
        assert f"who='{who}'" in worlds
    assert "pattern='two_worlds'" in worlds
    assert "who='JGZ'" in seen["overview"].decode()
    assert {name for name in seen if name.startswith("stored 0 of")} >= {
        "stored 0 of Heel Noord",
        "stored 0 of Leiding en beleid in Noord",
    }


@some
@given(one=lists(EACH), other=lists(EACH), theirs=lists(len(LEADERS)), data=st.data())
def test_who_in_the_area_gave_which_answers_changes_nothing(model, one, other, theirs, data):
    """Any exchange between people of a sector, of whatever team, and between leaders."""
    exchanged = of_area(*(data.draw(st.permutations(each)) for each in (one, other)))
    leaders = data.draw(st.permutations(theirs))
    told = answered(model, of_area(one, other), dict(zip(LEADERS, theirs, strict=True)))
    assert differing(told, answered(model, exchanged, dict(zip(LEADERS, leaders, strict=True)))) == []


@some
@given(given_answers=lists(FEW), others=lists(FEW), theirs=lists(FEW_LEADERS), of_others=lists(FEW_LEADERS))
def test_below_the_floors_of_an_area_no_answer_changes_anything(model, given_answers, others, theirs, of_others):
    """Nine people of an area, and four of its strategic layer: whatever they answered."""
    told = answered(model, few(given_answers), few_leaders(theirs))
    assert differing(told, answered(model, few(others), few_leaders(of_others))) == []


@pytest.mark.parametrize("who", ["a sector", "the strategic layer"])
def test_what_is_published_of_an_area_makes_a_difference(model, seen, who):
    """The control: when a sector, or the leaders, say something else, the pages of the area do so too."""
    first, second = ("1", "5") if who == "a sector" else ("5", "1")
    leaders = dict.fromkeys(LEADERS, "1" if who == "a sector" else "5")
    differ = differing(seen, answered(model, of_area([first] * EACH, [second] * EACH), leaders))
    assert {"overview", "worlds"} <= set(differ)
    assert not any("Samen in Noord" in name or "Oost" in name for name in differ)


def test_an_area_without_a_floor_is_seen(model):
    """The control below the floor: nine answers and four of leaders that are published all the same."""
    with without_a_floor():
        one, other = (answered(model, few(each * FEW), few_leaders(each * FEW_LEADERS)) for each in "15")
        assert {"overview", "worlds"} <= set(differing(one, other))


def of_area(*answers: Sequence[str]) -> dict[int, str]:
    """Chat → answer, for each sector in turn."""
    return {
        chat: score
        for sector, given_answers in zip(SECTORS, answers, strict=True)
        for chat, score in zip(CHATS[sector], given_answers, strict=True)
    }


def few(answers: Sequence[str]) -> dict[int, str]:
    """Too few people, of both sectors."""
    chats = (*CHATS["jgz"][:5], *CHATS["wijkteam"][: FEW - 5])
    return dict(zip(chats, answers, strict=True))


def few_leaders(answers: Sequence[str]) -> dict[int, str]:
    return dict(zip(LEADERS, answers, strict=False))


def answered(model: House, practice: Mapping[int, str], leaders: Mapping[int, str]) -> dict[str, bytes]:
    """All there is to read after both rounds of the area, and the overviews made of them."""

    def live(house: House) -> None:
        rounds = [round_of(house, scope) for scope in GROUPS]
        for about, answers in zip(rounds, (practice, leaders), strict=True):
            for chat, score in answers.items():
                house.seal(chat, about, statement=(score,))
        house.clock.moment = max(about.closes_at for about in rounds)
        release_due(house.deps)
        house.clock.moment = max(
            house.read(lambda work, about=about: work.schedules.get(about.team_id)).maandbeeld_due_at
            for about in rounds
        )
        compose_due_maandbeelden(house.deps)

    return lived(model, live)


def round_of(house: House, scope: str) -> Round:
    """The round that this group is asked."""
    return house.read(lambda work: work.rounds.latest(work.teams.group(house.area_id, scope).id))
