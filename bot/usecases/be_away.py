"""Pause for oneself until a day, and come back: nothing is sent meanwhile, and nobody else hears of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.calendars import away_until
from bot.usecases.deps import Deps
from bot.usecases.free_moments import plan_again
from bot.usecases.leave_team import DayUnusable, read_day
from dialogues.rhythm.calendar import WORKING_DAYS, SchoolRegion, next_school_holiday
from storage.people import Person
from storage.work import Work

AWAY_WEEKS: Final = (1, 2, 4)
LONGEST_AWAY: Final = timedelta(days=366)
HOLIDAY_AHEAD: Final = timedelta(weeks=10)
"""A school holiday that begins later than this is not proposed."""


@dataclass(frozen=True, slots=True)
class ReturnDay:
    """A day on which the bot proposes to come back."""

    day: date
    weeks: int = 0
    """After so many weeks; 0: after the coming school holiday."""


def return_days(deps: Deps, *, chat_id: int) -> tuple[ReturnDay, ...]:
    """Some weeks from now, and the end of the coming school holiday of the person's region: open days, each once.

    Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        today = deps.today()
        found = {
            day: ReturnDay(day, weeks)
            for weeks in AWAY_WEEKS
            for day in [WORKING_DAYS.next_open(today + timedelta(weeks=weeks))]
        }
        for region in _regions(work, person):
            holiday = next_school_holiday(region, today, until=today + HOLIDAY_AHEAD)
            if holiday is not None:
                back = WORKING_DAYS.next_open(holiday.ends)
                found[back] = ReturnDay(back)
                break
        return tuple(found[day] for day in sorted(found))


def _regions(work: Work, person: Person) -> tuple[SchoolRegion, ...]:
    """Of the areas a person works in or coordinates."""
    teams = (work.teams.get(each.team_id) for each in work.people.memberships(person.id))
    area_ids = (*(team.area_id for team in teams if team is not None), *work.people.coordinates(person.id))
    areas = (work.teams.area(area_id) for area_id in dict.fromkeys(area_ids))
    return tuple(SchoolRegion(area.school_region) for area in areas if area is not None and area.school_region)


def go_away(deps: Deps, *, chat_id: int, until: date) -> date:
    """Send nothing before this day. Memberships stay, and nobody is told.

    Raises NotAllowed for a stranger, DayUnusable for a day that is not ahead or lies more than LONGEST_AWAY ahead.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        if not deps.today() < until <= deps.today() + LONGEST_AWAY:
            raise DayUnusable
        _set(work, deps, person, until)
        work.commit()
        return until


def go_away_until_typed(deps: Deps, *, chat_id: int, typed: str) -> date:
    """The same for a typed day such as ``31-12-2026``. Raises NotAllowed or DayUnusable."""
    return go_away(deps, chat_id=chat_id, until=read_day(typed, today=deps.today()))


def come_back(deps: Deps, *, chat_id: int) -> bool:
    """End one's pause now: an open question comes at its next free moment. False when there was no pause.

    Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        was_away = away_until(deps, person) is not None
        _set(work, deps, person, None)
        work.commit()
        return was_away


def _set(work: Work, deps: Deps, person: Person, until: date | None) -> None:
    work.people.set_away(person.id, until)
    plan_again(work, deps, before=person, now=replace(person, away_until=until))
