"""Non-interference: everything in every form is a function of what was published (privacy rule 7).

The same answers by other people, and below the floor any other answers, go the whole way of the product, from sealed
envelopes to every form; and not one byte may differ. Controls show that a rule that leaks is seen, and that what may be
seen makes a difference. Rounds of an area have a file of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bot.render
from bot.usecases.agree_action import agree_action
from dialogues.conversation.inputs import STOP
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.step_story import CHECK
from storage.rounds import Round
from tests.support.everything import differing, lived, without_a_floor
from tests.support.house import ANNE, BRAM, LEAD, House, furnished

pytestmark = pytest.mark.thorough

EACH = 5
"""People of each of two sectors: both can be shown."""
TOO_FEW = 4
CHATS = (ANNE, *range(3000, 3000 + EACH - 1), BRAM, *range(4000, 4000 + EACH - 1))
"""The first half is of one sector, the second of another."""
MIXED = (*CHATS[:3], *CHATS[-3:])
"""Of each sector too few to show."""
ELEMENTS = ("trust", "trust", "actioncheck", "closing")
"""What is asked, one round after another; the step is agreed on after the first."""
TOP_THREES = (
    ("trust", "roles", "leadership"),
    ("trust", "involvement", "other"),
    ("conditions", "infosharing", "skills"),
)
scores = st.sampled_from(("1", "2", "3", "4", "5", "no_view"))
steps = st.sampled_from((("not_yet", ""), ("sometimes", "yes"), ("mostly", "no"), ("no_view", "")))
gifts = st.tuples(scores, steps, scores, st.sampled_from(TOP_THREES))
sectors = st.lists(gifts, min_size=EACH, max_size=EACH)
some = settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
Gift = tuple[str, tuple[str, str], str, tuple[str, str, str]]
"""What one person answers: trust, the step and whether it helps, trust again, and the top 3."""
LIKE: Gift = ("4", ("mostly", "yes"), "4", TOP_THREES[0])
UNLIKE: Gift = ("1", ("not_yet", ""), "2", TOP_THREES[2])


@pytest.fixture(scope="module")
def model(tmp_path_factory) -> House:
    """A house with ten people in the team, of two sectors, and the first round open; to copy."""
    house = furnished(tmp_path_factory.mktemp("model"))
    for number, chat in enumerate(CHATS):
        if chat not in {ANNE, BRAM}:
            house.member(chat, sector="jgz" if number < EACH else "wijkteam")
    house.stock(16)
    house.open_round("trust")
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house


def test_every_form_is_looked_at_and_an_envelope_says_no_less_than_taps(model):
    """A new form of render, or a new page about a cycle or a year, stands in `everything`; all of it is drawn."""
    by_hand = lived(model, lambda house: a_year(house, [LIKE] * 2 * EACH, tapped=True), drawn=True)
    sealed = lived(model, lambda house: a_year(house, [LIKE] * 2 * EACH), drawn=True)
    assert differing(by_hand, sealed) == []
    named = {name.split(" ")[0] for name in sealed}
    assert set(bot.render.__all__) <= named
    assert {"stored", "templates", "prompts", "year", "area_year", "cycle", "overview", "worlds", "ahead"} <= named
    assert sum(name.startswith("stored") for name in sealed) == len(ELEMENTS)
    assert all(sealed.values())
    last = sealed["message 3 of Samen in Noord"].decode()
    assert "Jullie top 3" in last
    assert "Hetzelfde als in " in sealed["message 1 of Samen in Noord"].decode()
    assert "Het vaakst ‘ja, meestal’" in sealed["message 2 of Samen in Noord"].decode()
    assert "Het vaakst ‘ja, meestal’" in sealed["year 2026"].decode()
    first = Maandbeeld.from_json(sealed["stored 0 of Samen in Noord"].decode())
    assert [line.who for line in first.elements[0].scales[0].lines] == ["Team", "JGZ", "Het buurtteam"]


@settings(some, max_examples=2)
@given(one=sectors, other=sectors, data=st.data())
def test_who_gave_which_answers_changes_nothing(model, one, other, data):
    """Two rounds of the same question, one about the step and a closing: any exchange between people of a sector."""
    exchanged = [*data.draw(st.permutations(one)), *data.draw(st.permutations(other))]
    assert differing(year_with(model, [*one, *other]), year_with(model, exchanged)) == []


@some
@given(
    given_answers=st.lists(scores, min_size=TOO_FEW, max_size=TOO_FEW),
    others=st.lists(scores, min_size=TOO_FEW, max_size=TOO_FEW),
)
def test_below_the_floor_no_answer_changes_anything(model, given_answers, others):
    """Four people: whatever they answered, twice."""
    assert differing(thin(model, given_answers), thin(model, others)) == []


def test_what_is_published_makes_a_difference(model):
    """The control of all the rest: when two sectors change answers, their words do so too, in all forms of a month."""
    answers = [LIKE] * EACH + [UNLIKE] * EACH
    differ = {name.split(" ")[0] for name in differing(year_with(model, answers), year_with(model, answers[::-1]))}
    assert {"stored", "message", "csv_file", "templates", "signals"} <= differ
    assert not differ & {"cycle", "area_year", "ahead"}


@some
@given(given_answers=st.lists(scores, min_size=len(MIXED), max_size=len(MIXED)), data=st.data())
def test_where_no_sector_may_show_it_does_not_matter_whose_it_is(model, given_answers, data):
    """Six people of two sectors, three of each: any exchange between all of them."""
    exchanged = data.draw(st.permutations(given_answers))
    assert differing(once(model, MIXED, given_answers), once(model, MIXED, exchanged)) == []


def test_a_rule_that_shows_small_sectors_is_seen(model):
    """The control of that exchange: sectors of three are made to show, and two people who change places tell."""
    with patch("dialogues.insight.publication._visible", lambda names, _sizes, _floor: range(len(names))):
        one, other = (once(model, MIXED, answers) for answers in ("115551", "155511"))
        assert differing(one, other)


def test_a_rule_without_a_floor_is_seen(model):
    """The control below the floor: four answers that are published all the same."""
    with without_a_floor():
        assert differing(thin(model, ["1"] * TOO_FEW), thin(model, ["5"] * TOO_FEW))


def year_with(model: House, given_answers: Sequence[Gift]) -> dict[str, bytes]:
    """All there is to read after a year of all these people."""
    return lived(model, lambda house: a_year(house, given_answers))


def a_year(house: House, given_answers: Sequence[Gift], *, tapped: bool = False) -> None:
    """Everybody answers in each round, and each month has its maandbeeld; after the first a step is agreed on."""
    about = house.read(lambda work: work.rounds.latest(house.team_id))
    give = tap if tapped else put
    for place, element in enumerate(ELEMENTS):
        while about.element != element:
            about = after(house, about, first=element)
        for chat, gift in zip(CHATS, given_answers, strict=True):
            give(house, about, chat, gift, again=place > 0)
        house.close(about)
        made = house.maandbeeld()
        if not place:
            agree_action(house.deps, chat_id=LEAD, maandbeeld_id=made, place="0", owner="samen", weeks=12)
        if element != ELEMENTS[-1]:
            about = after(house, about, first=ELEMENTS[place + 1])


def after(house: House, about: Round, *, first: str) -> Round:
    """The round after this one; once a quarter the family goes first, and everybody says the same about it."""
    if house.round(about.id).state == "open":
        for chat in CHATS:
            house.seal(chat, about, statement=("4",))
        house.close(about)
    if first != CHECK:
        with house.storage.begin() as work:
            work.schedules.put(replace(work.schedules.get(house.team_id), first=(first,)))
            work.commit()
    return house.next_round()


def put(house: House, about: Round, chat: int, gift: Gift, *, again: bool) -> None:
    """One person's answer to this round, in an envelope."""
    (happens, helps), score = gift[1], gift[2 if again else 0]
    if about.element == CHECK:
        house.seal(chat, about, happens=(happens,), **({"helps": (helps,)} if helps else {}))
    elif about.element == "closing":
        house.seal(chat, about, top3=gift[3])
    else:
        house.seal(chat, about, statement=(score,))


def tap(house: House, about: Round, chat: int, gift: Gift, *, again: bool) -> None:
    """What `LIKE` says, tapped."""
    assert gift == LIKE
    if about.element == CHECK:
        view = house.tap(chat, house.tap(chat, house.start(chat, about.id), "Ja, meestal"), "Ja")
        house.give(chat, view, next(button.tap for button in view.screen.buttons if button.tap.choice == STOP))
    elif about.element == "closing":
        house.answer_closing(chat, about.id, ("Vertrouwen", "Rollen", "Leiderschap"))
    else:
        house.answer(chat, about.id, "4")


def once(model: House, chats: Sequence[int], given_answers: Sequence[str]) -> dict[str, bytes]:
    """These people answer the first round, and a maandbeeld is made."""
    return lived(model, lambda house: one_round(house, chats, given_answers, times=1))


def thin(model: House, given_answers: Sequence[str]) -> dict[str, bytes]:
    """Four people answer, once and at the second chance."""
    return lived(model, lambda house: one_round(house, CHATS[:TOO_FEW], given_answers, times=2))


def one_round(house: House, chats: Sequence[int], given_answers: Sequence[str], *, times: int) -> None:
    """These people answer so many times, each time with a maandbeeld after it."""
    about = house.read(lambda work: work.rounds.latest(house.team_id))
    for number in range(times):
        about = house.next_round() if number else about
        for chat, score in zip(chats, given_answers, strict=True):
            house.seal(chat, about, statement=(score,))
        house.close(about)
        house.maandbeeld()
