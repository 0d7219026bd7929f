"""When the bot does not speak first to a person: consultation hours, lessons, free days, days away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogues.rhythm.calendar import LONGEST_CLOSURE, WORKING_DAYS, Calendar
from dialogues.rhythm.recurrence import WEEKDAYS
from dialogues.rhythm.working_hours import END, START

DAY_MINUTES: Final = 24 * 60
_FIRST, _LAST = (at.hour * 60 + at.minute for at in (START, END))


@dataclass(frozen=True, slots=True)
class QuietBlock:
    """A part of a weekday, every week: local minutes after midnight, from ``start`` up to ``end``.

    Raises ValueError when it is empty, leaves the day, or is not on a weekday from Monday to Friday.
    """

    weekday: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if self.weekday not in WEEKDAYS or not 0 <= self.start < self.end <= DAY_MINUTES:
            raise ValueError(f"geen stille tijd: {self.weekday} {self.start}-{self.end}")

    def to_word(self) -> str:
        """The block as one word, for storage: ``monday-480-720``."""
        return f"{self.weekday}-{self.start}-{self.end}"

    @classmethod
    def from_word(cls, word: str) -> QuietBlock:
        """What ``to_word`` wrote. Raises ValueError for anything else."""
        weekday, start, end = word.split("-")
        return cls(weekday, int(start), int(end))

    @property
    def ends_at(self) -> time | None:
        """When it ends on the wall clock; None when that is not before the day does."""
        return time(*divmod(self.end, 60)) if self.end < DAY_MINUTES else None


PARTS: Final[dict[str, tuple[int, int]]] = {
    "ochtend": (0, 12 * 60 + 30),
    "middag": (12 * 60 + 30, DAY_MINUTES),
    "hele dag": (0, DAY_MINUTES),
}
"""The parts of a day that a person can mark as quiet with one tap, as start and end."""


def block(weekday: str, part: str) -> QuietBlock:
    """A part of ``PARTS`` on this weekday. Raises KeyError or ValueError for what is not on offer."""
    return QuietBlock(weekday, *PARTS[part])


def _sessions(ends: int) -> tuple[QuietBlock, ...]:
    """Half past eight to a quarter past twelve, and from one until ``ends``, on every working day."""
    parts = ((8 * 60 + 30, 12 * 60 + 15), (13 * 60, ends))
    return tuple(QuietBlock(day, *part) for day in WEEKDAYS for part in parts)


SECTOR_DEFAULTS: Final[dict[str, tuple[QuietBlock, ...]]] = {
    "jgz": _sessions(16 * 60 + 15),
    "onderwijs": _sessions(15 * 60 + 15),
}
"""A usual week of consultation hours and of lessons, until a person sets their own. The research says that these
hours cannot be left (DSS §3.2.4) and not when they are, so the times are a choice [keuze]: morning and afternoon
sessions of a clinic, and of a primary school with its lunch break. Other sectors have no usual hours."""


@dataclass(frozen=True, slots=True)
class QuietTimes:
    """Everything that keeps the bot from speaking first to one person."""

    blocks: tuple[QuietBlock, ...] = ()
    away_until: date | None = None
    """The first day the person is back; None: not away."""
    calendar: Calendar = WORKING_DAYS

    def or_usual(self, sector: str) -> QuietTimes:
        """The same, with the usual week of the sector for a person who set no times of their own."""
        return self if self.blocks else replace(self, blocks=SECTOR_DEFAULTS.get(sector, ()))

    def allows(self, moment: datetime, zone: ZoneInfo) -> bool:
        """Whether the bot may speak first: an open day between eight and six, outside every block, not away."""
        local = moment.astimezone(zone)
        return self._free(local.date(), _minute(local)) == _minute(local)

    def next_free(self, moment: datetime, zone: ZoneInfo, *, before: datetime | None) -> datetime | None:
        """The moment itself or the first allowed one after it, in UTC.

        None when there is none before ``before``, or at all: the search gives up after ``LONGEST_CLOSURE`` days.
        """
        if self.allows(moment, zone):
            return moment.astimezone(UTC) if before is None or moment < before else None
        local = moment.astimezone(zone)
        day, minute = local.date(), _minute(local) + 1
        for _ in range(LONGEST_CLOSURE):
            if before is not None and datetime.combine(day, time(), zone) >= before:
                return None
            found = self._free(day, minute)
            if found is not None:
                back = datetime.combine(day, time(*divmod(found, 60)), zone)
                return back.astimezone(UTC) if before is None or back < before else None
            day, minute = day + timedelta(days=1), 0
        return None

    def on(self, day: date) -> tuple[QuietBlock, ...]:
        """The blocks of this day, earliest first."""
        name = WEEKDAYS[day.weekday()] if day.weekday() < len(WEEKDAYS) else ""
        return tuple(sorted((each for each in self.blocks if each.weekday == name), key=_place))

    def _free(self, day: date, minute: int) -> int | None:
        """The first allowed minute of this day, from ``minute`` on."""
        if not self.calendar.is_open(day) or (self.away_until is not None and day < self.away_until):
            return None
        return _first_free(max(minute, _FIRST), self.on(day))


def _first_free(minute: int, blocks: Iterable[QuietBlock]) -> int | None:
    for each in blocks:
        if each.start <= minute < each.end:
            minute = each.end
    return minute if minute < _LAST else None


def _place(each: QuietBlock) -> tuple[int, int]:
    return each.start, each.end


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
