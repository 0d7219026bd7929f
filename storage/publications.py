"""Ended rounds: the cells that may be read, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import PublicationRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRound:
    """What one round published, or that it could publish nothing."""

    round_id: str
    team_id: str
    number: int
    element: str
    closed_at: datetime
    """When the round stopped taking answers."""
    published_at: datetime
    """When its envelopes were opened, which may be later."""
    outcome: str
    """``published``, ``waiting`` (too few, asked once more) or ``destroyed`` (too few, thrown away)."""
    subject: str = ""
    """The element it was about when ``element`` is a block such as ``still_standing``; else nothing."""
    participation: str = ""
    """How many took part, as a band for the whole team (privacy rule 11); never a number."""
    dialogue_digest: str = ""
    """Which text of the dialogue was asked."""
    cells: dict[str, Any]
    """Published cells as JSON-able data; never an unpublished count."""
    changed_roster: bool
    """Whether 1-4 people differed from the round published before: no counts, and no trend."""


_OF_TEAM: Final = (
    select(PublicationRow)
    .where(col(PublicationRow.team_id) == bindparam("team_id"))
    .order_by(col(PublicationRow.number), col(PublicationRow.closed_at))
)
_OF_TEAM_SINCE: Final = _OF_TEAM.where(col(PublicationRow.published_at) > bindparam("since"))


class Publications(Repository):
    """Published rounds of teams. There is no way to change one."""

    def add(self, published: PublishedRound) -> None:
        """Keep what a round published; raises Conflict when that round has published before."""
        self._insert(PublicationRow, to_values(published))

    def get(self, round_id: str) -> PublishedRound | None:
        """What this round published."""
        return self._with_key(PublishedRound, PublicationRow, round_id)

    def of_team(self, team_id: str, *, since: datetime | None = None) -> tuple[PublishedRound, ...]:
        """What a team's rounds published, by number; only those published after ``since`` when given."""
        if since is None:
            return self._records(PublishedRound, _OF_TEAM, team_id=team_id)
        return self._records(PublishedRound, _OF_TEAM_SINCE, team_id=team_id, since=since)

    def drop_before(self, moment: datetime) -> int:
        """Forget what was published before this moment; how many rounds."""
        return self._change(delete(PublicationRow).where(col(PublicationRow.published_at) < moment))
