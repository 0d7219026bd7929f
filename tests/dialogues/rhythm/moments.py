"""Moments to try the rhythm rules on, and reading them on the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dialogues.rhythm.cadence import Cadence
from dialogues.rhythm.calendar import WORKING_DAYS, Calendar, SchoolRegion
from dialogues.rhythm.quiet import QuietBlock, QuietTimes
from dialogues.rhythm.recurrence import MOST_MONTHS, MOST_WEEKS, ORDINALS, PRESETS, WEEKDAYS, Recurrence, Unit

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
weekdays = st.sampled_from(WEEKDAYS)
office_minutes = st.integers(8 * 60, 18 * 60 - 1)
recurrences = st.builds(Recurrence, st.just(Unit.WEEK), st.integers(1, MOST_WEEKS), weekdays) | st.builds(
    Recurrence, st.just(Unit.MONTH), st.integers(1, MOST_MONTHS), weekdays, st.sampled_from(ORDINALS)
)
presets = st.builds(
    lambda preset, weekday: Recurrence(*preset, weekday), st.sampled_from([*PRESETS.values()]), weekdays
)
days = st.dates(date(2024, 1, 1), date(2034, 12, 31))
closures = st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.integers(0, 60)), max_size=4).map(
    lambda spans: frozenset(day for first, length in spans for day in days_after(first, length))
)
calendars = st.builds(Calendar, st.none() | st.sampled_from(SchoolRegion), closures)


quarters = st.integers(0, 4 * 24 * 365 * 3).map(lambda count: at("2026-01-01", "00:00") + count * timedelta(minutes=15))
blocks = st.tuples(weekdays, st.integers(0, 95), st.integers(1, 96)).map(
    lambda each: QuietBlock(each[0], 15 * min(each[1], each[2] - 1), 15 * max(each[1] + 1, each[2]))
)
away = st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1))
quiet_times = st.builds(QuietTimes, st.lists(blocks, max_size=8).map(tuple), away, calendars)
working_days = st.just(WORKING_DAYS)
no_meeting = st.just(0)


def cadences(
    recurrence: st.SearchStrategy[Recurrence] = recurrences,
    *,
    calendar: st.SearchStrategy[Calendar] = working_days,
    days_before: st.SearchStrategy[int] = no_meeting,
):
    return st.builds(Cadence, recurrence, office_minutes, st.just(AMSTERDAM), days_before, calendar)


def local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def at(day: str, clock: str) -> datetime:
    """A moment on the wall clock of Amsterdam, as UTC: ``at("2026-03-31", "10:00")``."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), AMSTERDAM).astimezone(UTC)


def days_after(day: date, count: int) -> list[date]:
    """The day itself and the ``count`` days after it."""
    return [day + timedelta(days=number) for number in range(count + 1)]


def falls_on(day: date, rule: Recurrence) -> bool:
    """Whether the weekday is right, and its place in the month."""
    if day.weekday() != WEEKDAYS.index(rule.weekday):
        return False
    if rule.unit is Unit.WEEK:
        return True
    if rule.ordinal == -1:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rule.ordinal


def open_day_before(day: date, count: int, calendar: Calendar) -> date:
    """So many open days back, counted one by one."""
    while count:
        day -= timedelta(days=1)
        count -= calendar.is_open(day)
    return day


def is_free(moment: datetime, quiet: QuietTimes) -> bool:
    """The plain rule: every reason to keep quiet, one by one."""
    on_the_wall = local(moment)
    minute = on_the_wall.hour * 60 + on_the_wall.minute
    if not quiet.calendar.is_open(on_the_wall.date()) or not 8 * 60 <= minute < 18 * 60:
        return False
    if quiet.away_until and on_the_wall.date() < quiet.away_until:
        return False
    name = WEEKDAYS[on_the_wall.weekday()]
    return not any(each.weekday == name and each.start <= minute < each.end for each in quiet.blocks)
