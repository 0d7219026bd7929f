"""When a team's next round opens, how long it stays open, and when its maandbeeld is due.

All moments in and out are aware UTC; the wall clock of ``zone`` decides in between, so that nine o'clock stays nine
o'clock through both clock changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from dialogues.rhythm.working_hours import START, is_working_day

WEEKDAYS: tuple[str, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
CLOSING_TIME = time(17, 0)
LAST_REMINDER = time(16, 0)
"""A reminder leaves at least an hour to answer in."""
MAANDBEELD_TIME = time(8, 30)


class Rhythm(StrEnum):
    """How often a team is asked about one element (content-brief §11)."""

    LIGHT = "light"
    """Once a month."""
    NORMAL = "normal"
    """Every two weeks."""
    INTENSIVE = "intensive"
    """Every week."""


WINDOW_DAYS: dict[Rhythm, int] = {Rhythm.LIGHT: 14, Rhythm.NORMAL: 10, Rhythm.INTENSIVE: 6}
"""Calendar days a round stays open: always shorter than the time to the next one."""


@dataclass(frozen=True, slots=True)
class Cadence:
    """A team's rhythm: how often, on which weekday (English name), at which minute of the local day."""

    rhythm: Rhythm
    weekday: str
    minute: int
    zone: ZoneInfo

    def next_due(self, after: datetime, *, previous: datetime | None = None) -> datetime:
        """The first opening strictly after ``after``.

        Two-weekly openings keep step with ``previous``; without one the first such weekday will do.
        """
        local = after.astimezone(self.zone)
        since = (previous or after).astimezone(self.zone)
        start = datetime.combine(since.date(), self._time)
        for candidate in self._rule(start, weeks=2 if previous and self.rhythm is Rhythm.NORMAL else 1):
            if candidate > local.replace(tzinfo=None):
                return candidate.replace(tzinfo=self.zone).astimezone(UTC)
        raise AssertionError("een ritme heeft geen einde")

    @property
    def _time(self) -> time:
        return time(self.minute // 60, self.minute % 60)

    def _rule(self, start: datetime, *, weeks: int) -> rrule:
        day = WEEKDAYS.index(self.weekday)
        if self.rhythm is Rhythm.LIGHT:
            return rrule(MONTHLY, dtstart=start, byweekday=weekday(day)(+1))
        return rrule(WEEKLY, dtstart=start, byweekday=day, interval=weeks)


@dataclass(frozen=True, slots=True)
class Window:
    """The days of one round: when it closes and when the one reminder may go out."""

    closes_at: datetime
    remind_at: datetime


def window(opens_at: datetime, *, days: int, zone: ZoneInfo) -> Window:
    """The window of a round that opens now and stays open for ``days`` calendar days.

    It closes at 17:00 on a working day. The reminder comes past the middle of the window, on a working day, at the
    hour of opening or as near to it as working hours and the close allow.
    """
    opened = opens_at.astimezone(zone)
    last = opened.date() + timedelta(days=days)
    while not is_working_day(last):
        last -= timedelta(days=1)
    remind = opened.date() + timedelta(days=max(1, days * 3 // 5))
    while not is_working_day(remind):
        remind += timedelta(days=1)
    at = min(max(opened.time().replace(second=0, microsecond=0), START), LAST_REMINDER)
    return Window(
        closes_at=datetime.combine(last, CLOSING_TIME, zone).astimezone(UTC),
        remind_at=datetime.combine(min(remind, last), at, zone).astimezone(UTC),
    )


def next_maandbeeld(after: datetime, *, zone: ZoneInfo) -> datetime:
    """The first working day of a month at 08:30 that lies strictly after ``after``."""
    local = after.astimezone(zone)
    month = local.date().replace(day=1)
    while True:
        due = datetime.combine(_first_working_day(month), MAANDBEELD_TIME, zone)
        if due > local:
            return due.astimezone(UTC)
        month += relativedelta(months=1)


def _first_working_day(month: date) -> date:
    day = month
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
