"""What leads said to what stood in a maandbeeld: one reaction to a signal.

It may change until the next one; what that names as still open can be answered until the one after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam
from sqlmodel import col, select

from storage.loop_tables import ResponseRow
from storage.repository import Repository, to_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One reaction; who gave it is nowhere."""

    maandbeeld_id: str
    place: int
    """Which signal of that maandbeeld, counted from 0."""
    team_id: str
    element: str
    about: str
    """What it is about, as readers know it."""
    answer: str
    why: str
    responded_on: date
    """The local day."""


_OF_MAANDBEELD: Final = (
    select(ResponseRow)
    .where(col(ResponseRow.maandbeeld_id) == bindparam("maandbeeld_id"))
    .order_by(col(ResponseRow.place))
)
_NEWEST_ABOUT: Final = (
    select(ResponseRow)
    .where(col(ResponseRow.team_id) == bindparam("team_id"), col(ResponseRow.element) == bindparam("element"))
    .order_by(col(ResponseRow.responded_on).desc(), col(ResponseRow.place))
)


class Responses(Repository):
    """The reactions of each team; they go with their maandbeeld."""

    def put(self, response: Response) -> None:
        """Keep a reaction in place of an earlier one to the same signal."""
        self._put(ResponseRow, to_values(response), key=("maandbeeld_id", "place"))

    def of_maandbeeld(self, maandbeeld_id: str) -> tuple[Response, ...]:
        """All reactions to a maandbeeld, in the order in which it shows its signals."""
        return self._records(Response, _OF_MAANDBEELD, maandbeeld_id=maandbeeld_id)

    def newest_about(self, team_id: str, *, element: str) -> tuple[Response, ...]:
        """The reactions about an element to the newest maandbeeld that has any; those to the topic itself first."""
        found = self._records(Response, _NEWEST_ABOUT, team_id=team_id, element=element)
        same = (each for each in found if each.maandbeeld_id == found[0].maandbeeld_id)
        return tuple(sorted(same, key=lambda each: each.place))

    def since(self, team_id: str, day: date) -> tuple[Response, ...]:
        """What the team's lead said on or after this day."""
        statement = select(ResponseRow).where(col(ResponseRow.team_id) == team_id, col(ResponseRow.responded_on) >= day)
        return self._records(Response, statement.order_by(col(ResponseRow.maandbeeld_id), col(ResponseRow.place)))

    def any_since(self, team_id: str, day: date) -> bool:
        """Whether the team's lead reacted on or after this day."""
        statement = select(ResponseRow.place).where(
            col(ResponseRow.team_id) == team_id, col(ResponseRow.responded_on) >= day
        )
        return self._value(statement.limit(1)) is not None
