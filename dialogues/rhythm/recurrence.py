"""On which days something comes back: every so many weeks or months, on a weekday."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

WEEKDAYS: Final[tuple[str, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday")
MOST_WEEKS: Final = 8
MOST_MONTHS: Final = 6
ORDINALS: Final = (1, 2, 3, 4, -1)
"""Which of a month's Tuesdays; -1 is the last one. A fifth is not in every month, so it cannot be chosen."""
_CODES: Final = tuple(day[:2].upper() for day in WEEKDAYS)
_TEXT: Final = re.compile(rf"FREQ=(WEEKLY|MONTHLY);INTERVAL=(\d+);BYDAY=(-?\d)?({'|'.join(_CODES)})")


class Unit(StrEnum):
    """What the distance between two occurrences is counted in."""

    WEEK = "week"
    MONTH = "month"


class Rhythm(StrEnum):
    """How often a team is asked about one element (content-brief §11)."""

    LIGHT = "light"
    """Once a month."""
    NORMAL = "normal"
    """Every two weeks."""
    INTENSIVE = "intensive"
    """Every week."""
    OWN = "own"
    """Whatever the coordinator chose."""


PRESETS: Final[dict[Rhythm, tuple[Unit, int]]] = {
    Rhythm.LIGHT: (Unit.MONTH, 1),
    Rhythm.NORMAL: (Unit.WEEK, 2),
    Rhythm.INTENSIVE: (Unit.WEEK, 1),
}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A weekday of every so many weeks (1 to 8) or months (1 to 6). Raises ValueError for anything else."""

    unit: Unit
    every: int
    weekday: str
    """English name in lower case, Monday to Friday."""
    ordinal: int = 1
    """Which such weekday of the month, -1 for the last; 1 when the unit is a week."""

    def __post_init__(self) -> None:
        most = MOST_MONTHS if self.unit is Unit.MONTH else MOST_WEEKS
        if not 1 <= self.every <= most or self.weekday not in WEEKDAYS:
            raise ValueError(f"een ritme is hooguit elke {most} keer, op een werkdag: {self.every}, {self.weekday}")
        if self.ordinal not in (ORDINALS if self.unit is Unit.MONTH else (1,)):
            raise ValueError(f"de zoveelste weekdag van de maand is 1 tot en met 4, of -1: {self.ordinal}")

    def to_text(self) -> str:
        """The rule as iCalendar writes it (RFC 5545 §3.3.10), for storage and for calendar files."""
        code = _CODES[WEEKDAYS.index(self.weekday)]
        if self.unit is Unit.MONTH:
            return f"FREQ=MONTHLY;INTERVAL={self.every};BYDAY={self.ordinal}{code}"
        return f"FREQ=WEEKLY;INTERVAL={self.every};BYDAY={code}"

    @classmethod
    def from_text(cls, text: str) -> Recurrence:
        """What ``to_text`` wrote. Raises ValueError for any other rule."""
        found = _TEXT.fullmatch(text)
        if found is None or (found[1] == "MONTHLY") is not bool(found[3]):
            raise ValueError(f"geen ritme: {text}")
        unit = Unit.MONTH if found[1] == "MONTHLY" else Unit.WEEK
        return cls(unit, int(found[2]), WEEKDAYS[_CODES.index(found[4])], int(found[3] or 1))

    def days(self, start: date, *, in_step_with: date | None = None) -> Iterator[date]:
        """The days it falls on, from ``start`` on and without an end.

        Where not every week or month counts, it keeps step with the occurrence that ``in_step_with`` belongs to: the
        last such weekday on or before it. Without one the first such weekday will do.
        """
        first = next(self.every_time.days(start)) if in_step_with is None and self.every > 1 else start
        step = first if in_step_with is None else self.last_on(in_step_with)
        begin = self._period(step)
        while begin > start:
            begin -= self._step
        for moment in self._rule(begin):
            if moment.date() >= start:
                yield moment.date()

    def last_on(self, day: date) -> date:
        """The last such weekday on or before this day, whether or not its week or month counts."""
        rule = self.every_time._rule(self._period(day) - relativedelta(months=1))  # noqa: SLF001 - its own class
        *_, last = itertools.takewhile(lambda moment: moment.date() <= day, rule)
        return last.date()

    @property
    def every_time(self) -> Recurrence:
        """The same weekday in every week or month."""
        return replace(self, every=1)

    @property
    def shortest_gap(self) -> int:
        """The fewest calendar days between two occurrences."""
        return 7 * self.every if self.unit is Unit.WEEK else 28 * self.every

    @property
    def _step(self) -> relativedelta:
        return relativedelta(weeks=self.every) if self.unit is Unit.WEEK else relativedelta(months=self.every)

    def _period(self, day: date) -> date:
        """The first day of the week or month this day is in."""
        return day - timedelta(days=day.weekday()) if self.unit is Unit.WEEK else day.replace(day=1)

    def _rule(self, begin: date) -> rrule:
        start = datetime.combine(begin, time())
        day = weekday(WEEKDAYS.index(self.weekday))
        if self.unit is Unit.MONTH:
            return rrule(MONTHLY, dtstart=start, interval=self.every, byweekday=day(self.ordinal))
        return rrule(WEEKLY, dtstart=start, interval=self.every, byweekday=day)
