"""A coordinator takes away a team that was made by mistake: nobody was ever in it, and nothing was asked."""

from __future__ import annotations

from typing import Final

from bot.usecases.access import coordinated_team, person_of
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadySo, Refusal
from storage.teams import Team
from storage.work import Work

_SOMEBODY_CAME: Final = ("member_joined", "member_moved_in", "lead_joined", "merged_from")
"""Changes that stay when whoever came was erased since."""


class TeamInUse(Refusal):
    """Somebody is or was in the team, or it was asked something."""


def team_can_go(deps: Deps, *, chat_id: int, team_id: str) -> bool:
    """Whether the team can be taken away: see TeamInUse. Raises NotAllowed."""
    with deps.storage.begin() as work:
        return _can_go(work, coordinated_team(work, chat_id=chat_id, team_id=team_id))


def remove_team(deps: Deps, *, chat_id: int, team_id: str) -> Team:
    """Take it away, with its rhythm, its profile and its invitations; the log of the area says so.

    Raises NotAllowed, TeamInUse, or AlreadySo, to whoever coordinates an area, when it is gone.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        if work.teams.get(team_id) is None and work.people.coordinates(person.id):
            raise AlreadySo
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        if not _can_go(work, team):
            raise TeamInUse
        work.teams.remove(team.id)
        note_change(work, deps, area_id=team.area_id, kind="team_removed", other=team.name)
        work.commit()
        return team


def _can_go(work: Work, team: Team) -> bool:
    asked = work.rounds.latest(team.id) or work.rounds.numbered(team.id, 0)
    came = work.people.first_days(team.id) or work.changes.latest(team.id, kinds=_SOMEBODY_CAME)
    return not asked and not came
