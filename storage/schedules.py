"""Schedules: when the next round and the next maandbeeld of a team are due, and who may act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import ScheduleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The rhythm of one team."""

    team_id: str
    rhythm: str
    """``light``, ``normal`` or ``intensive``."""
    weekday: str
    """English name in lower case: ``monday``."""
    minute: int
    """Local minutes after midnight."""
    topics: tuple[str, ...]
    """Elements in the order in which they come round."""
    position: int = 0
    """Index in topics of the element that comes next."""
    number: int = 0
    """Rounds opened so far."""
    window_days: int
    """Days a round stays open."""
    next_due_at: datetime | None = None
    """When the next round opens; None: not running."""
    maandbeeld_due_at: datetime | None = None


class Schedules(Repository):
    """Schedules and the claims on them."""

    def get(self, team_id: str) -> Schedule | None:
        """The schedule of a team."""
        return self._record(Schedule, select(ScheduleRow).where(col(ScheduleRow.team_id) == team_id))

    def put(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the team's earlier one."""
        self._put(ScheduleRow, to_values(schedule), key=("team_id",))

    def due(self, now: datetime) -> tuple[Schedule, ...]:
        """Schedules whose round should have opened, longest waiting first."""
        statement = select(ScheduleRow).where(col(ScheduleRow.next_due_at) <= now)
        return self._records(Schedule, statement.order_by(col(ScheduleRow.next_due_at), col(ScheduleRow.team_id)))

    def maandbeeld_due(self, now: datetime) -> tuple[Schedule, ...]:
        """Schedules whose maandbeeld should have been composed, longest waiting first."""
        statement = select(ScheduleRow).where(col(ScheduleRow.maandbeeld_due_at) <= now)
        return self._records(Schedule, statement.order_by(col(ScheduleRow.maandbeeld_due_at), col(ScheduleRow.team_id)))

    def claim(
        self, team_id: str, *, due_at: datetime, next_due_at: datetime | None, position: int, number: int
    ) -> bool:
        """Take the round that was due at ``due_at`` and move the schedule on; True for exactly one caller."""
        statement = update(ScheduleRow).where(
            col(ScheduleRow.team_id) == team_id, col(ScheduleRow.next_due_at) == due_at
        )
        return self._change(statement.values(next_due_at=next_due_at, position=position, number=number)) == 1

    def claim_maandbeeld(self, team_id: str, *, due_at: datetime, next_due_at: datetime | None) -> bool:
        """Take the maandbeeld that was due at ``due_at``; True for exactly one caller."""
        statement = update(ScheduleRow).where(
            col(ScheduleRow.team_id) == team_id, col(ScheduleRow.maandbeeld_due_at) == due_at
        )
        return self._change(statement.values(maandbeeld_due_at=next_due_at)) == 1

    def next_moment(self) -> datetime | None:
        """The earliest moment a round is due, over all teams."""
        return self._value(select(func.min(col(ScheduleRow.next_due_at))))

    def next_maandbeeld(self) -> datetime | None:
        """The earliest moment a maandbeeld is due, over all teams."""
        return self._value(select(func.min(col(ScheduleRow.maandbeeld_due_at))))
