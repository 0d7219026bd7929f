"""Which element a team turns to next: round and round, slower where it goes well, never dropping one.

Computed from what was asked and published only (content-brief §11, privacy rule 7). There is no place that has to be
kept: every place of the order remembers when it was last used, and the one that waits longest comes next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from itertools import pairwise
from typing import Final

from dialogues.rhythm.checking import CHECK, OpenStep
from dialogues.rhythm.recurrence import Recurrence

STANDARD_ORDER: Final = (
    "trust", "roles", "communication", "client",
    "process", "involvement", "leadership", "skills",
    "vision", "infosharing", "effect", "client",
    "conditions", "structures", "municipality", "housing", "oneteam", "size",
    "client", "closing",
)  # fmt: skip
CLIENT: Final = "client"
CLOSING: Final = "closing"
"""The look back with a top 3: after the first whole circle, then every half year (content-brief, ``closing``)."""
HALF_YEAR: Final = timedelta(days=182)
"""Twenty-six whole weeks, so that it falls on the weekday of the rounds."""
BETWEEN_CLOSINGS: Final = 6
"""At least so many rounds between two closings, half a year of monthly ones: a slow rhythm keeps room for the rest."""
QUARTER: Final = timedelta(days=91)
"""Thirteen weeks: never longer between two client questions, as long as rounds are at most half of it apart."""
FARTHEST_APART: Final = timedelta(days=63)
"""Rounds further apart than half a quarter, up to this (nine weeks, or every other month), ask it in every calendar
quarter. With anything else in between two of them are more than thirteen weeks apart, and it must not be all there is.
Rounds still further apart ask it every other time (docs/decisions/0032)."""
SILENT_DAYS: Final = 183
LONG_TOGETHER: Final = "long"
"""The relation phase (content-brief §8) in which the first part of the order starts with ``process``."""
_HIGH: Final = "high"
_NEVER: Final = (-1, -1)
_DAY: Final = timedelta(days=1)
_NOTHING: Final = "een ritme heeft minstens één onderwerp"


@dataclass(frozen=True, slots=True)
class Asked:
    """One round of the team that was opened."""

    element: str
    opened_on: date
    published: bool
    band: str | None
    """``low``, ``mid``, ``high`` or ``no_view`` as published; None: no clear line, or not published."""
    still: bool
    """Whether only ``still_standing`` was asked about it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the coordinator put forward, in order, and what was set aside until a day; both end by themselves."""

    first: tuple[str, ...] = ()
    aside: Mapping[str, date] = field(default_factory=dict)

    def after(self, element: str, *, today: date) -> Wishes:
        """What is left of them once this element is asked today."""
        place = self.first.index(element) if element in self.first else len(self.first)
        return Wishes(
            first=self.first[:place] + self.first[place + 1 :],
            aside={each: until for each, until in self.aside.items() if until > today},
        )


@dataclass(frozen=True, slots=True)
class Topic:
    """What the next round is about."""

    element: str
    still: bool
    """Ask ``still_standing`` about it and nothing else."""


class _Turn(Enum):
    FULL = auto()
    STILL = auto()
    PASSED_ONCE = auto()
    """Still standing twice: one circle without it, and then in full again."""


def family_every_other_time(recurrence: Recurrence) -> bool:
    """Whether rounds are so far apart that the family comes in every other one, and not in every quarter."""
    return timedelta(days=recurrence.shortest_gap) > FARTHEST_APART


def order_for(phase: str, available: Iterable[str]) -> tuple[str, ...]:
    """The standard order for a relation phase, kept to the elements there is content for; others follow at the end."""
    there = set(available)
    ordered = tuple(topic for topic in STANDARD_ORDER if topic in there)
    if phase == LONG_TOGETHER:
        ordered = tuple(sorted(ordered, key=lambda topic: topic != "process"))
    return ordered + tuple(sorted(there - set(ordered)))


def starting_with(first: str, topics: tuple[str, ...]) -> tuple[str, ...]:
    """The same topics in the same circle, beginning at ``first``; unchanged when it is not among them."""
    if first not in topics:
        return topics
    place = topics.index(first)
    return topics[place:] + topics[:place]


def topic_at(topics: tuple[str, ...], position: int) -> str:
    """The topic at this place of the circle; positions go on for ever. Raises ValueError for no topics at all."""
    if not topics:
        raise ValueError(_NOTHING)
    return topics[position % len(topics)]


def next_topic(
    order: tuple[str, ...],
    history: tuple[Asked, ...],
    *,
    today: date,
    wishes: Wishes,
    available: Collection[str],
    following: date | None = None,
    step: OpenStep | None = None,
) -> Topic:
    """What a round that opens today is about; ``history`` is oldest first, ``following`` the day of the round after.

    First the family when a quarter would otherwise pass without it (see ``FARTHEST_APART``, never three times in a row,
    and setting it aside makes no difference); then the team's ``step`` when it is time to ask after it; then what was
    put forward; then the closing, once everything else was asked or when half a year passed since; then the place of
    the order that waits longest, passing over what is set aside. When everything is set aside, what comes back first is
    asked now. Raises ValueError when no element of the order is available.
    """
    places = [place for place, element in enumerate(order) if element in available]
    if not places:
        raise ValueError(_NOTHING)
    if any(order[place] == CLIENT for place in places) and _quarter_would_pass(history, today, following):
        return Topic(CLIENT, still=False)
    if step is not None and step.is_due(today) and _topic_since_check(history, today):
        return Topic(CHECK, still=False)
    for element in wishes.first:
        if element in available:
            return Topic(element, still=False)
    if any(order[place] == CLOSING for place in places):
        if _is_time_to_close(order, history, today, wishes, places):
            return Topic(CLOSING, still=False)
        places = [place for place in places if order[place] != CLOSING]
    turns = _turns(history)
    element = _longest_waiting(order, history, turns, places, lambda each: _aside(wishes, each, today))
    return Topic(element, still=turns.get(element) is _Turn.STILL)


def plan(
    order: tuple[str, ...],
    history: tuple[Asked, ...],
    *,
    days: Sequence[date],
    wishes: Wishes,
    available: Collection[str],
    step: OpenStep | None = None,
) -> tuple[Topic, ...]:
    """What the rounds on these coming days are about, as far as can be known before their answers are there."""
    topics: list[Topic] = []
    for today, following in pairwise((*days, None)):
        assert today is not None  # noqa: S101 - only the last one is None
        topic = next_topic(
            order, history, today=today, wishes=wishes, available=available, following=following, step=step
        )
        topics.append(topic)
        step = step.asked(today) if step is not None and topic.element == CHECK else step
        history = (*history, Asked(topic.element, today, published=False, band=None, still=topic.still))
        wishes = wishes.after(topic.element, today=today)
    return tuple(topics)


def silent(
    order: tuple[str, ...], history: tuple[Asked, ...], *, today: date, days: int = SILENT_DAYS
) -> tuple[str, ...]:
    """Elements not asked about for ``days`` days, or never while there were rounds enough for the whole order."""
    latest = {each.element: each.opened_on for each in history}
    round_trip = sum(each.element != CHECK for each in history) >= len(order)
    return tuple(
        element
        for element in dict.fromkeys(order)
        if (element not in latest and round_trip)
        or (element in latest and today - latest[element] > timedelta(days=days))
    )


def _topic_since_check(history: tuple[Asked, ...], today: date) -> bool:
    """Whether another topic came since the team was last asked after a step; a slow rhythm keeps its topics.

    The family counts as one where rounds are at most half a quarter apart. Further apart it takes every other round,
    and the rounds between must not all be about a step.
    """
    since: list[str] = []
    for each in reversed(history):
        if each.element == CHECK:
            slow = today - history[-1].opened_on > QUARTER / 2
            return any(element != CLIENT or not slow for element in since)
        since.append(each.element)
    return True


def _quarter_would_pass(history: tuple[Asked, ...], today: date, following: date | None) -> bool:
    if not history:
        return False
    last = next((each.opened_on for each in reversed(history) if each.element == CLIENT), history[0].opened_on)
    if following is None:
        following = today + max(today - history[-1].opened_on, _DAY)
    if history[-1].element != CLIENT:
        return following - last > QUARTER
    twice = [each.element for each in history[-2:]] == [CLIENT, CLIENT]
    alone = _quarter_of(last) < _quarter_of(today) < _quarter_of(following)
    return alone and not twice and QUARTER / 2 < following - today <= FARTHEST_APART


def _is_time_to_close(
    order: tuple[str, ...], history: tuple[Asked, ...], today: date, wishes: Wishes, places: Sequence[int]
) -> bool:
    """Whether the circle was gone round for the first time, or the last closing was half a year ago."""
    since = next((number for number, each in enumerate(reversed(history)) if each.element == CLOSING), None)
    others = {order[place] for place in places} - {CLOSING}
    if since is not None and others:
        return since >= BETWEEN_CLOSINGS and today - history[-1 - since].opened_on >= HALF_YEAR
    waiting = {each for each in others if _aside(wishes, each, today) <= today}
    return not others or (bool(waiting) and waiting <= {each.element for each in history})


def _quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def _aside(wishes: Wishes, element: str, today: date) -> date:
    """The day it comes back; today's or an earlier one is all the same."""
    return max(wishes.aside.get(element, today), today)


def _longest_waiting(
    order: tuple[str, ...],
    history: tuple[Asked, ...],
    turns: Mapping[str, _Turn],
    places: Sequence[int],
    back_on: Callable[[str], date],
) -> str:
    """The element of the place whose turn it is.

    One that is passed once waits a whole circle longer. The family keeps its places between the others, whether or
    not those rest, and does not come twice in a row while there is another.
    """
    used = _last_used(order, history)
    others = [place for place in places if order[place] != CLIENT]
    rests = {place: len(others) if turns.get(order[place]) is _Turn.PASSED_ONCE else 0 for place in others}
    family = min(((back_on(CLIENT), used[place], place) for place in places if order[place] == CLIENT), default=None)
    if not others:
        return CLIENT
    when, (clock, number), place = min(
        (back_on(order[place]), (used[place][0] + rests[place], used[place][1]), place) for place in others
    )
    turn = when, (clock - rests[place], number), place
    just_asked = bool(history) and history[-1].element == CLIENT and family is not None and family[0] == when
    return CLIENT if family is not None and family < turn and not just_asked else order[place]


def _last_used(order: tuple[str, ...], history: tuple[Asked, ...]) -> list[tuple[int, int]]:
    """For each place of the order when it was last used, counted in rounds about other topics than the family.

    An element with several places uses the one that waits longest.
    """
    places: dict[str, list[int]] = {}
    for place, element in enumerate(order):
        places.setdefault(element, []).append(place)
    used = [_NEVER] * len(order)
    clock = 0
    for number, asked in enumerate(history):
        clock += asked.element not in {CLIENT, CLOSING, CHECK}
        if asked.element in places:
            used[min(places[asked.element], key=lambda place: (used[place], place))] = (clock, number)
    return used


def _turns(history: tuple[Asked, ...]) -> dict[str, _Turn]:
    """In what way each element is asked next, for those that were asked before; family and closing always in full."""
    turns: dict[str, _Turn] = {}
    for asked in history:
        if asked.element not in {CLIENT, CLOSING}:
            high = asked.published and asked.band == _HIGH
            turns[asked.element] = (_Turn.PASSED_ONCE if asked.still else _Turn.STILL) if high else _Turn.FULL
    return turns
