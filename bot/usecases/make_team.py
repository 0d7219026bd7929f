"""A coordinator makes a team in an area of their own."""

from __future__ import annotations

from bot.usecases.access import coordinated_area
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.naming import clean_name, same_name
from dialogues.insight import Rule
from dialogues.insight.publication import FLOOR
from storage.teams import Area, Team
from storage.work import Work


def make_team(deps: Deps, *, chat_id: int, area_id: str, name: str, team_label: str) -> Team:
    """Make a team. Making the same team twice gives the one that exists.

    Raises NotAllowed for someone who does not coordinate the area, NameUnusable for a name that will not do.
    """
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        wanted = clean_name(name)
        standing = _called(work, area, wanted)
        if standing is not None:
            return standing
        team = Team(
            id=deps.ids.new(),
            area_id=area.id,
            name=wanted,
            team_label=clean_name(team_label),
            lead_label="teamleider",
            rule=str(Rule.WORDS),
            floor=FLOOR,
            created_on=deps.today(),
        )
        work.teams.add(team)
        note_change(work, deps, area_id=area.id, team_id=team.id, kind="team_made")
        work.commit()
        return team


def standing_team(deps: Deps, *, chat_id: int, area_id: str, name: str) -> Team | None:
    """The team of the area that bears this name already. Raises NotAllowed, NameUnusable."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        return _called(work, area, clean_name(name))


def _called(work: Work, area: Area, name: str) -> Team | None:
    return next((each for each in work.teams.in_area(area.id) if same_name(each.name, name)), None)
