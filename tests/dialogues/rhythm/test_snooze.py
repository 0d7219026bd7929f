"""Putting off: every choice that is offered keeps its promise, inside the window and inside working hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.conversation.definition import Sector
from dialogues.rhythm.calendar import Calendar, SchoolRegion
from dialogues.rhythm.quiet import QuietBlock, QuietTimes, block
from dialogues.rhythm.recurrence import WEEKDAYS
from dialogues.rhythm.snooze import Snooze, choices, moment
from dialogues.rhythm.working_hours import is_working_day, next_working_time
from tests.dialogues.rhythm.moments import AMSTERDAM, at, days_after, is_free, local, moments, quarters, quiet_times

sectors = st.sampled_from(["", *Sector])
windows = st.timedeltas(timedelta(0), timedelta(days=28))
ENDS = {"onderwijs": (time(12, 15), time(15, 15))}
CLINIC = (time(12, 15), time(16, 15))
FAR = timedelta(days=60)


def first_free(start: datetime, end: datetime, quiet: QuietTimes) -> datetime | None:
    """The plain rule: quarter by quarter, the first that is free before the end."""
    while start < end:
        if is_free(start, quiet):
            return start
        start += timedelta(minutes=15)
    return None


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM).astimezone(UTC)


def promised(choice: Snooze, now: datetime, quiet: QuietTimes) -> datetime | None:
    """What each choice means in plain words, for somebody with quiet times of their own."""
    today = local(now).date()
    if choice is Snooze.LATER_TODAY:
        return first_free(now + timedelta(hours=2), midnight(today + timedelta(days=1)), quiet)
    if choice is Snooze.NEXT_WEEK:
        monday = today + timedelta(days=7 - today.weekday())
        hour = max(time(8), min(local(now).time(), time(17)))
        hoped = datetime.combine(today + timedelta(days=7), hour, AMSTERDAM).astimezone(UTC)
        end = midnight(monday + timedelta(days=7))
        return first_free(hoped, end, quiet) or first_free(midnight(monday), end, quiet)
    for day in days_after(today, 60):
        minutes = sorted(
            each.end for each in quiet.blocks if day.weekday() == WEEKDAYS.index(each.weekday) and each.end < 1440
        )
        ends = [datetime.combine(day, time(*divmod(minute, 60)), AMSTERDAM).astimezone(UTC) for minute in minutes]
        ends = [end for end in ends if end > now]
        start = ends[0] if ends else midnight(day) if day > today else None
        back = start and first_free(start, midnight(day + timedelta(days=1)), quiet)
        if back is not None:
            return back
    return None


@given(choice=st.sampled_from(Snooze), now=quarters, left=windows, quiet=quiet_times, sector=sectors)
@settings(deadline=None)
def test_a_promise_is_the_one_that_was_made(
    choice: Snooze, now: datetime, left: timedelta, quiet: QuietTimes, sector: str
) -> None:
    """Walking quarter by quarter gives the same moment, or none where it lies past the close or nowhere."""
    own = quiet if quiet.blocks else replace(quiet, blocks=(QuietBlock("monday", 0, 15),))
    back = moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=own, sector=sector)
    expected = promised(choice, now, own)
    in_time = expected is not None and expected + timedelta(hours=1) <= now + left
    assert back == (expected if in_time else None)


@given(choice=st.sampled_from(Snooze), now=moments, left=windows, quiet=quiet_times, sector=sectors)
@settings(deadline=None)
def test_a_promise_lies_inside_the_window_and_in_free_time(
    choice: Snooze, now: datetime, left: timedelta, quiet: QuietTimes, sector: str
) -> None:
    """Later than now, in nobody's quiet time, with an hour left before the round closes."""
    back = moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=quiet, sector=sector)
    if back is None:
        return
    assert back.tzinfo is UTC
    assert now < back <= now + left - timedelta(hours=1)
    assert is_free(back, quiet.or_usual(sector))
    today, due = local(now).date(), local(back).date()
    if choice is Snooze.LATER_TODAY:
        assert due == today
    if choice is Snooze.NEXT_WEEK:
        assert due.isocalendar()[:2] == (today + timedelta(days=7)).isocalendar()[:2]


@given(now=moments, left=windows, quiet=quiet_times, sector=sectors)
@settings(deadline=None)
def test_only_promises_that_can_be_kept_are_offered(
    now: datetime, left: timedelta, quiet: QuietTimes, sector: str
) -> None:
    """The choices on a prompt are those that have a moment, in their usual order; past the close there are none."""
    about = {"zone": AMSTERDAM, "quiet": quiet, "sector": sector}
    offered = choices(now=now, closes_at=now + left, **about)
    kept = [choice for choice in Snooze if moment(choice, now=now, closes_at=now + left, **about) is not None]
    assert list(offered) == kept
    assert choices(now=now, closes_at=now - left, **about) == ()


@given(choice=st.sampled_from(Snooze), now=moments, left=windows, more=windows, quiet=quiet_times, sector=sectors)
@settings(deadline=None)
def test_the_window_decides_whether_and_never_when(
    *, choice: Snooze, now: datetime, left: timedelta, more: timedelta, quiet: QuietTimes, sector: str
) -> None:
    """A later close does not move the promise; it can only make one possible."""
    about = {"zone": AMSTERDAM, "quiet": quiet, "sector": sector}
    short = moment(choice, now=now, closes_at=now + left, **about)
    long = moment(choice, now=now, closes_at=now + left + more, **about)
    assert short is None or short == long


@given(choice=st.sampled_from(Snooze), now=moments, left=windows)
def test_somebody_for_whom_everything_is_quiet_is_promised_nothing(
    choice: Snooze, now: datetime, left: timedelta
) -> None:
    """No free minute in the week: no choice is offered."""
    quiet = QuietTimes(tuple(block(day, "hele dag") for day in WEEKDAYS))
    assert moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=quiet) is None


@given(now=moments)
def test_later_today_is_two_hours_and_today(now: datetime) -> None:
    """Two hours later or at eight, on the same day; after four there is no later today."""
    back = moment(Snooze.LATER_TODAY, now=now, closes_at=now + FAR, zone=AMSTERDAM, quiet=QuietTimes())
    hoped = now + timedelta(hours=2)
    same_day = local(hoped).date() == local(now).date()
    first = next_working_time(hoped, zone=AMSTERDAM)
    assert back == (first if same_day and local(first).date() == local(now).date() else None)


@given(now=moments, sector=sectors)
def test_after_the_session_is_the_first_end_of_one(now: datetime, sector: str) -> None:
    """The first moment that the sector's consultation hours or lessons end, on a working day."""
    back = moment(Snooze.AFTER_SESSION, now=now, closes_at=now + FAR, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector)
    ends = [
        datetime.combine(day, end, AMSTERDAM)
        for day in days_after(local(now).date(), 10)
        if is_working_day(day)
        for end in ENDS.get(sector, CLINIC)
    ]
    assert back == next(end for end in ends if end > now)


@given(now=moments)
def test_next_week_is_a_day_of_next_week(now: datetime) -> None:
    """A week on at the same hour within working hours; on a day off the first free moment after it, or before it."""
    back = moment(Snooze.NEXT_WEEK, now=now, closes_at=now + FAR, zone=AMSTERDAM, quiet=QuietTimes())
    today = local(now).date()
    monday = today + timedelta(days=7 - today.weekday())
    if is_working_day(today + timedelta(days=7)):
        hour = max(time(8), min(local(now).time(), time(17)))
        assert back == datetime.combine(today + timedelta(days=7), hour, AMSTERDAM)
        return
    week = [day for day in days_after(monday, 6) if is_working_day(day)]
    after = [day for day in week if day > today + timedelta(days=7)]
    assert back == datetime.combine((after or week)[0], time(8), AMSTERDAM)


@pytest.mark.parametrize(
    ("sector", "clock", "day", "back"),
    [
        ("jgz", "07:30", "2026-11-24", "12:15"),
        ("jgz", "09:00", "2026-11-24", "12:15"),
        ("jgz", "12:15", "2026-11-24", "16:15"),
        ("onderwijs", "13:00", "2026-11-24", "15:15"),
        ("jgz", "16:15", "2026-11-25", "12:15"),
        ("onderwijs", "15:30", "2026-11-25", "12:15"),
        ("wijkteam", "09:00", "2026-11-24", "12:15"),
        ("", "22:00", "2026-11-25", "12:15"),
    ],
)
def test_known_sessions(sector: str, clock: str, day: str, back: str) -> None:
    """Noon and the end of the day for each sector; early birds are asked the same day, late ones the next."""
    now = at("2026-11-24", clock)
    closes = at("2026-12-04", "17:00")
    assert moment(
        Snooze.AFTER_SESSION, now=now, closes_at=closes, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector
    ) == at(day, back)


def test_on_the_last_day_next_week_is_not_offered() -> None:
    """Two days before the close only today's choices are left, and in the last hour none."""
    closes = at("2026-12-04", "17:00")
    offered = choices(now=at("2026-12-04", "10:00"), closes_at=closes, zone=AMSTERDAM, quiet=QuietTimes(), sector="jgz")
    assert offered == (Snooze.LATER_TODAY, Snooze.AFTER_SESSION)
    assert (
        choices(now=at("2026-12-04", "16:05"), closes_at=closes, zone=AMSTERDAM, quiet=QuietTimes(), sector="jgz") == ()
    )


def test_a_nurse_with_times_of_her_own() -> None:
    """A morning of consultations and a free Wednesday: later is after them, the session's end is her own."""
    quiet = QuietTimes((QuietBlock("tuesday", 540, 750), block("wednesday", "hele dag")))
    about = {"closes_at": at("2026-12-04", "17:00"), "zone": AMSTERDAM, "quiet": quiet, "sector": "jgz"}
    now = at("2026-11-24", "08:15")
    assert moment(Snooze.LATER_TODAY, now=now, **about) == at("2026-11-24", "12:30")
    assert moment(Snooze.AFTER_SESSION, now=now, **about) == at("2026-11-24", "12:30")
    assert moment(Snooze.AFTER_SESSION, now=at("2026-11-24", "13:00"), **about) == at("2026-11-26", "08:00")
    assert moment(Snooze.NEXT_WEEK, now=at("2026-11-25", "09:00"), **about) == at("2026-12-03", "08:00")


def test_next_week_is_not_offered_when_it_is_a_holiday() -> None:
    """In the week before the autumn holiday nobody promises a school that holiday, or the week after it."""
    quiet = QuietTimes(calendar=Calendar(SchoolRegion.ZUID))
    about = {"closes_at": at("2026-11-04", "17:00"), "zone": AMSTERDAM, "quiet": quiet, "sector": "onderwijs"}
    assert moment(Snooze.NEXT_WEEK, now=at("2026-10-13", "12:30"), **about) is None
    assert moment(Snooze.NEXT_WEEK, now=at("2026-10-06", "12:30"), **about) == at("2026-10-13", "12:30")
