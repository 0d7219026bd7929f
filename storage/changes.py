"""The log of what was changed for a team or an area: what and when, by which role; no names and never an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, or_
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import ChangeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change. The chat makes a sentence of its kind and words."""

    id: str
    area_id: str
    team_id: str | None = None
    """None: the whole area."""
    at: datetime
    kind: str
    words: Mapping[str, str] = field(default_factory=dict)
    """What the sentence needs: a rhythm, a day, an element; never who somebody is."""


class Changes(Repository):
    """Changes by team and area. There is no way to alter one."""

    def add(self, change: Change) -> None:
        """Write one change down."""
        self._insert(ChangeRow, to_values(change))

    def get(self, change_id: str) -> Change | None:
        """The change with this id."""
        return self._with_key(Change, ChangeRow, change_id)

    def latest(self, team_id: str, *, kinds: tuple[str, ...]) -> Change | None:
        """The newest change of these kinds for one team."""
        statement = select(ChangeRow).where(col(ChangeRow.team_id) == team_id, col(ChangeRow.kind).in_(kinds))
        return self._record(Change, statement.order_by(col(ChangeRow.at).desc(), col(ChangeRow.id)).limit(1))

    def latest_of_area(self, area_id: str, *, kind: str) -> Change | None:
        """The newest change of this kind for an area as a whole."""
        here = (col(ChangeRow.area_id) == area_id, col(ChangeRow.team_id).is_(None), col(ChangeRow.kind) == kind)
        statement = select(ChangeRow).where(*here)
        return self._record(Change, statement.order_by(col(ChangeRow.at).desc(), col(ChangeRow.id)).limit(1))

    def of_team(self, team_id: str, *, area_id: str, limit: int) -> tuple[Change, ...]:
        """The newest changes of a team and of its whole area."""
        about = or_(col(ChangeRow.team_id) == team_id, col(ChangeRow.team_id).is_(None))
        statement = select(ChangeRow).where(col(ChangeRow.area_id) == area_id, about)
        newest_first = (col(ChangeRow.at).desc(), col(ChangeRow.id))
        return self._records(Change, statement.order_by(*newest_first).limit(limit))

    def of_area(self, area_id: str, *, limit: int) -> tuple[Change, ...]:
        """The newest changes of an area and all its teams."""
        statement = select(ChangeRow).where(col(ChangeRow.area_id) == area_id)
        newest_first = (col(ChangeRow.at).desc(), col(ChangeRow.id))
        return self._records(Change, statement.order_by(*newest_first).limit(limit))

    def drop_before(self, moment: datetime) -> int:
        """Forget changes from before this moment; how many."""
        return self._change(delete(ChangeRow).where(col(ChangeRow.at) < moment))
