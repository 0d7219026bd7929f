"""A coordinator's own calendar file: the days on which nobody is asked anything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.usecases.access import coordinated_area
from bot.usecases.cadences import replan_area
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, Refusal
from dialogues.rhythm.calendar import SchoolRegion
from storage.teams import ClosedDay
from storage.work import Work

if TYPE_CHECKING:
    from icalendar import Calendar, Component

AHEAD: Final = timedelta(days=2 * 366)
"""How far ahead days are taken from a calendar that repeats for ever."""
MOST_DAYS: Final = 400
MOST_REPEATING: Final = 10
"""Events that repeat: spelling out many more would keep others waiting."""
MOST_BYTES: Final = 256 * 1024
"""Larger than any calendar of closed days; a whole working diary does not belong here."""
_SATURDAY: Final = 5
_SLOW_ENOUGH: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_WITHIN_A_DAY: Final = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_WHATEVER_A_FILE_CAN_HOLD: Final = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError)
"""The two libraries have no error of their own for all that can be wrong with a file."""


class CalendarUnreadable(Refusal):
    """The file is no calendar (.ics) of whole days; ``reason`` is ``unreadable``, ``no_days`` or ``too_many``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Found:
    """The weekdays a calendar file closes, in order; what the file calls them is nobody's business and not kept."""

    days: tuple[date, ...]


def read_calendar(content: bytes, *, today: date) -> Found:
    """The whole days of the events in an .ics file that lie from ``today`` on, without weekends.

    An event with hours (a meeting), or one that was cancelled, closes nothing. Raises CalendarUnreadable.
    """
    import recurring_ical_events  # with the library for calendars beneath it, which only a file needs
    from icalendar import Calendar

    try:
        whole_days = _whole_days(Calendar.from_ical(content.decode("utf-8-sig")))
        events = recurring_ical_events.of(whole_days).between(today, today + AHEAD)
        found = {day for event in events for day in _days_of(event, since=today, until=today + AHEAD)}
    except _WHATEVER_A_FILE_CAN_HOLD as error:
        raise CalendarUnreadable("unreadable") from error
    days = tuple(sorted(day for day in found if day.weekday() < _SATURDAY))
    if not days:
        raise CalendarUnreadable("no_days")
    if len(days) > MOST_DAYS:
        raise CalendarUnreadable("too_many")
    return Found(days)


def close_days(deps: Deps, *, chat_id: int, area_id: str, team_id: str, content: bytes) -> Found:
    """Put the days of this file in place of the earlier ones, of the whole area or (``team_id``) of one team.

    Raises NotAllowed or CalendarUnreadable; then nothing has changed.
    """
    if len(content) > MOST_BYTES:
        raise CalendarUnreadable("too_many")
    found = read_calendar(content, today=deps.today())
    with deps.storage.begin() as work:
        _require(work, chat_id=chat_id, area_id=area_id, team_id=team_id)
        days = (ClosedDay(id=deps.ids.new(), area_id=area_id, team_id=team_id or None, day=day) for day in found.days)
        work.teams.replace_closed_days(area_id, team_id or None, days)
        replan_area(work, deps, area_id)
        note_change(
            work, deps, area_id=area_id, team_id=team_id or None, kind="closed_days", number=str(len(found.days))
        )
        work.commit()
    return found


def open_days_again(deps: Deps, *, chat_id: int, area_id: str, team_id: str) -> None:
    """Forget the closed days of an area, or of one team. Raises NotAllowed."""
    with deps.storage.begin() as work:
        _require(work, chat_id=chat_id, area_id=area_id, team_id=team_id)
        work.teams.replace_closed_days(area_id, team_id or None, ())
        replan_area(work, deps, area_id)
        note_change(work, deps, area_id=area_id, team_id=team_id or None, kind="closed_days", number="0")
        work.commit()


def choose_school_region(deps: Deps, *, chat_id: int, area_id: str, region: str) -> None:
    """Choose whose school holidays hold in an area; '' for none. Raises NotAllowed."""
    if region and region not in set(SchoolRegion):
        raise NotAllowed
    with deps.storage.begin() as work:
        _require(work, chat_id=chat_id, area_id=area_id, team_id="")
        work.teams.set_school_region(area_id, region)
        replan_area(work, deps, area_id)
        note_change(work, deps, area_id=area_id, kind="school_region", region=region)
        work.commit()


def _require(work: Work, *, chat_id: int, area_id: str, team_id: str) -> None:
    coordinated_area(work, chat_id=chat_id, area_id=area_id)
    team = work.teams.get(team_id) if team_id else None
    if team_id and (team is None or team.area_id != area_id):
        raise NotAllowed


def _whole_days(calendar: Component) -> Calendar:
    """The events of whole days and nothing else; raises CalendarUnreadable for more than a calendar of days holds.

    Rules that repeat within a day are refused: spelling them out for two years would keep the bot busy for hours.
    """
    from icalendar import Calendar

    kept = Calendar()
    repeating = 0
    for event in calendar.walk("VEVENT"):
        if isinstance(event.decoded("dtstart"), datetime) or str(event.get("status", "")).upper() == "CANCELLED":
            continue
        rules = event.get("rrule", [])
        rules = rules if isinstance(rules, list) else [rules]
        repeating += bool(rules)
        for rule in rules:
            if rule.get("FREQ", [""])[0] not in _SLOW_ENOUGH or _WITHIN_A_DAY & set(rule):
                raise CalendarUnreadable("unreadable")
        kept.add_component(event)
        if len(kept.subcomponents) > MOST_DAYS or repeating > MOST_REPEATING:
            raise CalendarUnreadable("too_many")
    return kept


def _days_of(event: Component, *, since: date, until: date) -> Iterator[date]:
    """Every day of one occurrence; its end is the first day that is not in it (RFC 5545 §3.6.1)."""
    start = event.decoded("dtstart")
    end = event.decoded("dtend", start + timedelta(days=1))
    day = max(start, since)
    while day < min(end, until):
        yield day
        day += timedelta(days=1)
