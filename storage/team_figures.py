"""The one figure a month that a team keeps of its own; entered by hand, about a team and never about somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete
from sqlmodel import col, select

from storage.loop_tables import TeamFigureRow
from storage.repository import Repository, to_values


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigure:
    """One figure; who entered it is nowhere."""

    team_id: str
    month: str
    """The month in which it was entered: ``2026-12``."""
    kind: str
    name: str
    """The team's own name for it; nothing for one of the proposed kinds."""
    tenths: int
    """The figure times ten."""
    entered_on: date
    """The local day on which it was entered, or corrected."""
    corrected: bool = False
    """Whether it was corrected: that can be done once in its month."""


class TeamFigures(Repository):
    """At most one figure a month of each team."""

    def put(self, figure: TeamFigure) -> None:
        """Keep a figure in place of an earlier one of the same month."""
        self._put(TeamFigureRow, to_values(figure), key=("team_id", "month"))

    def of_month(self, team_id: str, month: str) -> TeamFigure | None:
        """What was entered in this month."""
        statement = select(TeamFigureRow).where(col(TeamFigureRow.team_id) == team_id)
        return self._record(TeamFigure, statement.where(col(TeamFigureRow.month) == month))

    def newest(self, team_id: str) -> TeamFigure | None:
        """The figure of the newest month."""
        statement = select(TeamFigureRow).where(col(TeamFigureRow.team_id) == team_id)
        return self._record(TeamFigure, statement.order_by(col(TeamFigureRow.month).desc()).limit(1))

    def drop_before(self, day: date) -> int:
        """Forget figures that were entered before this day; how many."""
        return self._change(delete(TeamFigureRow).where(col(TeamFigureRow.entered_on) < day))
