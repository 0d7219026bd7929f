"""Putting a prompt off to a moment that fits the work, without moving the team's rhythm (DSS §3.2.4)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from dialogues.rhythm.quiet import SECTOR_DEFAULTS, QuietTimes
from dialogues.rhythm.working_hours import START

LATER: Final = timedelta(hours=2)
LEAST_TIME_LEFT: Final = timedelta(hours=1)
"""A snooze must leave at least this much of the window to answer in."""
LATEST_HOUR: Final = time(17, 0)
"""A prompt of next week comes at the hour of putting off, within working hours, and not after this one."""
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
_USUAL: Final = "jgz"
"""Whose sessions a person is taken to have who has none of their own and no sector with usual hours."""


class Snooze(StrEnum):
    """The choices on a prompt (content-brief §4.5)."""

    LATER_TODAY = "later"
    AFTER_SESSION = "session"
    NEXT_WEEK = "week"


def moment(
    choice: Snooze, *, now: datetime, closes_at: datetime, zone: ZoneInfo, quiet: QuietTimes, sector: str = ""
) -> datetime | None:
    """When the prompt comes back (UTC), or None when the promise cannot be kept.

    It is kept in free time, with an hour left before the round closes: later today is today, after two hours; after
    my session is the end of the session that is going on or comes next today, or else of the next day's first; next
    week is next week, a week from now if that is free. Sessions are the person's own quiet blocks, or those of the
    usual week of ``sector``.
    """
    found = _BACK[choice](now.astimezone(zone), quiet.or_usual(sector), zone, closes_at)
    return found if found is not None and found + LEAST_TIME_LEFT <= closes_at else None


def choices(
    *, now: datetime, closes_at: datetime, zone: ZoneInfo, quiet: QuietTimes, sector: str = ""
) -> tuple[Snooze, ...]:
    """The choices that keep their promise: those whose moment lies inside the window."""
    return tuple(
        choice
        for choice in Snooze
        if moment(choice, now=now, closes_at=closes_at, zone=zone, quiet=quiet, sector=sector) is not None
    )


def _later_today(local: datetime, quiet: QuietTimes, zone: ZoneInfo, _until: datetime) -> datetime | None:
    return quiet.next_free(local + LATER, zone, before=_midnight_after(local.date(), zone))


def _after_session(local: datetime, quiet: QuietTimes, zone: ZoneInfo, until: datetime) -> datetime | None:
    """The end of today's present or next session; else of another day's first, or that day's first free moment."""
    sessions = quiet if quiet.blocks else QuietTimes(SECTOR_DEFAULTS[_USUAL])
    today = local.date()
    for day in (today + number * _DAY for number in range((until.astimezone(zone).date() - today).days + 1)):
        ends = [datetime.combine(day, each.ends_at, zone) for each in sessions.on(day) if each.ends_at is not None]
        start = min((end for end in ends if end > local), default=None)
        if start is None and day > today:
            start = datetime.combine(day, START, zone)
        back = start and quiet.next_free(start, zone, before=_midnight_after(day, zone))
        if back is not None:
            return back
    return None


def _next_week(local: datetime, quiet: QuietTimes, zone: ZoneInfo, _until: datetime) -> datetime | None:
    monday = local.date() - local.weekday() * _DAY + _WEEK
    end = _midnight_after(monday + _WEEK - _DAY, zone)
    hoped = datetime.combine(local.date() + _WEEK, max(START, min(local.time(), LATEST_HOUR)), zone)
    return quiet.next_free(hoped, zone, before=end) or quiet.next_free(
        datetime.combine(monday, START, zone), zone, before=end
    )


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + _DAY, time(), zone)


_BACK: Final[dict[Snooze, Callable[[datetime, QuietTimes, ZoneInfo, datetime], datetime | None]]] = {
    Snooze.LATER_TODAY: _later_today,
    Snooze.AFTER_SESSION: _after_session,
    Snooze.NEXT_WEEK: _next_week,
}
