"""On which days something comes back, against the calendar of the library that calendar programs follow."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.recurrence import MOST_MONTHS, MOST_WEEKS, PRESETS, WEEKDAYS, Recurrence, Rhythm, Unit
from tests.dialogues.rhythm.moments import days, recurrences
from tests.support.chance import examples


@given(recurrences)
def test_a_text_reads_back_as_what_was_written(rule: Recurrence) -> None:
    """What is stored, and what goes into a calendar file, is the rule and nothing else."""
    assert Recurrence.from_text(rule.to_text()) == rule


@given(rule=recurrences, start=days)
@settings(max_examples=examples(50))
def test_a_calendar_program_reads_the_same_days(rule: Recurrence, start: date) -> None:
    """Begun on the first of its days, the text means the same to whoever reads calendar files."""
    first = next(rule.days(start))
    theirs = rrulestr(rule.to_text(), dtstart=datetime.combine(first, time()))
    assert list(islice(rule.days(start), 30)) == [each.date() for each in islice(theirs, 30)]


@given(rule=recurrences, start=days, ahead=st.integers(0, 1200))
@settings(max_examples=examples(50))
def test_days_keep_step_wherever_one_begins_to_look(rule: Recurrence, start: date, ahead: int) -> None:
    """Looking later, or from before the occurrence that gives the step, gives days of the same series."""
    first = next(rule.days(start))
    later = start + timedelta(days=ahead)
    series = [day for day in islice(rule.days(start), 220) if day >= later]
    assert list(islice(rule.days(later, in_step_with=first), 5)) == series[:5]
    reference = series[0]
    assert list(islice(rule.days(start, in_step_with=reference), 5)) == list(islice(rule.days(start), 5))


@given(rule=recurrences, start=days)
@settings(max_examples=examples(50))
def test_no_gap_is_shorter_than_it_says(rule: Recurrence, start: date) -> None:
    """What windows are cut to, holds for every pair of days."""
    assert all((second - first).days >= rule.shortest_gap for first, second in pairwise(islice(rule.days(start), 30)))


@given(rule=recurrences, day=days)
def test_the_last_one_is_the_last_one(rule: Recurrence, day: date) -> None:
    """On or before the day, with none of its weekdays in between."""
    last = rule.last_on(day)
    assert last <= day < next(rule.every_time.days(last + timedelta(days=1)))
    assert next(rule.every_time.days(last)) == last


@pytest.mark.parametrize(
    ("unit", "every", "weekday", "ordinal"),
    [
        (Unit.WEEK, 0, "monday", 1),
        (Unit.WEEK, MOST_WEEKS + 1, "monday", 1),
        (Unit.WEEK, 1, "saturday", 1),
        (Unit.WEEK, 1, "monday", 2),
        (Unit.MONTH, MOST_MONTHS + 1, "monday", 1),
        (Unit.MONTH, 1, "monday", 5),
        (Unit.MONTH, 1, "monday", 0),
        (Unit.MONTH, 1, "Monday", 1),
    ],
)
def test_what_cannot_be_kept_cannot_be_made(unit: Unit, every: int, weekday: str, ordinal: int) -> None:
    """No weekend, no fifth Tuesday that half of the months do not have, no distance beyond half a year."""
    with pytest.raises(ValueError, match=r"werkdag|weekdag"):
        Recurrence(unit, every, weekday, ordinal)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=DAILY;INTERVAL=1;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=2TU",
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=9;BYDAY=TU",
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA",
        "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU;COUNT=3",
        "FREQ=MONTHLY;INTERVAL=1;BYDAY=5TU",
    ],
)
def test_another_text_is_refused(text: str) -> None:
    """A rule with an end, or of another kind, is not read as something it is not."""
    with pytest.raises(ValueError, match=r"ritme|weekdag"):
        Recurrence.from_text(text)


def test_the_texts_of_the_interface() -> None:
    """The words in the database stay what they are."""
    assert Recurrence(Unit.WEEK, 2, "tuesday").to_text() == "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"
    assert Recurrence(Unit.MONTH, 1, "tuesday", 3).to_text() == "FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU"
    assert Recurrence(Unit.MONTH, 6, "friday", -1).to_text() == "FREQ=MONTHLY;INTERVAL=6;BYDAY=-1FR"


def test_every_rhythm_but_ones_own_is_a_preset() -> None:
    """Light, normal and intensive say how often by themselves."""
    assert set(PRESETS) == set(Rhythm) - {Rhythm.OWN}
    assert all(Recurrence(*preset, weekday) for preset in PRESETS.values() for weekday in WEEKDAYS)
