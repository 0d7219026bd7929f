"""The maandbeeld is due on the first working day of every month, half past eight."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.cadence import next_maandbeeld
from dialogues.rhythm.calendar import Calendar
from dialogues.rhythm.recurrence import Recurrence, Unit
from dialogues.rhythm.working_hours import is_working_day
from tests.dialogues.rhythm.moments import (
    AMSTERDAM,
    at,
    calendars,
    days_after,
    falls_on,
    local,
    moments,
    open_day_before,
    recurrences,
)
from tests.support.chance import examples


@given(moments)
def test_it_is_the_first_working_day_of_a_month(after: datetime) -> None:
    """Strictly later, at half past eight on the wall, on a working day with none before it in that month."""
    due = next_maandbeeld(after, zone=AMSTERDAM)
    assert due > after
    assert due.tzinfo is UTC
    assert local(due).time() == time(8, 30)
    assert is_working_day(local(due).date())
    first = local(due).date().replace(day=1)
    assert not any(is_working_day(day) for day in days_after(first, local(due).day - 2) if local(due).day > 1)


def in_month(day: date) -> list[date]:
    return [each for each in days_after(day.replace(day=1), 30) if each.month == day.month]


def plain_day(month: date, calendar: Calendar, meeting: Recurrence | None, days_before: int) -> date:
    """The plain rule, for a meeting of every week or month: one month, looked through day by day."""
    open_days = [day for day in in_month(month) if calendar.is_open(day)]
    if not open_days:
        return next(day for day in in_month(month) if Calendar().is_open(day))
    held = [day for day in open_days if meeting and falls_on(day, meeting)]
    if not held:
        return open_days[0]
    return max(open_days[0], open_day_before(held[0], days_before, calendar))


@given(
    start=moments,
    calendar=calendars,
    meeting=st.none() | recurrences.map(lambda rule: rule.every_time),
    days_before=st.integers(0, 5),
)
@settings(max_examples=examples(40), deadline=None)
def test_three_years_have_one_in_every_month(
    start: datetime, calendar: Calendar, meeting: Recurrence | None, days_before: int
) -> None:
    """Asked from one to the next: every month once, none left out, each in time for the month's first meeting."""
    due = next_maandbeeld(start, zone=AMSTERDAM, calendar=calendar, meeting=meeting, days_before=days_before)
    months = []
    for _ in range(36):
        months.append(local(due).year * 12 + local(due).month)
        assert local(due).date() == plain_day(local(due).date(), calendar, meeting, days_before)
        assert local(due).time() == time(8, 30)
        due = next_maandbeeld(due, zone=AMSTERDAM, calendar=calendar, meeting=meeting, days_before=days_before)
    assert months == list(range(months[0], months[0] + 36))
    assert months[0] - (local(start).year * 12 + local(start).month) in {0, 1}


def test_every_other_meeting_keeps_its_step() -> None:
    """A two-weekly meeting on Tuesdays, 17 November 2026 among them: the maandbeeld comes the day before the first."""
    meeting = Recurrence(Unit.WEEK, 2, "tuesday")
    step = {"zone": AMSTERDAM, "meeting": meeting, "in_step_with": date(2026, 11, 17)}
    assert next_maandbeeld(at("2026-11-25", "09:00"), **step) == at("2026-12-01", "08:30")
    assert next_maandbeeld(at("2026-12-01", "08:30"), **step) == at("2027-01-11", "08:30")


def test_a_month_without_its_meeting_has_its_maandbeeld_all_the_same() -> None:
    """A meeting every other month, and a first Monday that is Easter."""
    rare = Recurrence(Unit.MONTH, 2, "tuesday", 3)
    kept = {"zone": AMSTERDAM, "meeting": rare, "in_step_with": date(2026, 11, 17)}
    assert next_maandbeeld(at("2026-11-25", "09:00"), **kept) == at("2026-12-01", "08:30")
    assert next_maandbeeld(at("2026-12-25", "09:00"), **kept) == at("2027-01-18", "08:30")
    easter = Recurrence(Unit.MONTH, 1, "monday", 1)
    assert next_maandbeeld(at("2026-04-01", "07:00"), zone=AMSTERDAM, meeting=easter) == at("2026-04-01", "08:30")


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (("2026-10-31", "12:00"), "2026-11-02"),
        (("2026-11-02", "08:29"), "2026-11-02"),
        (("2026-11-02", "08:30"), "2026-12-01"),
        (("2026-12-31", "23:59"), "2027-01-04"),
        (("2026-03-20", "09:00"), "2026-04-01"),
    ],
)
def test_known_months(after: tuple[str, str], due: str) -> None:
    """A weekend, the minute itself, New Year on a Friday, and a month after a clock change."""
    assert next_maandbeeld(at(*after), zone=AMSTERDAM) == at(due, "08:30")
