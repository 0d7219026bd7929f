"""Whether every maandbeeld still is what was written: walks the chain of each team (privacy rule 8)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.deps import Deps
from storage.maandbeelden import broken_links
from storage.retention import kept


@dataclass(frozen=True, slots=True)
class Changed:
    """A maandbeeld that is not what it was, or whose place in the chain is gone."""

    team_id: str
    month: str


def verify_maandbeelden(deps: Deps) -> tuple[Changed, ...]:
    """What does not hold, per team and month; empty when all is as it was written. Changes nothing."""
    return tuple(each for team_id in teams_to_verify(deps) for each in verify_team(deps, team_id=team_id))


def teams_to_verify(deps: Deps) -> tuple[str, ...]:
    """All teams, for whoever verifies them one by one and lets others go in between."""
    with deps.storage.begin() as work:
        return tuple(team.id for team in work.teams.all())


def verify_team(deps: Deps, *, team_id: str) -> tuple[Changed, ...]:
    """What does not hold of one team."""
    with deps.storage.begin() as work:
        team, chain = work.teams.get(team_id), work.maandbeelden.of_team(team_id)
    cut = team is not None and team.created_on <= deps.today() - kept("maandbeeld")
    return tuple(Changed(each.team_id, each.month) for each in broken_links(chain, cut=cut))
