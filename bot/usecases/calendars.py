"""Which days and hours are open: for a team's rounds, and for what goes to one person."""

from __future__ import annotations

from datetime import date

from bot.usecases.deps import Deps
from dialogues.conversation.definition import Sector
from dialogues.rhythm.calendar import Calendar, SchoolRegion
from dialogues.rhythm.quiet import SECTOR_DEFAULTS, QuietBlock, QuietTimes
from storage.people import Person
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

SKIP_SCHOOL_HOLIDAYS = "skip"
ASK_IN_SCHOOL_HOLIDAYS = "ask"


def team_calendar(work: Work, team: Team, schedule: Schedule | None) -> Calendar:
    """The days on which a team's rounds open and its maandbeeld comes."""
    skips = schedule is None or schedule.school_holidays == SKIP_SCHOOL_HOLIDAYS
    return _calendar(work, team, school=skips)


def message_calendar(work: Work, team: Team) -> Calendar:
    """The days on which messages about a team come: its own closed days count, school holidays do not."""
    return _calendar(work, team, school=False)


def quiet_times(work: Work, deps: Deps, *, person: Person, team: Team, sector: str) -> QuietTimes:
    """When the bot may speak first to this person about this team.

    Their own quiet times, or what is usual in their sector until they chose; the team's; the closed days of area and
    team; school holidays where the team is left alone then, and always for whoever works in a school (DSS §3.2.4).
    """
    own = SECTOR_DEFAULTS.get(sector, ()) if person.quiet is None else tuple(map(QuietBlock.from_word, person.quiet))
    schedule = work.schedules.get(team.id)
    school = sector == Sector.ONDERWIJS or schedule is None or schedule.school_holidays == SKIP_SCHOOL_HOLIDAYS
    return QuietTimes(
        blocks=own + tuple(map(QuietBlock.from_word, team.quiet)),
        away_until=away_until(deps, person),
        calendar=_calendar(work, team, school=school),
    )


def away_until(deps: Deps, person: Person) -> date | None:
    """The first day this person is back; None for somebody who is here."""
    return person.away_until if person.away_until and person.away_until > deps.today() else None


def _calendar(work: Work, team: Team, *, school: bool) -> Calendar:
    area = work.teams.area(team.area_id)
    region = SchoolRegion(area.school_region) if school and area and area.school_region else None
    closed = frozenset(each.day for each in work.teams.closed_days(team.area_id, team_id=team.id))
    return Calendar(region=region, closed=closed)
