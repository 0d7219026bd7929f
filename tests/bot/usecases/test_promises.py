"""What a round promises about its overview: chosen before it, told before it, and kept whatever is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.changes import my_log
from bot.usecases.choose_publication import Shown, choose_publication, see_publication
from bot.usecases.errors import NotAllowed
from bot.usecases.leave_team import remove_now
from bot.usecases.published_rounds import element_of
from bot.usecases.raise_floor import raise_floor, see_floor
from bot.usecases.roster import few_between, few_changed, roster_mark
from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import Maandbeeld
from storage.people import Membership, Person
from tests.support.house import AMSTERDAM, ANNE, COORDINATOR, DAY, copied

TWELVE = "111144445555"


def choose(house, shown):
    return choose_publication(house.deps, chat_id=COORDINATOR, team_id=house.team_id, shown=shown)


def answered(house, about, chats, scores):
    for chat, score in zip(chats, scores, strict=False):
        house.answer(chat, about.id, score)
    assert house.close(about) == "published"
    house.stock(1)
    return house.read(lambda work: work.publications.get(about.id))


def promised(about):
    return about.rule, about.split, about.few_changed


def openings(house, about):
    """What each prompt of this round says before its question."""
    return [each.message.opening for each in house.send() if getattr(each.message, "round_id", "") == about.id]


@pytest.fixture(scope="module")
def house_of_twelve(model_house, tmp_path_factory):
    """A team of twelve, of which one round has been published, so that counts can be shown."""
    house = copied(model_house, tmp_path_factory.mktemp("twelve"))
    chats = house.members(12)
    answered(house, house.open_round(), chats, TWELVE)
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house, chats


@pytest.fixture
def house(tmp_path, house_of_twelve):
    """A copy of it."""
    model, _ = house_of_twelve
    house = copied(model, tmp_path)
    house.clock.moment = model.clock.moment
    yield house
    house.storage.engine.dispose()


@pytest.fixture
def twelve(house_of_twelve):
    """Its members."""
    return house_of_twelve[1]


@pytest.fixture
def new_house(tmp_path, model_house):
    """A house of which nothing was published yet."""
    house = copied(model_house, tmp_path)
    yield house
    house.storage.engine.dispose()


@pytest.mark.parametrize(
    ("shown", "rule", "split"),
    [(Shown.SECTORS, "words", "sector"), (Shown.SIDES, "words", "side"), (Shown.COUNTS, "counts", "none")],
)
def test_a_choice_counts_from_the_next_round(house, twelve, shown, rule, split):
    """The round that opens next is published so: one rule, one split, and no split under the rule of counts."""
    choose(house, shown)
    about = house.next_round()
    assert promised(about) == (rule, split, False)
    cell = answered(house, about, twelve, TWELVE).cells["statement"]
    assert cell["rule"] == rule
    assert bool(cell["counts"]) == (shown is Shown.COUNTS)
    assert not (cell["counts"] and cell["sectors"])


def test_a_running_round_keeps_what_was_promised(house, twelve):
    """A choice made while a question is open changes nothing about it, and the coordinator reads that it does not."""
    about = house.next_round()
    assert choose(house, "counts").running
    assert promised(house.round(about.id)) == ("words", "sector", False)
    assert answered(house, about, twelve, TWELVE).cells["statement"]["counts"] is None
    assert promised(house.next_round())[0] == "counts"


def test_members_read_it_before_the_first_question(house, twelve):
    """One line in every prompt of the next round and on its first screen; back to the usual is told once."""
    about = house.next_round()
    assert not any("overzicht toont" in opening for opening in openings(house, about))
    answered(house, about, twelve, TWELVE)
    choose(house, "counts")
    about = house.next_round()
    said = openings(house, about)
    assert len(said) == len(twelve)
    assert all(opening.startswith("Nieuw: het overzicht toont aantallen als dat veilig kan.") for opening in said)
    assert house.start(ANNE, about.id).screen.opening.startswith("Nieuw: het overzicht toont aantallen")
    answered(house, about, twelve, TWELVE)
    choose(house, "sectors")
    about = house.next_round()
    assert all(opening.startswith("Nieuw: het overzicht toont woorden.") for opening in openings(house, about))
    answered(house, about, twelve, TWELVE)
    assert not any("toont" in opening for opening in openings(house, house.next_round()))


@pytest.mark.parametrize(
    ("shown", "said"),
    [(Shown.COUNTS, "het overzicht toont aantallen als dat veilig kan"), (Shown.SIDES, "Een zijde van de driehoek")],
)
def test_what_is_not_usual_is_read_before_every_question(house, twelve, shown, said):
    """Also by five who come at once, as after a merge, and by whoever was away when it was new."""
    choose(house, shown)
    answered(house, house.next_round(), twelve, TWELVE)
    house.clock.moment += DAY
    for chat_id in range(900, 905):
        house.member(chat_id)
    raise_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id, floor=8)
    about = house.next_round()
    assert not about.few_changed
    heard = openings(house, about)
    assert len(heard) == len(twelve) + 5
    assert all(opening.startswith("Goed om te weten: het overzicht") and said in opening for opening in heard)
    assert all("Nieuw: er komt pas een overzicht bij minstens 8 antwoorden." in opening for opening in heard)
    answered(house, about, twelve, TWELVE)
    heard = openings(house, house.next_round())
    assert len(heard) == len(twelve) + 5
    assert all(opening.startswith("Goed om te weten: het overzicht") and said in opening for opening in heard)
    assert all("Goed om te weten: er komt pas een overzicht bij minstens 8" in opening for opening in heard)


def test_a_raised_floor_holds_from_the_next_round_and_is_told_before_it(house, twelve):
    """The open round keeps its five; the next one needs eight, says so, and gives nothing below."""
    about = house.next_round()
    assert raise_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id, floor=8).running
    assert house.round(about.id).floor == 5
    assert answered(house, about, twelve[:5], TWELVE).cells
    about = house.next_round()
    assert about.floor == 8
    said = openings(house, about)
    assert len(said) == len(twelve)
    assert all("pas een overzicht bij minstens 8 antwoorden" in opening for opening in said)
    for chat in twelve[:7]:
        house.answer(chat, about.id)
    assert house.close(about) == "thin"


@pytest.mark.parametrize("floor", [5, 6, 7, 1000, -1])
def test_a_floor_only_goes_up_and_only_to_what_is_on_offer(house, floor):
    """Lower or made up: refused, and nothing changed. The same again changes nothing, and the log says it once."""
    raise_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id, floor=8)
    with pytest.raises(NotAllowed):
        raise_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id, floor=floor)
    now = see_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert (now.now, [*now.higher]) == (8, [10, 12])
    assert raise_floor(house.deps, chat_id=COORDINATOR, team_id=house.team_id, floor=8) == now
    assert len(house.rows("SELECT 1 FROM change WHERE kind = 'floor'")) == 1
    assert not house.read(lambda work: work.teams.raise_floor(house.team_id, 8))


def test_the_log_says_it_to_everybody(house, twelve):
    """Members read what was chosen with /logboek; choosing the same again is no change."""
    choose(house, "sides")
    choose(house, "sides")
    logged = [each for each in my_log(house.deps, chat_id=ANNE).changes if each.kind == "publication"]
    assert [dict(each.words) for each in logged] == [{"shown": "sides"}]
    assert see_publication(house.deps, chat_id=COORDINATOR, team_id=house.team_id).shown is Shown.SIDES


def test_nobody_chooses_what_is_not_offered(house):
    """Averages, for instance."""
    with pytest.raises(NotAllowed):
        choose(house, "averages")


def test_the_first_overview_of_a_team_is_words(new_house):
    """A new team has not shown yet who is in it, so counts wait until something was published."""
    house = new_house
    chats = house.members(12)
    choose(house, "counts")
    about = house.open_round()
    assert promised(about) == ("words", "none", False)
    cell = answered(house, about, chats, TWELVE).cells["statement"]
    assert (cell["counts"], cell["sectors"]) == (None, {})
    assert promised(house.next_round()) == ("counts", "none", False)


# A team of which a few people changed


@pytest.mark.parametrize(("newcomers", "few"), [(0, False), (1, True), (4, True), (5, False)])
def test_one_to_four_newcomers_make_it_words_only(house, twelve, newcomers, few):
    """Decided when the round opens; five newcomers can hide behind each other."""
    choose(house, "counts")
    house.clock.pass_(DAY)
    for chat in range(2000, 2000 + newcomers):
        house.member(chat)
    assert promised(house.next_round()) == ("words" if few else "counts", "none", few)


@pytest.mark.parametrize(("leavers", "few"), [(1, True), (4, True), (5, False)])
def test_one_to_four_leavers_make_it_words_only(house, twelve, leavers, few):
    """The people who stayed are fewer than were asked before, and by how many is known without a list of them."""
    choose(house, "counts")
    for chat in twelve[:leavers]:
        remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[chat])
    assert promised(house.next_round())[2] is few


def test_who_came_and_who_went_are_counted_together(house, twelve):
    """Three came and three went: six differ."""
    house.clock.pass_(DAY)
    for chat in twelve[:3]:
        remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[chat])
        house.member(chat + 5000)
    assert not house.next_round().few_changed


def test_it_is_compared_with_what_was_published_last(house, twelve):
    """A round that showed nothing in between hides no change: the newcomer is new since the last overview."""
    house.clock.pass_(DAY)
    house.member(2000)
    thin = house.next_round()
    assert thin.few_changed
    assert house.close(thin) == "thin"
    house.stock(1)
    assert house.next_round().few_changed


def test_a_second_chance_keeps_the_promise_of_the_first(house, twelve):
    """Who answered when words were promised is never counted out loud, whatever was chosen since."""
    thin = house.next_round()
    house.answer(ANNE, thin.id, "1")
    assert house.close(thin) == "thin"
    house.stock(1)
    choose(house, "counts")
    again = house.next_round()
    assert again.predecessor_id == thin.id
    assert promised(again) == ("words", "sector", False)


def test_who_left_between_two_chances_makes_the_round_after_them_words_only(house, twelve):
    """The overview of both holds the answer of one who is gone; the next one would show the difference."""
    choose(house, "counts")
    thin = house.next_round()
    house.answer(ANNE, thin.id, "1")
    assert house.close(thin) == "thin"
    house.stock(1)
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    again = house.next_round()
    assert again.predecessor_id == thin.id
    answered(house, again, twelve[1:], TWELVE)
    published = house.read(lambda work: element_of(work, house.deps, work.publications.get(again.id)))
    assert published.roster == ""
    after = house.next_round()
    assert promised(after) == ("words", "none", True)
    answered(house, after, twelve[1:], TWELVE)
    assert promised(house.next_round()) == ("counts", "none", False)
    both = house.read(lambda work: [work.rounds.get(each.id) for each in (again, after)])
    assert house.read(lambda work: few_between(work, house.deps, earlier=both[0], later=both[1]))


def test_a_second_chance_of_the_same_people_counts_as_one_round(house, twelve):
    """A newcomer makes both words only; the round after is compared with those who were asked both times."""
    choose(house, "counts")
    house.clock.pass_(DAY)
    house.member(2000)
    thin = house.next_round()
    assert house.close(thin) == "thin"
    house.stock(1)
    again = house.next_round()
    assert (again.predecessor_id, again.few_changed) == (thin.id, True)
    answered(house, again, (*twelve, 2000), TWELVE)
    assert promised(house.next_round()) == ("counts", "none", False)


def test_the_maandbeeld_of_such_a_month_says_so(house, twelve):
    """No count on the page, and the sentence; the month had a round with counts as well."""
    house.maandbeeld()
    choose(house, "counts")
    answered(house, house.next_round(), twelve, TWELVE)
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[twelve[11]])
    about = house.next_round()
    assert openings(house, about)[0].startswith("Let op: van deze vraag toont het overzicht alleen woorden")
    assert answered(house, about, twelve[:11], TWELVE).changed_roster
    made_id = house.maandbeeld()
    made = Maandbeeld.from_json(house.read(lambda work: work.maandbeelden.get(made_id)).body)
    lines = [line for one in made.elements for scale in one.scales for line in scale.lines]
    assert phrases_nl.ROSTER_CHANGED in made.footnotes
    assert lines
    assert not [line for line in lines if line.number is not None]


PEOPLE = st.sets(st.integers(0, 14), min_size=1)


@given(PEOPLE, PEOPLE)
def test_how_many_changed_is_never_counted_too_high(before, now):
    """Against the whole truth: whenever 1-4 people differ, a round is words only; who is the same is never."""
    opened = datetime(2026, 11, 3, 8, tzinfo=UTC)
    places = {
        number: Membership(
            id=f"m{number}",
            person_id=f"p{number}",
            team_id="team",
            role="member",
            joined_on=(opened - DAY if number in before else opened + DAY).date(),
        )
        for number in before | now
    }
    members = [(Person(id=f"p{number}", chat_id=number, name=""), places[number]) for number in now]
    earlier = SimpleNamespace(
        roster_digest=roster_mark([(Person(id=f"p{n}", chat_id=n, name=""), places[n]) for n in before]),
        opens_at=opened,
        sector_sizes={"jgz": len(before)},
        predecessor_id=None,
    )
    work = SimpleNamespace(
        people=SimpleNamespace(first_days=lambda _team: {each.person_id: each.joined_on for each in places.values()})
    )
    deps = SimpleNamespace(zone=AMSTERDAM)
    few = few_changed(work, deps, earlier=earlier, members=members)
    assert few == (1 <= len(before ^ now) <= 4)
