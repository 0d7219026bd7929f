"""Putting off: every choice that is offered keeps its promise, inside the window and inside working hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.definition import Sector
from dialogues.rhythm.quiet import QuietTimes
from dialogues.rhythm.snooze import Snooze, choices, moment
from dialogues.rhythm.working_hours import is_working_day, is_working_time, next_working_time
from tests.dialogues.rhythm.moments import AMSTERDAM, at, days_after, local, moments

sectors = st.sampled_from(["", *Sector])
windows = st.timedeltas(timedelta(0), timedelta(days=28))
ENDS = {"onderwijs": (time(12, 15), time(15, 15))}
CLINIC = (time(12, 15), time(16, 15))
FAR = timedelta(days=60)


@given(choice=st.sampled_from(Snooze), now=moments, left=windows, sector=sectors)
def test_a_promise_lies_inside_the_window_and_working_hours(
    choice: Snooze, now: datetime, left: timedelta, sector: str
) -> None:
    """Later than now, on a working day between eight and six, with an hour left before the round closes."""
    back = moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector)
    if back is None:
        return
    assert back.tzinfo is UTC
    assert now < back <= now + left - timedelta(hours=1)
    assert is_working_time(back, zone=AMSTERDAM)


@given(now=moments, left=windows, sector=sectors)
def test_only_promises_that_can_be_kept_are_offered(now: datetime, left: timedelta, sector: str) -> None:
    """The choices on a prompt are those that have a moment, in their usual order; past the close there are none."""
    offered = choices(now=now, closes_at=now + left, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector)
    kept = [
        choice
        for choice in Snooze
        if moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector) is not None
    ]
    assert list(offered) == kept
    assert choices(now=now, closes_at=now - left, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector) == ()


@given(choice=st.sampled_from(Snooze), now=moments, left=windows, more=windows, sector=sectors)
def test_the_window_decides_whether_and_never_when(
    choice: Snooze, now: datetime, left: timedelta, more: timedelta, sector: str
) -> None:
    """A later close does not move the promise; it can only make one possible."""
    short = moment(choice, now=now, closes_at=now + left, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector)
    long = moment(choice, now=now, closes_at=now + left + more, zone=AMSTERDAM, quiet=QuietTimes(), sector=sector)
    assert short is None or short == long


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
