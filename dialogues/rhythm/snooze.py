"""Putting a prompt off to a moment that fits the work, without moving the team's rhythm (DSS §3.2.4)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from dialogues.rhythm.working_hours import START, is_working_day, is_working_time, next_working_time

LATER: Final = timedelta(hours=2)
LEAST_TIME_LEFT: Final = timedelta(hours=1)
"""A snooze must leave at least this much of the window to answer in."""


class Snooze(StrEnum):
    """The choices on a prompt (content-brief §4.5)."""

    LATER_TODAY = "later"
    AFTER_SESSION = "session"
    NEXT_WEEK = "week"


_SESSION_ENDS: dict[str, tuple[time, ...]] = {
    "jgz": (time(12, 15), time(16, 15)),
    "onderwijs": (time(12, 15), time(15, 15)),
}
"""When consultation hours and lessons usually end; people without a sector of these follow the clinic's."""


def moment(choice: Snooze, *, now: datetime, closes_at: datetime, zone: ZoneInfo, sector: str = "") -> datetime | None:
    """When the prompt comes back (UTC), or None when that is not possible before the round closes."""
    local = now.astimezone(zone)
    if choice is Snooze.LATER_TODAY:
        back = local + LATER
        if not is_working_time(back, zone=zone):
            return None
    elif choice is Snooze.AFTER_SESSION:
        back = _after_session(local, _SESSION_ENDS.get(sector, _SESSION_ENDS["jgz"]), zone)
    else:
        back = datetime.combine(local.date() + timedelta(days=7), max(START, min(local.time(), time(17, 0))), zone)
        back = next_working_time(back, zone=zone).astimezone(zone)
    return back.astimezone(UTC) if back + LEAST_TIME_LEFT <= closes_at else None


def choices(*, now: datetime, closes_at: datetime, zone: ZoneInfo, sector: str = "") -> tuple[Snooze, ...]:
    """The choices that keep their promise: those whose moment lies inside the window."""
    return tuple(
        choice
        for choice in Snooze
        if moment(choice, now=now, closes_at=closes_at, zone=zone, sector=sector) is not None
    )


def _after_session(local: datetime, ends: tuple[time, ...], zone: ZoneInfo) -> datetime:
    if is_working_day(local.date()):
        for end in ends:
            if local.time() < end:
                return datetime.combine(local.date(), end, zone)
    tomorrow = next_working_time(datetime.combine(local.date() + timedelta(days=1), START, zone), zone=zone)
    return datetime.combine(tomorrow.astimezone(zone).date(), ends[0], zone)
