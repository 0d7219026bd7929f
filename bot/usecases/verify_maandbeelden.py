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
    with deps.storage.begin() as work:
        chains = [(team, work.maandbeelden.of_team(team.id)) for team in work.teams.all()]
    oldest = deps.today() - kept("maandbeeld")
    return tuple(
        Changed(each.team_id, each.month)
        for team, chain in chains
        for each in broken_links(chain, cut=team.created_on <= oldest)
    )
