"""Which days a coordinator closed: school holidays, and days from a calendar file."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.access import coordinated_area, coordinated_team
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.set_schedule import schedule_of
from bot.usecases.set_team_quiet import quiet_parts
from storage.teams import ClosedDay


@dataclass(frozen=True, slots=True)
class SeenDays:
    """The closed days of an area, or of one team of it."""

    area_id: str
    school_region: str
    school_holidays: str
    """What the team chose for school holidays; '' for a whole area."""
    closed: tuple[ClosedDay, ...]
    """Days from today on that belong to what was asked for: of the whole area, or of this one team."""
    quiet: tuple[str, ...] = ()
    """The quiet parts of the team's week, as ``weekday-part``; none for a whole area."""


def area_days(deps: Deps, *, chat_id: int, area_id: str) -> SeenDays:
    """The closed days of an area. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)
        area = work.teams.area(area_id)
        if area is None:
            raise NotAllowed
        closed = tuple(each for each in work.teams.closed_days(area_id) if each.day >= deps.today())
        return SeenDays(area_id, area.school_region, "", closed)


def team_days(deps: Deps, *, chat_id: int, team_id: str) -> SeenDays:
    """The closed days of one team, beside those of its area. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        area = work.teams.area(team.area_id)
        assert area is not None  # noqa: S101 - a team hangs on its area by a foreign key
        every = work.teams.closed_days(team.area_id, team_id=team.id)
        closed = tuple(each for each in every if each.team_id == team.id and each.day >= deps.today())
        return SeenDays(
            area.id, area.school_region, schedule_of(work, team).school_holidays, closed, quiet_parts(team.quiet)
        )
