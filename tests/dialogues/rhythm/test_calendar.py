"""Open days: weekdays without public holidays, school holidays of the region, and days a team closed itself."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given

from dialogues.rhythm.calendar import LONGEST_CLOSURE, SCHOOL_HOLIDAYS_KNOWN_UNTIL, Calendar, SchoolRegion
from tests.dialogues.rhythm.moments import calendars, days, days_after

BREAKS = ["Autumn Break", "Christmas Break", "May Break", "Spring Break", "Summer Break"]


@given(calendar=calendars, day=days)
def test_the_nearest_open_days_are_the_nearest(calendar: Calendar, day: date) -> None:
    """Walking day by day, forwards and backwards: no open day is passed over."""
    forward = backward = day
    while not calendar.is_open(forward):
        forward += timedelta(days=1)
    while not calendar.is_open(backward):
        backward -= timedelta(days=1)
    assert calendar.next_open(day) == forward
    assert calendar.previous_open(day) == backward


@given(calendar=calendars, day=days)
def test_a_closed_day_is_closed_whatever_else_it_is(calendar: Calendar, day: date) -> None:
    """Closing a day never opens one, and a region only takes days away."""
    assert day.weekday() < 5 or not calendar.is_open(day)
    assert not Calendar(calendar.region, calendar.closed | {day}).is_open(day)
    assert not calendar.is_open(day) or Calendar().is_open(day)


@pytest.mark.parametrize(
    ("region", "first", "last"),
    [
        (SchoolRegion.NOORD, "2026-07-04", "2026-08-16"),
        (SchoolRegion.MIDDEN, "2026-07-18", "2026-08-30"),
        (SchoolRegion.ZUID, "2026-07-11", "2026-08-23"),
        (SchoolRegion.NOORD, "2026-10-10", "2026-10-18"),
        (SchoolRegion.ZUID, "2026-10-17", "2026-10-25"),
        (SchoolRegion.MIDDEN, "2027-02-20", "2027-02-28"),
    ],
)
def test_known_school_holidays(region: SchoolRegion, first: str, last: str) -> None:
    """As the ministry published them; the weekday before and the one after are ordinary days."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    calendar = Calendar(region)
    assert not any(calendar.is_open(day) for day in days_after(begin, (end - begin).days))
    assert calendar.is_open(begin - timedelta(days=1))
    assert calendar.is_open(end + timedelta(days=1))
    assert Calendar().is_open(begin + timedelta(days=3))


@pytest.mark.parametrize("region", list(SchoolRegion))
def test_school_holidays_are_known_as_far_as_is_said(region: SchoolRegion) -> None:
    """Every school year up to the day that is named has its five holidays."""
    known = holidays.country_holidays("NL", subdiv=region.capitalize(), categories=("school",), years=range(2026, 2032))
    for year in range(2026, SCHOOL_HOLIDAYS_KNOWN_UNTIL.year):
        begin, end = date(year, 9, 2), date(year + 1, 9, 1)
        assert sorted({known[day] for day in known if begin <= day <= end}) == BREAKS
    assert Calendar(region).is_open(SCHOOL_HOLIDAYS_KNOWN_UNTIL + timedelta(days=1))


def test_past_what_is_known_school_goes_on() -> None:
    """A year without data has public holidays only; nothing fails."""
    assert Calendar(SchoolRegion.NOORD).is_open(date(2033, 7, 27))
    assert not Calendar(SchoolRegion.NOORD).is_open(date(2033, 12, 26))


def test_a_search_ends() -> None:
    """Ten closed years, forwards or backwards, are told as a mistake; a day less is waited out."""
    first = date(2026, 11, 23)
    calendar = Calendar(closed=frozenset(days_after(first, LONGEST_CLOSURE - 1)))
    with pytest.raises(ValueError, match="tien jaar"):
        calendar.next_open(first)
    with pytest.raises(ValueError, match="tien jaar"):
        calendar.previous_open(first + timedelta(days=LONGEST_CLOSURE - 1))
    assert calendar.next_open(first + timedelta(days=3)) > first + timedelta(days=LONGEST_CLOSURE - 1)
