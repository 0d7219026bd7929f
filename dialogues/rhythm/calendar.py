"""Which days people work on: weekdays without public holidays, school holidays of a region, or days of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase


class SchoolRegion(StrEnum):
    """The three regions that schools in the Netherlands take their holidays by; '' elsewhere means none."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"


SCHOOL_HOLIDAYS_KNOWN_UNTIL: Final = date(2030, 9, 1)
"""The last day up to which all school holidays are known; what comes after it counts as school as usual."""
LONGEST_CLOSURE: Final = 3660
"""Days (ten years) that a search for an open day goes on; a calendar closed for longer than that is a mistake."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@cache
def _public() -> HolidayBase:
    import holidays  # reads the calendars of all countries, which not every process needs

    return holidays.country_holidays("NL")


@cache
def _school(region: SchoolRegion) -> HolidayBase:
    import holidays

    return holidays.country_holidays("NL", subdiv=region.capitalize(), categories=("school",))


@dataclass(frozen=True, slots=True)
class Calendar:
    """The open days of a team or a person: its school region, if any, and the days it closed itself."""

    region: SchoolRegion | None = None
    closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether people work on this day."""
        if day.weekday() >= _SATURDAY or day in self.closed or day in _public():
            return False
        return self.region is None or day not in _school(self.region)

    def next_open(self, day: date) -> date:
        """The day itself when it is open, else the first open day after it.

        Raises ValueError when there is none within ``LONGEST_CLOSURE`` days.
        """
        return self._search(day, lambda at: at + _DAY)

    def previous_open(self, day: date) -> date:
        """The day itself when it is open, else the last open day before it. Raises ValueError like ``next_open``."""
        return self._search(day, lambda at: at - _DAY)

    def open_days_before(self, day: date, count: int) -> date:
        """The open day that lies ``count`` open days before this day, which need not be open. Raises ValueError."""
        for _ in range(count):
            day = self.previous_open(day - _DAY)
        return day

    def _search(self, day: date, step: Callable[[date], date]) -> date:
        for _ in range(LONGEST_CLOSURE):
            if self.is_open(day):
                return day
            day = step(day)
        raise ValueError("in tien jaar is er geen enkele open dag")


@dataclass(frozen=True, slots=True)
class SchoolHoliday:
    """Days without school in one region, from the first one up to the day it is over."""

    begins: date
    ends: date
    """The first day after it."""


def next_school_holiday(region: SchoolRegion, today: date, *, until: date) -> SchoolHoliday | None:
    """The school holiday that goes on today or begins first after it, before ``until``; None when there is none."""
    closed = _school(region)
    begins = next((day for day in _days(today, until) if day in closed), None)
    if begins is None:
        return None
    ends = next(day for day in _days(begins, begins + timedelta(days=LONGEST_CLOSURE)) if day not in closed)
    return SchoolHoliday(begins, ends)


def _days(start: date, end: date) -> Iterator[date]:
    while start < end:
        yield start
        start += _DAY


WORKING_DAYS: Final = Calendar()
"""Monday to Friday without public holidays."""
