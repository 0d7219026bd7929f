"""A team's openings: strictly later, on their weekday and wall time, none missing and none double."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.cadence import WEEKDAYS, Cadence, Rhythm
from tests.dialogues.rhythm.moments import AMSTERDAM, at, cadences, days_after, local, moments


def _openings(cadence: Cadence, first: datetime, *, years: int) -> list[datetime]:
    """The openings one after the other, each from the one before it as the product does."""
    openings = [first]
    while openings[-1] < first + timedelta(days=365 * years):
        openings.append(cadence.next_due(openings[-1], previous=openings[-1]))
        assert openings[-1] > openings[-2]
    return openings


@given(cadence=cadences(), after=moments, previous=st.none() | moments)
def test_the_next_opening_is_later_and_stands_on_its_day_and_hour(
    cadence: Cadence, after: datetime, previous: datetime | None
) -> None:
    """Strictly after the moment asked from, on the chosen weekday, at the chosen minute of the wall clock, in UTC."""
    if previous is not None and previous > after:
        previous, after = after, previous
    due = cadence.next_due(after, previous=previous)
    assert due > after
    assert due.tzinfo is UTC
    assert local(due).weekday() == WEEKDAYS.index(cadence.weekday)
    assert local(due).hour * 60 + local(due).minute == cadence.minute
    assert (local(due).second, local(due).microsecond) == (0, 0)


@given(cadence=cadences(), after=moments)
def test_the_first_opening_is_the_first_that_fits(cadence: Cadence, after: datetime) -> None:
    """Without an earlier opening no fitting day is passed over; for the light rhythm that is the month's first."""
    due = local(cadence.next_due(after))
    for day in days_after(local(after).date(), 40):
        fits = day.weekday() == WEEKDAYS.index(cadence.weekday) and (cadence.rhythm is not Rhythm.LIGHT or day.day <= 7)
        moment = datetime.combine(day, due.timetz())
        if fits and moment > after:
            assert due == moment
            return
    raise AssertionError(due)


@given(cadence=cadences(), start=moments)
@settings(max_examples=60, deadline=None)
def test_three_years_have_one_opening_in_every_period(cadence: Cadence, start: datetime) -> None:
    """Every 7 days, every 14 days, or every month once: none missing, none double, through six clock changes."""
    openings = _openings(cadence, cadence.next_due(start), years=3)
    days = [local(opening).date() for opening in openings]
    if cadence.rhythm is Rhythm.LIGHT:
        months = [day.year * 12 + day.month for day in days]
        assert months == list(range(months[0], months[0] + len(months)))
        assert all(day.day <= 7 for day in days)
    else:
        step = timedelta(days=14 if cadence.rhythm is Rhythm.NORMAL else 7)
        assert {later - day for day, later in itertools.pairwise(days)} == {step}


@given(cadence=cadences(), start=moments, late=st.timedeltas(timedelta(0), timedelta(days=200)))
def test_after_standing_still_the_step_is_kept(cadence: Cadence, start: datetime, late: timedelta) -> None:
    """Whoever comes late gets the next opening of the same series, not a series of its own."""
    due = cadence.next_due(start)
    series = _openings(cadence, due, years=1)
    assert cadence.next_due(due + late, previous=due) == next(each for each in series if each > due + late)


@given(cadence=cadences(), after=moments, other=st.sampled_from(["America/New_York", "Asia/Tokyo", "UTC"]))
def test_only_the_moment_counts_not_how_it_is_written(cadence: Cadence, after: datetime, other: str) -> None:
    """The same moment in another time zone gives the same opening."""
    elsewhere = after.astimezone(ZoneInfo(other))
    assert cadence.next_due(elsewhere) == cadence.next_due(after)


@pytest.mark.parametrize(
    ("before", "after", "utc_hours"),
    [("2026-03-24", "2026-03-31", (9, 8)), ("2026-10-20", "2026-10-27", (8, 9))],
)
def test_ten_o_clock_stays_ten_o_clock(before: str, after: str, utc_hours: tuple[int, int]) -> None:
    """Over both clock changes of 2026 a Tuesday at ten moves an hour in UTC and not on the wall."""
    cadence = Cadence(Rhythm.INTENSIVE, "tuesday", 600, AMSTERDAM)
    first = at(before, "10:00")
    second = cadence.next_due(first, previous=first)
    assert second == at(after, "10:00")
    assert (first.hour, second.hour) == utc_hours


@pytest.mark.parametrize("rhythm", [Rhythm.NORMAL, Rhythm.INTENSIVE])
def test_a_rhythm_chosen_on_wednesday_begins_next_tuesday(rhythm: Rhythm) -> None:
    """A coordinator who sets a rhythm waits for the first such weekday, also when it is two-weekly from then on."""
    cadence = Cadence(rhythm, "tuesday", 600, AMSTERDAM)
    assert cadence.next_due(at("2026-11-18", "14:00")) == at("2026-11-24", "10:00")
    assert cadence.next_due(at("2026-11-24", "10:00")) == at("2026-12-01", "10:00")
