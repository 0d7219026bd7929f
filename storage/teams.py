"""Areas and the teams in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import AreaRow, TeamRow

LOWEST_FLOOR = 5
"""No team may publish below this number of respondents (it can only be raised)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A gemeente or region: holds teams and coordinators."""

    id: str
    name: str
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team and how its results are published. Raises ValueError for a floor below 5."""

    id: str
    area_id: str
    name: str
    team_label: str
    """What the people call such a team: "wijkteam", "jeugdteam"."""
    lead_label: str
    """What they call its lead: "teamleider", "procesmanager"."""
    rule: str = "words"
    """Rule of publication: ``words`` or ``counts``."""
    floor: int = LOWEST_FLOOR
    created_on: date
    profile: Mapping[str, str] = field(default_factory=dict)
    """What the coordinator told about the team: question → answer. It chooses variants of questions."""

    def __post_init__(self) -> None:
        if self.floor < LOWEST_FLOOR:
            raise ValueError(f"a floor of {self.floor} is below {LOWEST_FLOOR}")


class Teams(Repository):
    """Areas and teams."""

    def add_area(self, area: Area) -> None:
        """Add an area."""
        self._insert(AreaRow, to_values(area))

    def area(self, area_id: str) -> Area | None:
        """The area with this id."""
        return self._record(Area, select(AreaRow).where(col(AreaRow.id) == area_id))

    def areas(self) -> tuple[Area, ...]:
        """All areas by name."""
        return self._records(Area, select(AreaRow).order_by(col(AreaRow.name), col(AreaRow.id)))

    def add(self, team: Team) -> None:
        """Add a team to an area."""
        self._insert(TeamRow, to_values(team))

    def get(self, team_id: str) -> Team | None:
        """The team with this id."""
        return self._record(Team, select(TeamRow).where(col(TeamRow.id) == team_id))

    def in_area(self, area_id: str) -> tuple[Team, ...]:
        """The teams of an area by name."""
        statement = select(TeamRow).where(col(TeamRow.area_id) == area_id)
        return self._records(Team, statement.order_by(col(TeamRow.name), col(TeamRow.id)))

    def all(self) -> tuple[Team, ...]:
        """All teams by name."""
        return self._records(Team, select(TeamRow).order_by(col(TeamRow.name), col(TeamRow.id)))

    def set_profile(self, team_id: str, profile: Mapping[str, str]) -> None:
        """Replace what is told about a team."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(profile=dict(profile)))
