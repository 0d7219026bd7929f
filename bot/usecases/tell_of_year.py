"""Once a school year, with the last maandbeeld of it: that there is a year overview to take to the annual talk."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.usecases.changes import note_change, tell_change
from bot.usecases.deps import Deps
from dialogues.insight.year import period, school_year
from storage.teams import Team
from storage.work import Work

LATELY: Final = timedelta(days=180)
"""The last maandbeelden of the teams of one area are never so far apart; the coordinators hear it with the first."""


def tell_of_year(work: Work, deps: Deps, team: Team, *, due_at: datetime, following: datetime) -> bool:
    """Tell the leads of a team, and once for the whole area its coordinators; whether it was the time to.

    That is when the next maandbeeld comes in another school year than this one. Each moment of a maandbeeld is claimed
    once, so it is told once; and it depends on rhythm and calendar only, never on an answer.
    """
    ends, begins = (school_year(each.astimezone(deps.zone).date()) for each in (due_at, following))
    if ends == begins or team.scope != "team" or not work.maandbeelden.of_team(team.id):
        return False
    years = period(ends)
    leads = [person.id for person, _ in work.people.team_members(team.id, role="lead")]
    change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="year_overview", years=years)
    tell_change(work, deps, change_id=change_id, person_ids=leads)
    before = work.changes.latest_of_area(team.area_id, kind="area_year")
    if before is None or before.at < deps.now() - LATELY:
        change_id = note_change(work, deps, area_id=team.area_id, kind="area_year", years=years)
        coordinators = [each.id for each in work.people.coordinators(team.area_id)]
        tell_change(work, deps, change_id=change_id, person_ids=coordinators)
    return True
