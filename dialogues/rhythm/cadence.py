"""When a team's next round opens, how long it stays open, and when its maandbeeld is due.

All moments in and out are aware UTC; the wall clock of ``zone`` decides in between, so that nine o'clock stays nine
o'clock through both clock changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count, dropwhile, islice, takewhile
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from dialogues.rhythm.calendar import LONGEST_CLOSURE, WORKING_DAYS, Calendar
from dialogues.rhythm.recurrence import Recurrence, Rhythm, Unit
from dialogues.rhythm.working_hours import END, START

CLOSING_TIME = time(17, 0)
LAST_REMINDER = time(16, 0)
"""A reminder leaves at least an hour to answer in."""
MAANDBEELD_TIME = time(8, 30)
MOST_DAYS_BEFORE: Final = 10
"""Open days that an opening or a maandbeeld can lie before its meeting, at most."""

WINDOW_DAYS: dict[Rhythm, int] = {Rhythm.LIGHT: 14, Rhythm.NORMAL: 10, Rhythm.INTENSIVE: 6}
"""Calendar days a round stays open: always shorter than the time to the next one."""
WINDOW_CHOICES: Final = (3, 6, 10, 14)
"""What a coordinator can choose from, as far as it is shorter than the time to the next round."""
_DAY: Final = timedelta(days=1)
_MONTH: Final = relativedelta(months=1)


@dataclass(frozen=True, slots=True)
class Cadence:
    """When the rounds of a team open: at ``minute`` of the local day, within working hours, on an open day.

    Without ``days_before`` an occurrence on a closed day opens on the next open day; what a long closure pushes
    together is one opening. With it the recurrence is a meeting and the round opens that many open days before it;
    a meeting on a closed day is skipped. Raises ValueError for a minute outside working hours.
    """

    recurrence: Recurrence
    minute: int
    zone: ZoneInfo
    days_before: int = 0
    calendar: Calendar = WORKING_DAYS

    def __post_init__(self) -> None:
        if not _minutes(START) <= self.minute < _minutes(END) or not 0 <= self.days_before <= MOST_DAYS_BEFORE:
            raise ValueError(f"een ronde opent in werktijd: {self.minute}, {self.days_before} dagen vooraf")

    def next_due(self, after: datetime, *, previous: datetime | None = None) -> datetime:
        """The first opening strictly after ``after``, and after ``previous``.

        It keeps step with ``previous``, an opening of this cadence; without one the first that fits will do.
        Raises ValueError when the calendar stays closed for years.
        """
        return next(self._openings(after, previous))

    def coming(self, after: datetime, *, number: int, previous: datetime | None = None) -> tuple[datetime, ...]:
        """The next openings, one after the other, each as ``next_due`` will give it. Raises ValueError likewise."""
        return tuple(islice(self._openings(after, previous), number))

    def opening_before(self, meeting: date) -> datetime:
        """When the round opens that belongs to the meeting on this day."""
        return self._at(self.calendar.open_days_before(meeting, self.days_before))

    def meeting_after(self, opening: datetime) -> date | None:
        """The meeting that this opening belongs to; None without ``days_before``."""
        return next(self._meetings_since(self._day(opening))) if self.days_before else None

    def _openings(self, after: datetime, previous: datetime | None) -> Iterator[datetime]:
        since = after if previous is None else max(after, previous)
        found = self._before_meetings(after, previous) if self.days_before else self._on_open_days(after, previous)
        return dropwhile(lambda opening: opening <= since, found)

    def _on_open_days(self, after: datetime, previous: datetime | None) -> Iterator[datetime]:
        """Openings without a meeting: each occurrence, or the first open day after it."""
        if previous is None:
            last = self.recurrence.last_on(self._day(after))
            day = self.calendar.next_open(last)
            if self._at(day) <= after:
                day = self.calendar.next_open(next(self.recurrence.every_time.days(last + _DAY)))
            yield self._at(day)
        else:
            day = self._day(previous)
        while True:
            last = self.recurrence.last_on(day)
            day = self.calendar.next_open(next(self.recurrence.days(last + _DAY, in_step_with=last)))
            yield self._at(day)

    def _before_meetings(self, after: datetime, previous: datetime | None) -> Iterator[datetime]:
        """Openings some open days before each meeting that goes on."""
        meetings = self._meetings_since(self._day(previous or after))
        if previous is None:
            meetings = dropwhile(lambda meeting: self.opening_before(meeting) <= after, meetings)
        first = next(meetings)
        return map(self.opening_before, self._held(self.recurrence.days(first, in_step_with=first)))

    def _meetings_since(self, opened: date) -> Iterator[date]:
        """The meetings, in every week or month, that a round of this day or later belongs to."""
        meetings = self._held(self.recurrence.every_time.days(opened + _DAY))
        return dropwhile(lambda day: self.calendar.open_days_before(day, self.days_before) < opened, meetings)

    def _held(self, meetings: Iterator[date]) -> Iterator[date]:
        """Those on an open day. Raises ValueError when there is none for years."""
        latest: date | None = None
        for day in meetings:
            latest = latest or day
            if self.calendar.is_open(day):
                yield day
                latest = day
            elif (day - latest).days > LONGEST_CLOSURE:
                raise ValueError("in tien jaar gaat geen enkel overleg door")

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()

    def _at(self, day: date) -> datetime:
        return datetime.combine(day, time(*divmod(self.minute, 60)), self.zone).astimezone(UTC)


class Reminder(StrEnum):
    """When the one reminder of a round goes out."""

    MIDDLE = "middle"
    """Past the middle of the window."""
    DAY_BEFORE = "day_before"
    """On the open day before the close."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Window:
    """The days of one round: when it closes and when the one reminder may go out."""

    closes_at: datetime
    remind_at: datetime | None


def window(
    opens_at: datetime,
    *,
    days: int,
    zone: ZoneInfo,
    calendar: Calendar = WORKING_DAYS,
    reminder: Reminder = Reminder.MIDDLE,
    remind_minute: int | None = None,
    following: datetime | None = None,
) -> Window:
    """The window of a round that opens now and stays open for ``days`` calendar days.

    It closes at 17:00 on an open day, and on a day before ``following``, the next opening, when that is given; but
    never before there was one open day after the day of opening. The reminder comes at ``remind_minute`` of its local
    day, within working hours; without one at the hour of opening, or as near to it as working hours and the close
    allow. On the day of the close it leaves an hour to answer in, and it never comes on the day of opening.
    """
    opened = opens_at.astimezone(zone)
    last = opened.date() + days * _DAY
    if following is not None:
        last = min(last, following.astimezone(zone).date() - _DAY)
    last = max(calendar.previous_open(last), calendar.next_open(opened.date() + _DAY))
    if reminder is Reminder.DAY_BEFORE:
        remind = calendar.previous_open(last - _DAY)
    else:
        remind = min(last, calendar.next_open(opened.date() + max(1, days * 3 // 5) * _DAY))
    if remind_minute is None:
        at = min(max(opened.time().replace(second=0, microsecond=0), START), LAST_REMINDER)
    else:
        at = time(*divmod(remind_minute, 60))
        at = min(at, LAST_REMINDER) if remind == last else at
    reminds = reminder is not Reminder.NONE and remind > opened.date()
    return Window(
        closes_at=datetime.combine(last, CLOSING_TIME, zone).astimezone(UTC),
        remind_at=datetime.combine(remind, at, zone).astimezone(UTC) if reminds else None,
    )


def window_days(recurrence: Recurrence) -> int:
    """How many calendar days a round of this recurrence stays open, unless the coordinator chooses otherwise."""
    if recurrence.unit is Unit.WEEK and recurrence.every == 1:
        return WINDOW_DAYS[Rhythm.INTENSIVE]
    if recurrence.unit is Unit.WEEK and recurrence.every == 2:  # noqa: PLR2004 - two weeks is the normal rhythm
        return WINDOW_DAYS[Rhythm.NORMAL]
    return WINDOW_DAYS[Rhythm.LIGHT]


def window_choices(recurrence: Recurrence) -> tuple[int, ...]:
    """The choices of ``WINDOW_CHOICES`` that end before the next round begins."""
    return tuple(days for days in WINDOW_CHOICES if days < recurrence.shortest_gap)


def next_maandbeeld(
    after: datetime,
    *,
    zone: ZoneInfo,
    calendar: Calendar = WORKING_DAYS,
    meeting: Recurrence | None = None,
    days_before: int = 1,
    in_step_with: date | None = None,
) -> datetime:
    """When the first maandbeeld after ``after`` is due: one in every calendar month, at 08:30.

    Without a meeting on the month's first open day. With one ``days_before`` open days before the month's first
    meeting that goes on, or on the month's first open day when that is later. A meeting that is not in every week
    or month keeps step with the one ``in_step_with`` belongs to. In a month that is closed as a whole it is due on
    its first weekday without a public holiday.
    """
    local = after.astimezone(zone)
    month = local.date().replace(day=1)
    while True:
        held = () if meeting is None else _meetings_in(month, meeting, calendar, in_step_with)
        day = first = _first_open_day(month, calendar)
        if held:
            day = max(first, calendar.open_days_before(held[0], days_before))
        due = datetime.combine(day, MAANDBEELD_TIME, zone)
        if due > local:
            return due.astimezone(UTC)
        month += _MONTH


def _first_open_day(month: date, calendar: Calendar) -> date:
    days = takewhile(lambda day: day < month + _MONTH, (month + number * _DAY for number in count()))
    return next(filter(calendar.is_open, days), WORKING_DAYS.next_open(month))


def _meetings_in(month: date, meeting: Recurrence, calendar: Calendar, in_step_with: date | None) -> tuple[date, ...]:
    rule = meeting if in_step_with is not None else meeting.every_time
    days = takewhile(lambda day: day < month + _MONTH, rule.days(month, in_step_with=in_step_with))
    return tuple(filter(calendar.is_open, days))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
