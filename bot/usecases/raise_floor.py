"""A coordinator asks for more answers before there is an overview: only upwards, from the next round (privacy 1.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.asked import practice_layer
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from dialogues.insight.chances import USUAL_SHARE, chance_of_overview
from storage.teams import Team
from storage.work import Work

FLOORS: Final = (6, 8, 10, 12)
"""On offer, in respondents. The floor of the product is 5; more protects better and gives fewer overviews."""


@dataclass(frozen=True, slots=True)
class Floor:
    """How many answers an overview needs, and what a higher number would do."""

    now: int
    members: int
    """Who can be asked."""
    higher: dict[int, float]
    """What it can be raised to → the chance (0-1) of an overview then, when as many answer as usually do."""
    share: float
    """Part of the members that usually answers, 0-1."""
    running: bool
    """Whether a round is open, which keeps the floor it opened with."""


def see_floor(deps: Deps, *, chat_id: int, team_id: str) -> Floor:
    """The floor of a team, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        return _floor_of(work, coordinated_team(work, chat_id=chat_id, team_id=team_id))


def raise_floor(deps: Deps, *, chat_id: int, team_id: str, floor: int) -> Floor:
    """Raise it for the rounds that open from now on; it can never be lowered again.

    What holds already changes nothing: a tap can come twice. Raises NotAllowed, also for a number that is not on offer
    or lower than what holds now.
    """
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        if floor == team.floor and floor in FLOORS:
            return _floor_of(work, team)
        if floor not in _floor_of(work, team).higher or not work.teams.raise_floor(team.id, floor):
            raise NotAllowed
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="floor", floor=str(floor))
        raised = _floor_of(work, coordinated_team(work, chat_id=chat_id, team_id=team_id))
        work.commit()
        return raised


def _floor_of(work: Work, team: Team) -> Floor:
    members = len(practice_layer(work.people.team_members(team.id, role="member")))
    higher = {each: chance_of_overview(members, floor=each) for each in FLOORS if each > team.floor}
    return Floor(team.floor, members, higher, USUAL_SHARE, running=bool(work.rounds.open_of(team.id)))
