"""Which element comes next: the standard order, round and round, and never one dropped."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.rotation import (
    STANDARD_ORDER,
    Asked,
    Topic,
    Wishes,
    next_topic,
    order_for,
    plan,
    silent,
    starting_with,
    topic_at,
)
from tests.support.chance import examples
from tests.support.shipped import shipped

ELEMENTS = sorted(set(STANDARD_ORDER))
available = st.sets(st.sampled_from(ELEMENTS) | st.text(min_size=1, max_size=4), min_size=1)
circles = available.map(lambda there: order_for("", there))


@given(available)
def test_the_standard_order_drops_nothing_and_adds_nothing(there: set[str]) -> None:
    """Every element with content is in the order, and none without."""
    assert set(order_for("", there)) == there


@given(available)
def test_known_elements_keep_their_places_and_unknown_ones_follow(there: set[str]) -> None:
    """What has a place keeps it, as often as it comes; a team's own topics come after it once, in a fixed order."""
    topics = order_for("", there)
    known = [topic for topic in STANDARD_ORDER if topic in there]
    assert list(topics) == known + sorted(there - set(STANDARD_ORDER))
    assert order_for("", sorted(there, reverse=True)) == topics


@given(circles, st.data())
def test_another_beginning_is_the_same_circle(topics: tuple[str, ...], data: st.DataObject) -> None:
    """Putting one first turns the circle; each comes as often as before and after the same one."""
    first = data.draw(st.sampled_from(topics))
    turned = starting_with(first, topics)
    assert turned[0] == first
    assert Counter(turned) == Counter(topics)
    assert turned * 2 == (topics * 3)[topics.index(first) :][: 2 * len(topics)]


@given(circles)
def test_what_is_not_in_the_circle_cannot_begin_it(topics: tuple[str, ...]) -> None:
    """An element that is not there leaves the circle as it is."""
    assert starting_with("bestaat niet", topics) == topics


@given(circles, st.integers(0, 10**6))
def test_every_round_of_the_circle_asks_everything(topics: tuple[str, ...], position: int) -> None:
    """From any place: as many rounds as there are topics pass each of them, and then it begins again."""
    lap = [topic_at(topics, position + step) for step in range(len(topics))]
    assert Counter(lap) == Counter(topics)
    assert topic_at(topics, position + len(topics)) == lap[0]


def test_a_rhythm_without_topics_is_an_error() -> None:
    """There is always something to reflect on; nothing at all is a mistake of the caller."""
    with pytest.raises(ValueError, match="minstens één"):
        topic_at((), 0)


def test_the_order_begins_with_the_foundation_and_ends_looking_back() -> None:
    """Trust, roles and communication first; the family returns in every part; the closing comes last."""
    assert STANDARD_ORDER[:4] == ("trust", "roles", "communication", "client")
    assert STANDARD_ORDER[-1] == "closing"
    assert len(STANDARD_ORDER) == 20
    assert len(set(STANDARD_ORDER)) == 18
    assert {topic: count for topic, count in Counter(STANDARD_ORDER).items() if count > 1} == {"client": 3}


def test_every_shipped_element_has_a_place_in_the_order() -> None:
    """No element that ships is left to the end of the line by forgetting it in the order."""
    elements = {each.id for each in shipped().definitions.values() if each.is_element}
    assert elements <= set(STANDARD_ORDER)


# Years of rounds


def played(
    gaps: list[int], *, seed: int, bands: tuple[str | None, ...], order: tuple[str, ...] = STANDARD_ORDER, wishing: bool
) -> tuple[list[Asked], list[tuple[date, str, str, date]]]:
    """Rounds with these days between them, with bands as they fall; and the wishes of a coordinator: day, what, until.

    A coordinator who wishes puts an element forward in one of six rounds, and sets one aside in another.
    """
    chance = Random(seed)  # noqa: S311 - a play, not a secret
    history: list[Asked] = []
    wished: list[tuple[date, str, str, date]] = []
    wishes, today = Wishes(), date(2026, 1, 5)
    for gap in gaps:
        following = today + timedelta(days=gap)
        if wishing:
            act, element = chance.randrange(6), chance.choice(order)
            if act == 0 and element not in wishes.first:
                wishes = Wishes((*wishes.first, element), wishes.aside)
                wished.append((today, "first", element, today))
            if act == 1:
                until = today + timedelta(days=chance.randrange(1, 250))
                wishes = Wishes(wishes.first, {**wishes.aside, element: until})
                wished.append((today, "aside", element, until))
        topic = next_topic(
            order, tuple(history), today=today, wishes=wishes, available=frozenset(order), following=following
        )
        band = chance.choice(bands)
        history.append(Asked(topic.element, today, published=band != "thin", band=band, still=topic.still))
        wishes = wishes.after(topic.element, today=today)
        today = following
    return history, wished


WEEKLY = st.just([7] * 210)
TWO_WEEKLY = st.just([14] * 130)
MONTHLY = st.lists(st.sampled_from([28, 28, 35]), min_size=70, max_size=70)
UNEVEN = st.lists(st.integers(1, 45), min_size=90, max_size=130)
SLOW = st.integers(46, 60).map(lambda gap: [gap] * 150) | st.just("every other month")
RARE = st.integers(64, 190).map(lambda gap: [gap] * 110)
BANDS = ("low", "mid", "high", "no_view", None, "thin")
any_bands = st.just(("high",)) | st.lists(st.sampled_from(BANDS), min_size=1, max_size=4).map(tuple)
seeds = st.integers(0, 2**32)


@given(gaps=WEEKLY | TWO_WEEKLY | MONTHLY | UNEVEN, seed=seeds, bands=any_bands, wishing=st.booleans())
@settings(max_examples=examples(15), deadline=None)
def test_no_quarter_passes_without_the_family(
    gaps: list[int], *, seed: int, bands: tuple[str | None, ...], wishing: bool
) -> None:
    """At most thirteen weeks between two client questions, whatever is high, put forward or set aside."""
    history, _ = played(gaps, seed=seed, bands=bands, wishing=wishing)
    asked = [history[0].opened_on, *(each.opened_on for each in history if each.element == "client")]
    assert all(later - earlier <= timedelta(days=91) for earlier, later in pairwise([*asked, history[-1].opened_on]))
    assert not any(each.still for each in history if each.element == "client")


@given(gaps=SLOW, seed=seeds, bands=any_bands)
@settings(max_examples=examples(12), deadline=None)
def test_in_a_rhythm_slower_than_six_weeks_every_quarter_has_the_family(
    gaps: list[int] | str, seed: int, bands: tuple[str | None, ...]
) -> None:
    """Seven or eight weeks, or every other month: once in each calendar quarter, and the others still all come."""
    history, _ = played(
        every_other_month(150) if isinstance(gaps, str) else gaps, seed=seed, bands=bands, wishing=False
    )
    client = [each.element == "client" for each in history]
    begun, last = quarter(history[0].opened_on), quarter(history[-1].opened_on)
    asked = {quarter(each.opened_on) for each in history if each.element == "client"}
    assert asked - {begun, last} == {quarter(each.opened_on) for each in history} - {begun, last}
    assert not any(all(client[place : place + 3]) for place in range(len(client) - 2))
    assert {each.element for each in history} == set(STANDARD_ORDER)
    assert client.count(False) * 3 >= len(client) - 3


def every_other_month(number: int) -> list[int]:
    """The days between the first Mondays of every other month."""
    firsts = [
        date(2026 + month // 12, month % 12 + 1, day)
        for month in range(0, 2 * number + 2, 2)
        for day in range(1, 8)
        if date(2026 + month // 12, month % 12 + 1, day).weekday() == 0
    ]
    return [(later - earlier).days for earlier, later in pairwise(firsts)]


def quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


@given(gaps=RARE, seed=seeds, bands=any_bands)
@settings(max_examples=5, deadline=None)
def test_in_a_slow_rhythm_the_family_takes_every_other_round(
    gaps: list[int], seed: int, bands: tuple[str | None, ...]
) -> None:
    """With hardly one round a quarter, or less, it is asked every second time, so that the others come too."""
    history, _ = played(gaps, seed=seed, bands=bands, wishing=False)
    assert [each.element == "client" for each in history[1:]] == [bool(number % 2) for number in range(1, len(history))]
    assert {each.element for each in history} == set(STANDARD_ORDER)


@given(gaps=WEEKLY | TWO_WEEKLY | UNEVEN, seed=seeds, bands=any_bands)
@settings(max_examples=examples(15), deadline=None)
def test_no_element_is_ever_dropped(gaps: list[int], seed: int, bands: tuple[str | None, ...]) -> None:
    """However the bands fall, also when all are high all the time: every element returns within two circles.

    Two circles are 34 rounds about something else than the family, and one circle more for who waits in line.
    """
    history, _ = played(gaps, seed=seed, bands=bands, wishing=False)
    others = [each.element for each in history if each.element not in {"client", "closing"}]
    assert set(others) == set(STANDARD_ORDER) - {"client", "closing"}
    assert not any("client" == first.element == second.element for first, second in pairwise(history))
    assert len(others) * 2 > len(history)
    for element in set(others):
        places = [-1, *(place for place, each in enumerate(others) if each == element), len(others)]
        assert max(later - earlier for earlier, later in pairwise(places)) <= 3 * 17


@given(gaps=WEEKLY | TWO_WEEKLY | MONTHLY | UNEVEN | RARE, seed=seeds, bands=any_bands, wishing=st.booleans())
@settings(max_examples=examples(15), deadline=None)
def test_the_closing_comes_after_a_whole_circle_and_then_twice_a_year(
    gaps: list[int], *, seed: int, bands: tuple[str | None, ...], wishing: bool
) -> None:
    """Never before everything that does not rest was asked; then half a year apart, with room for six other rounds."""
    history, wished = played(gaps, seed=seed, bands=bands, wishing=wishing)
    closings = [place for place, each in enumerate(history) if each.element == "closing"]
    forward = {day for day, act, element, _ in wished if (act, element) == ("first", "closing")}
    if closings and not forward:
        resting = {element for _, act, element, _ in wished if act == "aside"}
        assert set(STANDARD_ORDER) - resting - {"closing"} <= {each.element for each in history[: closings[0]]}
        for earlier, later in pairwise(closings):
            assert history[later].opened_on - history[earlier].opened_on >= timedelta(days=182)
            assert later - earlier > 6
    if not wishing:
        assert closings
        late = [*closings, len(history) - 1]
        assert all(
            later - earlier <= 10 or history[later - 3].opened_on - history[earlier].opened_on <= timedelta(days=182)
            for earlier, later in pairwise(late)
        )


def test_the_closing_is_always_asked_in_full() -> None:
    """Found worthwhile by everybody, it comes back as itself."""
    history, _ = played([14] * 60, seed=1, bands=("high",), wishing=False)
    closings = [each for each in history if each.element == "closing"]
    assert len(closings) >= 3
    assert not any(each.still for each in closings)


@given(seed=seeds, bands=any_bands)
@settings(max_examples=examples(15), deadline=None)
def test_wishes_come_and_go_by_themselves(seed: int, bands: tuple[str | None, ...]) -> None:
    """What is put forward is asked soon; what is set aside rests until its day, and comes back without anybody's help.

    A client question may come in between, and every wish waits for the ones before it.
    """
    history, wished = played([7] * 210, seed=seed, bands=bands, wishing=True)
    last = history[-1].opened_on
    for day, act, element, until in wished:
        asked = [each.opened_on for each in history if each.element == element and each.opened_on >= day]
        if act == "first" and last - day > timedelta(days=7 * 30):
            assert asked
            assert asked[0] - day <= timedelta(days=7 * 30)
        if act == "aside" and last - until > timedelta(days=7 * 3 * 30):
            assert [each for each in asked if each >= until]
    forward = {(day, element) for day, act, element, _ in wished if act == "first"}
    for day, act, element, until in wished:
        again = any(act == "aside" and each == element and when > day for when, act, each, _ in wished)
        put_forward = any(each == element for _, each in forward)
        if act == "aside" and element not in {"client", "closing"} and not again and not put_forward:
            assert not [each for each in history if each.element == element and day <= each.opened_on < until]


@given(gaps=WEEKLY | MONTHLY, seed=seeds)
@settings(max_examples=6, deadline=None)
def test_a_high_element_slows_down_and_comes_back_in_full(gaps: list[int], seed: int) -> None:
    """High everywhere and always: in full, then whether it still stands, then a circle of rest, and in full again."""
    history, _ = played(gaps, seed=seed, bands=("high",), wishing=False)
    for element in set(STANDARD_ORDER) - {"client", "closing"}:
        stills = [each.still for each in history if each.element == element]
        assert stills == [bool(number % 2) for number in range(len(stills))]


@given(gaps=WEEKLY | MONTHLY, seed=seeds, bands=any_bands)
@settings(max_examples=10, deadline=None)
def test_only_a_published_high_makes_a_question_short(
    gaps: list[int], seed: int, bands: tuple[str | None, ...]
) -> None:
    """The form of each question follows from the last published answer about that element, and nothing else."""
    history, _ = played(gaps, seed=seed, bands=bands, wishing=False)
    latest: dict[str, Asked] = {}
    for each in history:
        before = latest.get(each.element)
        high = before is not None and before.published and before.band == "high" and not before.still
        assert each.still is (high and each.element not in {"client", "closing"})
        latest[each.element] = each


@given(gaps=UNEVEN, seed=seeds, number=st.integers(0, 40))
@settings(max_examples=10, deadline=None)
def test_the_plan_is_what_happens_when_nothing_becomes_known(gaps: list[int], seed: int, number: int) -> None:
    """What is shown beforehand is what is asked, as long as no answer is published and no wish is added."""
    history, _ = played(gaps, seed=seed, bands=("thin",), wishing=False)
    begun, later = tuple(history[:number]), history[number:]
    coming = plan(
        STANDARD_ORDER,
        begun,
        days=[each.opened_on for each in later],
        wishes=Wishes(),
        available=frozenset(STANDARD_ORDER),
    )
    assert [each.element for each in coming][:-1] == [each.element for each in later][:-1]
    assert len(coming) == len(later)


# Known situations


def asked(*elements: str, every: int = 14, band: str | None = None, still: bool = False) -> tuple[Asked, ...]:
    first = date(2026, 1, 5)
    return tuple(
        Asked(element, first + timedelta(days=every * number), published=band is not None, band=band, still=still)
        for number, element in enumerate(elements)
    )


def turn(history: tuple[Asked, ...], wishes: Wishes | None = None, *, order: tuple[str, ...] = STANDARD_ORDER) -> Topic:
    today = history[-1].opened_on + timedelta(days=14) if history else date(2026, 1, 5)
    return next_topic(order, history, today=today, wishes=wishes or Wishes(), available=frozenset(order))


def test_a_new_team_begins_at_the_beginning() -> None:
    """Trust, roles, communication and the family, two weeks apart: the order of the brief."""
    history: tuple[Asked, ...] = ()
    for element in STANDARD_ORDER[:4]:
        assert turn(history) == Topic(element, still=False)
        history = asked(*(each.element for each in history), element)


def test_a_team_once_a_month_meets_the_family_in_every_quarter() -> None:
    """Twelve months, and four of them about the family: the three in between are for the rest."""
    gaps = [28, 28, 35, 28, 35, 28, 28, 35, 28, 28, 35, 28]
    history, _ = played(gaps, seed=1, bands=("mid",), wishing=False)
    assert [number for number, each in enumerate(history) if each.element == "client"] == [3, 6, 9]


def test_the_family_cannot_be_set_aside_for_longer_than_a_quarter() -> None:
    """A coordinator sets it aside for ten years: its own places pass, and after thirteen weeks it is there."""
    wishes = Wishes(aside={"client": date(2036, 1, 1)})
    order = ("trust", "client", "roles", "skills")
    assert turn(asked("trust", "roles"), wishes, order=order).element == "skills"
    assert turn(asked("trust", "roles", "skills", "trust", "roles", "skills"), wishes, order=order).element == "client"


def test_what_is_put_forward_goes_first_in_full_and_once() -> None:
    """In the order of the wishes, passing over what has no content; asking one fulfils one."""
    wishes = Wishes(first=("no content", "size", "trust", "size"), aside={"size": date(2027, 1, 1)})
    assert turn(asked("size", band="high"), wishes) == Topic("size", still=False)
    left = wishes.after("size", today=date(2026, 2, 1))
    assert left.first == ("no content", "trust", "size")
    assert left.aside == {"size": date(2027, 1, 1)}
    assert left.after("roles", today=date(2027, 1, 1)) == Wishes(first=left.first)


def test_when_everything_is_set_aside_the_first_to_return_is_asked() -> None:
    """Evaluation never stops: the one whose day comes first is asked now."""
    days = {element: date(2027, 1, 1) for element in ELEMENTS}
    assert turn((), Wishes(aside={**days, "oneteam": date(2026, 3, 1)})).element == "oneteam"
    assert turn((), Wishes(aside=days)).element == "trust"


def test_a_still_that_does_not_stand_is_asked_in_full_at_its_next_turn() -> None:
    """High, then still standing: mid, or too few answers. The next turn is the whole dialogue."""
    order = ("trust", "roles")
    full, other = asked("trust", "roles", band="high")
    for band in ("mid", "low", "no_view", None):
        still = Asked("trust", date(2026, 2, 2), published=band is not None, band=band, still=True)
        between = Asked("roles", date(2026, 2, 16), published=False, band=None, still=True)
        assert turn((full, other), order=order) == Topic("trust", still=True)
        assert turn((full, other, still, between), order=order) == Topic("trust", still=False)


def test_what_was_not_published_is_not_known() -> None:
    """A band that nobody may see changes nothing: the next turn is in full."""
    unseen = Asked("trust", date(2026, 1, 5), published=False, band="high", still=False)
    assert turn((unseen, *asked("roles")), order=("trust", "roles")) == Topic("trust", still=False)


def test_the_family_does_not_fill_the_rounds_in_which_others_rest() -> None:
    """Where everything is high, the family keeps its share: in no twenty rounds more than six."""
    history, _ = played([7] * 210, seed=1, bands=("high",), wishing=False)
    family = [each.element == "client" for each in history]
    assert max(sum(family[start : start + 20]) for start in range(len(family) - 20)) <= 6


def test_the_order_of_a_team_that_is_long_together_begins_with_the_process() -> None:
    """The rest keeps its place, nothing is added and nothing lost."""
    long, new = order_for("long", STANDARD_ORDER), order_for("new", STANDARD_ORDER)
    assert new == order_for("", STANDARD_ORDER) == STANDARD_ORDER
    assert long[:4] == ("process", "trust", "roles", "communication")
    assert Counter(long) == Counter(new)
    assert order_for("long", ["trust", "own"]) == ("trust", "own")


@pytest.mark.parametrize("order", [(), ("trust", "roles")])
def test_nothing_to_ask_is_an_error(order: tuple[str, ...]) -> None:
    """A team without a single element that has content is a mistake of the caller."""
    with pytest.raises(ValueError, match="minstens één"):
        next_topic(order, (), today=date(2026, 1, 5), wishes=Wishes(), available=frozenset({"skills"}))


def test_silent_elements_are_named_in_their_order() -> None:
    """Not for half a year, or never once there were rounds enough; a young team has none."""
    order = ("trust", "roles", "client", "skills")
    history = asked("trust", "roles", "client", "trust", every=60)
    day = date(2026, 1, 5) + timedelta(days=60)
    assert silent(order, history, today=day + timedelta(days=183)) == ("skills",)
    assert silent(order, history, today=day + timedelta(days=184)) == ("roles", "skills")
    assert silent(order, history[:3], today=date(2026, 6, 1)) == ()
    assert silent(order, (), today=date(2036, 1, 1)) == ()
