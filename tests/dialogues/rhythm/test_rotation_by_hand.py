"""The next topic beside a plain and slow account of content-brief §11: a row of places that people walk along."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dialogues.rhythm.rotation import STANDARD_ORDER, Asked, Topic, Wishes, next_topic, order_for
from tests.support.chance import examples

pytestmark = pytest.mark.thorough

DAY = timedelta(days=1)
OWN = "own"
"""A topic that a team thought of itself; it stands at the end of the order."""
APART = {"client", "closing", "actioncheck"}
"""What comes by its own rule: none of these is a step on the way round the circle."""


def by_hand(
    order: tuple[str, ...],
    history: list[Asked],
    *,
    today: date,
    following: date,
    wishes: Wishes,
    available: frozenset[str],
) -> Topic:
    """What is asked today, the way somebody with the history on paper would find it."""
    if "client" in order and "client" in available and the_family_is_due(history, today, following):
        return Topic("client", still=False)
    for wish in wishes.first:
        if wish in available:
            return Topic(wish, still=False)
    row = [place for place in the_row(order, history) if place in available]
    if "closing" in row and it_is_time_to_look_back(row, history, today, wishes):
        return Topic("closing", still=False)
    element = first_in_line([place for place in row if place != "closing"], history, today, wishes)
    return Topic(element, still=form(element, history) == "one question")


def the_row(order: tuple[str, ...], history: list[Asked]) -> list[str]:
    """Everything stands in a row, in its order. What was asked goes from its first place to the end of the row."""
    row = list(order)
    for asked in history:
        if asked.element in row:
            row.remove(asked.element)
            row.append(asked.element)
    return row


def first_in_line(row: list[str], history: list[Asked], today: date, wishes: Wishes) -> str:
    """Who stands in front, of those that come back first; who rests counts as having come a whole circle later."""
    back = {element: max(wishes.aside.get(element, today), today) for element in row}
    others = [element for element in row if element != "client"]
    if not others:
        return "client"
    first_day = min(back[element] for element in others)
    if "client" in row and back["client"] < first_day:
        return "client"
    in_line = [element for element in others if back[element] == first_day]
    element = min(in_line, key=lambda each: (came(each, history, circle=len(others)), row.index(each)))
    family = "client" in row and back["client"] == first_day and row.index("client") < row.index(element)
    just_asked = bool(history) and history[-1].element == "client"
    return "client" if family and not just_asked else element


def came(element: str, history: list[Asked], *, circle: int) -> int:
    """After how many steps round the circle it was last asked; a circle more when it was high twice over."""
    places = [number for number, asked in enumerate(history) if asked.element == element]
    if not places:
        return -1
    steps = sum(asked.element not in APART for asked in history[: places[-1] + 1])
    return steps + (circle if form(element, history) == "rests" else 0)


def form(element: str, history: list[Asked]) -> str:
    """In full; one question after a published high; a circle of rest when that was high as well."""
    times = [asked for asked in history if asked.element == element]
    if element in APART or not times or not times[-1].published or times[-1].band != "high":
        return "in full"
    return "rests" if times[-1].still else "one question"


def the_family_is_due(history: list[Asked], today: date, following: date) -> bool:
    """Whether more than thirteen weeks would pass without it; with rounds seven to nine weeks apart, a quarter."""
    if not history:
        return False
    families = [asked.opened_on for asked in history if asked.element == "client"]
    last = families[-1] if families else history[0].opened_on
    if history[-1].element != "client":
        return following > last + 91 * DAY
    if not 45.5 * DAY < following - today <= 63 * DAY or (len(history) > 1 and history[-2].element == "client"):
        return False
    days = [last + number * DAY for number in range((following - last).days + 1)]
    quarters = list(dict.fromkeys((day.year, (day.month - 1) // 3) for day in days))
    here = quarters.index((today.year, (today.month - 1) // 3))
    return 0 < here < len(quarters) - 1


def it_is_time_to_look_back(row: list[str], history: list[Asked], today: date, wishes: Wishes) -> bool:
    """When everything that is not set aside was asked for the first time; then each half year, six rounds between."""
    others = set(row) - {"closing"}
    if not others:
        return True
    closings = [number for number, asked in enumerate(history) if asked.element == "closing"]
    if closings:
        between = len(history) - 1 - closings[-1]
        return between >= 6 and today >= history[closings[-1]].opened_on + 182 * DAY
    here = {element for element in others if wishes.aside.get(element, today) <= today}
    return bool(here) and here <= {asked.element for asked in history}


orders = st.sampled_from([
    STANDARD_ORDER,
    order_for("long", [*STANDARD_ORDER, OWN]),
    ("trust", "client", "roles", "client", "skills", "closing", OWN),
    ("client", "closing"),
    ("trust", "roles"),
])  # fmt: skip
gaps = st.sampled_from([7, 14, 28, 35, 49, 56, 63, 91]) | st.integers(1, 130)
bands = st.sampled_from(["high", "high", "high", "low", "mid", "no_view", None])


@given(order=orders, data=st.data())
@settings(max_examples=examples(80), deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
def test_what_comes_next_is_what_somebody_finds_by_hand(order: tuple[str, ...], data: st.DataObject) -> None:
    """Any history, also one that the rules would never make: other topics, steps, wishes, what has no content now."""
    known = [*order, *["actioncheck"] * 8, "gone"]
    steady = data.draw(gaps)
    today, history = date(2026, 1, 5), []
    asides = st.dictionaries(st.sampled_from(known), st.integers(-30, 200).map(lambda days: today + days * DAY))
    for _ in range(data.draw(st.integers(0, 45))):
        wishes = Wishes(
            first=tuple(data.draw(st.just([]) | st.just([]) | st.lists(st.sampled_from(known), max_size=2))),
            aside=data.draw(st.just({}) | asides),
        )
        available = frozenset(data.draw(st.just(set(order)) | st.sets(st.sampled_from(order), min_size=1)))
        following = today + data.draw(st.just(steady) | gaps) * DAY
        given = {"today": today, "following": following, "wishes": wishes, "available": available}
        topic = next_topic(order, tuple(history), **given)
        assert topic == by_hand(order, history, **given)
        strange = data.draw(st.integers(0, 4)) == 0
        element = data.draw(st.sampled_from(known)) if strange else topic.element
        band = data.draw(bands)
        history.append(Asked(element, today, published=band is not None, band=band, still=topic.still))
        today = following
