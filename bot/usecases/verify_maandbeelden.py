"""Whether every maandbeeld still is what was written: walks the chain of each team (privacy rule 8)."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.deps import Deps
from storage.maandbeelden import MaandbeeldRecord, broken_links


@dataclass(frozen=True, slots=True)
class Changed:
    """A maandbeeld that is not what it was, or whose place in the chain is gone."""

    team_id: str
    month: str


def verify_maandbeelden(deps: Deps) -> tuple[Changed, ...]:
    """What does not hold, per team and month; empty when all is as it was written. Changes nothing."""
    with deps.storage.begin() as work:
        chains: list[tuple[MaandbeeldRecord, ...]] = [work.maandbeelden.of_team(team.id) for team in work.teams.all()]
    return tuple(Changed(each.team_id, each.month) for chain in chains for each in broken_links(chain))
