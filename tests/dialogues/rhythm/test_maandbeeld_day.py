"""The maandbeeld is due on the first working day of every month, half past eight."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given, settings

from dialogues.rhythm.cadence import next_maandbeeld
from dialogues.rhythm.working_hours import is_working_day
from tests.dialogues.rhythm.moments import AMSTERDAM, at, days_after, local, moments


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


@given(moments)
@settings(max_examples=40)
def test_three_years_have_one_in_every_month(start: datetime) -> None:
    """Asked from one to the next: every month once, none left out."""
    due = next_maandbeeld(start, zone=AMSTERDAM)
    months = []
    for _ in range(36):
        months.append(local(due).year * 12 + local(due).month)
        due = next_maandbeeld(due, zone=AMSTERDAM)
    assert months == list(range(months[0], months[0] + 36))
    assert months[0] - (local(start).year * 12 + local(start).month) in {0, 1}


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
