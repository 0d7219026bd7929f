"""A team's openings: strictly later, on open days and their wall time, none missing and none double."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.cadence import Cadence
from dialogues.rhythm.calendar import WORKING_DAYS, Calendar, SchoolRegion
from dialogues.rhythm.recurrence import MOST_MONTHS, MOST_WEEKS, ORDINALS, PRESETS, WEEKDAYS, Recurrence, Rhythm, Unit
from tests.dialogues.rhythm.moments import (
    AMSTERDAM,
    at,
    cadences,
    calendars,
    days_after,
    falls_on,
    local,
    moments,
    office_minutes,
    open_day_before,
    presets,
)
from tests.support.chance import examples

some_days_before = st.integers(0, 4)
any_cadence = cadences(calendar=calendars, days_before=some_days_before)


# A plain model: every day is looked at, one by one


def periods_between(first: date, second: date, rule: Recurrence) -> int:
    """Weeks or months from the one to the other."""
    if rule.unit is Unit.MONTH:
        return (second.year - first.year) * 12 + second.month - first.month
    return ((second - timedelta(days=second.weekday())) - (first - timedelta(days=first.weekday()))).days // 7


def walked(cadence: Cadence, previous: date, until: date) -> list[date]:
    """The opening days after ``previous`` up to ``until``, found by walking through the calendar."""
    rule, calendar = cadence.recurrence, cadence.calendar
    found = []
    if cadence.days_before:
        far = [day for day in days_after(previous, (until - previous).days + 400) if falls_on(day, rule)]
        held = [day for day in far if calendar.is_open(day) and day > previous]
        own = next(day for day in held if open_day_before(day, cadence.days_before, calendar) >= previous)
        in_step = [day for day in held if day > own and periods_between(own, day, rule) % rule.every == 0]
        found = [open_day_before(day, cadence.days_before, calendar) for day in in_step]
        return [day for day in found if day <= until]
    opening = previous
    while opening <= until:
        occurrence = opening
        while not falls_on(occurrence, rule):
            occurrence -= timedelta(days=1)
        day = occurrence + timedelta(days=1)
        while not (falls_on(day, rule) and periods_between(occurrence, day, rule) % rule.every == 0):
            day += timedelta(days=1)
        while not calendar.is_open(day):
            day += timedelta(days=1)
        opening = day
        found.append(opening)
    return [day for day in found if day <= until]


def openings(cadence: Cadence, first: datetime, *, until: datetime) -> list[datetime]:
    """The openings one after the other, each from the one before it as the product does."""
    found = [first]
    while found[-1] <= until:
        found.append(cadence.next_due(found[-1], previous=found[-1]))
        assert found[-1] > found[-2]
    return found[:-1]


# Properties


@given(cadence=any_cadence, after=moments, previous=st.none() | moments)
def test_the_next_opening_is_later_on_an_open_day_in_working_hours(
    cadence: Cadence, after: datetime, previous: datetime | None
) -> None:
    """Strictly after what it is asked from, on an open day, at the chosen minute of the wall clock, in UTC."""
    due = cadence.next_due(after, previous=previous)
    assert due > after
    assert previous is None or due > previous
    assert due.tzinfo is UTC
    assert cadence.calendar.is_open(local(due).date())
    assert local(due).hour * 60 + local(due).minute == cadence.minute
    assert 8 <= local(due).hour < 18
    assert (local(due).second, local(due).microsecond) == (0, 0)


@given(cadence=any_cadence, start=moments)
@settings(max_examples=examples(30), deadline=None)
def test_three_years_of_openings_are_those_of_the_calendar(cadence: Cadence, start: datetime) -> None:
    """None missing and none double, through six clock changes, closures, month ends and leap days."""
    first = cadence.next_due(start)
    until = first + timedelta(days=3 * 366)
    found = [local(opening).date() for opening in openings(cadence, first, until=until)]
    assert found == [local(first).date(), *walked(cadence, local(first).date(), local(until).date())][: len(found)]
    assert len(found) >= len(walked(cadence, local(first).date(), local(until).date()))


@given(cadence=any_cadence, start=moments, late=st.timedeltas(timedelta(0), timedelta(days=200)))
@settings(max_examples=examples(30), deadline=None)
def test_after_standing_still_the_step_is_kept(cadence: Cadence, start: datetime, late: timedelta) -> None:
    """Whoever comes late gets the next opening of the same series, not a series of its own."""
    due = cadence.next_due(start)
    series = cadence.coming(due, number=60, previous=due)
    assert cadence.next_due(due + late, previous=due) == next(each for each in series if each > due + late)


@given(cadence=any_cadence, start=moments, number=st.integers(0, 12))
def test_the_calendar_of_what_comes_is_what_comes(cadence: Cadence, start: datetime, number: int) -> None:
    """The list that is shown beforehand is the one that is followed, one opening after the other."""
    first = cadence.next_due(start)
    followed = [first]
    while len(followed) < number:
        followed.append(cadence.next_due(followed[-1], previous=followed[-1]))
    assert list(cadence.coming(start, number=number)) == followed[:number]


@given(cadence=any_cadence, after=moments, other=st.sampled_from(["America/New_York", "Asia/Tokyo", "UTC"]))
def test_only_the_moment_counts_not_how_it_is_written(cadence: Cadence, after: datetime, other: str) -> None:
    """The same moment in another time zone gives the same opening."""
    elsewhere = after.astimezone(ZoneInfo(other))
    assert cadence.next_due(elsewhere) == cadence.next_due(after)


@given(cadence=cadences(presets), after=moments)
def test_the_first_opening_is_the_first_that_fits(cadence: Cadence, after: datetime) -> None:
    """Without an earlier opening no fitting day is passed over."""
    due = local(cadence.next_due(after))
    for day in days_after(local(after).date() - timedelta(days=7), 60):
        opening = WORKING_DAYS.next_open(day)
        if falls_on(day, cadence.recurrence) and datetime.combine(opening, due.timetz()) > after:
            assert due == datetime.combine(opening, due.timetz())
            return
    raise AssertionError(due)


KINDS = [
    *(Recurrence(Unit.WEEK, every, weekday) for every in range(1, MOST_WEEKS + 1) for weekday in WEEKDAYS),
    *(
        Recurrence(Unit.MONTH, every, weekday, ordinal)
        for every in range(1, MOST_MONTHS + 1)
        for weekday in ("monday", "friday")
        for ordinal in ORDINALS
    ),
]


@pytest.mark.thorough
@pytest.mark.parametrize("days_before", [0, 1])
def test_every_kind_of_recurrence_through_2026_2027_and_2028(days_before: int) -> None:
    """Both clock changes, month ends, and leap day 2028: as many openings as the calendar has, on its days."""
    for rule in KINDS:
        cadence = Cadence(rule, 600, AMSTERDAM, days_before)
        first = cadence.next_due(at("2025-12-31", "12:00"))
        begin = cadence.meeting_after(first) or rule.last_on(local(first).date())
        until = at("2028-12-31", "23:59")
        occurrences = [
            day
            for day in days_after(begin, 1100)
            if falls_on(day, rule) and periods_between(begin, day, rule) % rule.every == 0
        ]
        if days_before:
            expected = [open_day_before(day, 1, WORKING_DAYS) for day in occurrences if WORKING_DAYS.is_open(day)]
        else:
            expected = [WORKING_DAYS.next_open(day) for day in occurrences]
        found = openings(cadence, first, until=until)
        assert [local(each).date() for each in found] == [day for day in expected if day <= local(until).date()], rule
        assert {local(each).time() for each in found} == {time(10)}


# Known days


@pytest.mark.parametrize(
    ("before", "after", "utc_hours"),
    [("2026-03-24", "2026-03-31", (9, 8)), ("2026-10-20", "2026-10-27", (8, 9))],
)
def test_ten_o_clock_stays_ten_o_clock(before: str, after: str, utc_hours: tuple[int, int]) -> None:
    """Over both clock changes of 2026 a Tuesday at ten moves an hour in UTC and not on the wall."""
    cadence = Cadence(Recurrence(Unit.WEEK, 1, "tuesday"), 600, AMSTERDAM)
    first = at(before, "10:00")
    second = cadence.next_due(first, previous=first)
    assert second == at(after, "10:00")
    assert (first.hour, second.hour) == utc_hours


@pytest.mark.parametrize("rhythm", [Rhythm.NORMAL, Rhythm.INTENSIVE])
def test_a_rhythm_chosen_on_wednesday_begins_next_tuesday(rhythm: Rhythm) -> None:
    """A coordinator who sets a rhythm waits for the first such weekday, also when it is two-weekly from then on."""
    cadence = Cadence(Recurrence(*PRESETS[rhythm], "tuesday"), 600, AMSTERDAM)
    assert cadence.next_due(at("2026-11-18", "14:00")) == at("2026-11-24", "10:00")
    assert cadence.next_due(at("2026-11-24", "10:00")) == at("2026-12-01", "10:00")


@pytest.mark.parametrize("unit_and_every", [(Unit.WEEK, 1), (Unit.WEEK, 2)])
def test_a_holiday_moves_one_opening_and_no_other(unit_and_every: tuple[Unit, int]) -> None:
    """Easter Monday 2026 becomes Tuesday, and the one after it is on a Monday again."""
    cadence = Cadence(Recurrence(*unit_and_every, "monday"), 600, AMSTERDAM)
    moved = cadence.next_due(at("2026-04-05", "12:00"))
    assert moved == at("2026-04-07", "10:00")
    following = "2026-04-13" if unit_and_every[1] == 1 else "2026-04-20"
    assert cadence.next_due(moved, previous=moved) == at(following, "10:00")


def test_a_summer_is_one_opening() -> None:
    """Six weeks of closed schools in the south hold six Mondays and give one opening, when they are over."""
    cadence = Cadence(Recurrence(Unit.WEEK, 1, "monday"), 600, AMSTERDAM, calendar=Calendar(SchoolRegion.ZUID))
    last = at("2026-07-06", "10:00")
    assert cadence.coming(last, number=2, previous=last) == (at("2026-08-24", "10:00"), at("2026-08-31", "10:00"))


def test_the_day_before_the_third_tuesday() -> None:
    """The anchor of the brief: each opening is the last open day before the meeting it belongs to."""
    cadence = Cadence(Recurrence(Unit.MONTH, 1, "tuesday", 3), 600, AMSTERDAM, days_before=1)
    coming = cadence.coming(at("2026-11-25", "09:00"), number=6)
    assert [str(local(each).date()) for each in coming] == [
        "2026-12-14", "2027-01-18", "2027-02-15", "2027-03-15", "2027-04-19", "2027-05-14",
    ]  # fmt: skip
    assert cadence.meeting_after(coming[-1]) == date(2027, 5, 18)
    assert cadence.opening_before(date(2027, 5, 18)) == coming[-1]


def test_a_meeting_that_is_cancelled_has_no_round() -> None:
    """Easter Monday: no meeting, so no round before it; the two-weekly meetings keep their step."""
    cadence = Cadence(Recurrence(Unit.WEEK, 2, "monday"), 600, AMSTERDAM, days_before=1)
    first = cadence.opening_before(date(2026, 3, 23))
    assert first == at("2026-03-20", "10:00")
    assert cadence.next_due(first, previous=first) == at("2026-04-17", "10:00")


@pytest.mark.parametrize(("minute", "days_before"), [(8 * 60 - 1, 0), (18 * 60, 0), (600, -1), (600, 11)])
def test_an_opening_outside_working_hours_cannot_be_made(minute: int, days_before: int) -> None:
    """Eight to six, and at most ten open days before a meeting."""
    with pytest.raises(ValueError, match="werktijd"):
        Cadence(Recurrence(Unit.WEEK, 1, "monday"), minute, AMSTERDAM, days_before)


@given(minute=office_minutes, days_before=st.integers(0, 1))
@settings(max_examples=3, deadline=None)
def test_a_calendar_that_never_opens_is_said(minute: int, days_before: int) -> None:
    """A search never goes on for ever: ten closed years are a mistake, and are told as one."""
    closed = frozenset(days_after(date(2026, 1, 1), 4500))
    cadence = Cadence(Recurrence(Unit.WEEK, 1, "monday"), minute, AMSTERDAM, days_before, Calendar(closed=closed))
    with pytest.raises(ValueError, match="tien jaar"):
        cadence.next_due(at("2026-03-03", "12:00"))


@pytest.mark.parametrize("ordinal", ORDINALS)
def test_leap_day_and_month_ends(ordinal: int) -> None:
    """In 2028 a month of 29 days, from the first to the last Tuesday: twelve openings, one in every month."""
    cadence = Cadence(Recurrence(Unit.MONTH, 1, "tuesday", ordinal), 600, AMSTERDAM)
    coming = [local(each).date() for each in cadence.coming(at("2027-12-31", "23:59"), number=12)]
    assert [day.month for day in coming] == list(range(1, 13))
    leap = {1: 1, 2: 8, 3: 15, 4: 22, -1: 29}
    assert coming[1] == date(2028, 2, leap[ordinal])
