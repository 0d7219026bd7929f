"""When a team is asked after its step: twice at most, in its own rhythm, and never instead of all else."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.rhythm.checking import CHECK, CHECK_WEEKS, EARLY, OpenStep, weeks_since
from dialogues.rhythm.rotation import CLIENT, QUARTER, STANDARD_ORDER, Asked, Wishes, next_topic, plan

AGREED = date(2026, 11, 5)
WEEK = timedelta(weeks=1)
ELEMENTS = frozenset(STANDARD_ORDER)


def year(every: int, *, first: int, seed_days: int = 400) -> list[tuple[date, str]]:
    """What is asked when a round opens every so many days, from the day a step was agreed on that nobody ends."""
    days = [AGREED + timedelta(days=first + every * each) for each in range(-30, seed_days // every + 1)]
    step, history, asked = OpenStep(AGREED), (), []
    for today in days:
        topic = next_topic(
            STANDARD_ORDER, history, today=today, wishes=Wishes(), available=ELEMENTS,
            following=today + timedelta(days=every), step=step if today >= AGREED else None,
        )  # fmt: skip
        history = (*history, Asked(topic.element, today, published=False, band=None, still=topic.still))
        step = step.asked(today) if topic.element == CHECK else step
        asked.append((today, topic.element))
    return asked


@given(st.integers(7, 31), st.integers(0, 30))
def test_it_is_asked_twice_around_four_and_twelve_weeks(every: int, first: int) -> None:
    """Never sooner than a week early; late by no more than two steps of the rhythm, for the family may go first."""
    checks = [day for day, element in year(every, first=first) if element == CHECK]
    assert len(checks) == len(CHECK_WEEKS)
    for day, weeks in zip(checks, CHECK_WEEKS, strict=True):
        early = day - (AGREED + weeks * WEEK)
        assert -EARLY <= early <= timedelta(days=3 * every)


@given(st.integers(7, 120), st.integers(0, 60))
def test_it_never_takes_two_rounds_in_a_row(every: int, first: int) -> None:
    """Between two of them something else comes; in a slow rhythm something besides the family."""
    asked = [element for _, element in year(every, first=first)]
    assert (CHECK, CHECK) not in pairwise(asked)
    if every > QUARTER.days / 2:
        assert (CHECK, CHECK) not in pairwise(each for each in asked if each != CLIENT)


@given(st.integers(7, 45), st.integers(0, 30))
def test_no_quarter_passes_without_the_family_for_it(every: int, first: int) -> None:
    """The promise of the rhythm stands, whatever a team agrees on."""
    days = [day for day, element in year(every, first=first) if element == CLIENT]
    assert all(later - earlier <= QUARTER for earlier, later in pairwise(days))


def test_what_passed_in_a_pause_is_asked_once() -> None:
    """After half a year of silence there is one question, not two."""
    step = OpenStep(AGREED)
    back = AGREED + 26 * WEEK
    assert step.is_due(back)
    assert not step.asked(back).is_due(back + 8 * WEEK)


def test_other_topics_keep_their_order() -> None:
    """A check takes a round and no place: what would have come now comes next, and nothing counts as long silent."""
    days = [AGREED + 2 * WEEK * each for each in range(8)]
    here = {"days": days, "wishes": Wishes(first=("trust", "size")), "available": ELEMENTS}
    without = [topic.element for topic in plan(STANDARD_ORDER, (), **here)]
    with_step = [topic.element for topic in plan(STANDARD_ORDER, (), **here, step=OpenStep(AGREED))]
    assert with_step.count(CHECK) == len(CHECK_WEEKS)
    assert [each for each in with_step if each != CHECK] == without[:6]


@pytest.mark.parametrize(("days", "weeks"), [(0, 1), (21, 3), (24, 3), (25, 4), (31, 4), (84, 12)])
def test_weeks_are_told_to_the_nearest(days: int, weeks: int) -> None:
    """As people say it."""
    assert weeks_since(AGREED, AGREED + timedelta(days=days)) == weeks
