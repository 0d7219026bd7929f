"""Areas and the teams in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from sqlalchemy import bindparam, delete, func, or_, union_all, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import AreaRow, ClosedDayRow, RoundRow, ScheduleRow, TeamRow

Scope: TypeAlias = Literal["team", "area", "strategic"]
LOWEST_FLOOR = 5
"""No team may publish below this number of respondents (it can only be raised)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A gemeente or region: holds teams and coordinators."""

    id: str
    name: str
    municipality: str
    school_region: str = ""
    """Region of the school holidays: ``noord``, ``midden``, ``zuid``, or nothing when none were chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDay:
    """A day on which nobody of an area, or of one team of it, is asked anything."""

    id: str
    area_id: str
    team_id: str | None = None
    """None: the whole area."""
    day: date


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
    split: str = "sector"
    """What the words are split by: ``sector`` or ``side``; under ``counts`` nothing is."""
    floor: int = LOWEST_FLOOR
    created_on: date
    profile: Mapping[str, str] = field(default_factory=dict)
    """What the coordinator told about the team: question → answer. It chooses variants of questions."""
    quiet: tuple[str, ...] = ()
    """Quiet blocks of the whole team's week, as ``monday-480-720``."""
    scope: Scope = "team"
    """``area``: everybody of all teams of the area asked together; ``strategic``: its management and policy layer.

    Such a group has rounds, overviews and a rhythm as a team has, and no members of its own.
    """
    archived_on: date | None = None
    """The day it went up into another team; None: alive."""

    def __post_init__(self) -> None:
        if self.floor < LOWEST_FLOOR:
            raise ValueError(f"a floor of {self.floor} is below {LOWEST_FLOOR}")


_CLOSED_DAYS: Final = (
    select(ClosedDayRow)
    .where(
        col(ClosedDayRow.area_id) == bindparam("area_id"),
        or_(col(ClosedDayRow.team_id).is_(None), col(ClosedDayRow.team_id) == bindparam("team_id")),
    )
    .order_by(col(ClosedDayRow.day), col(ClosedDayRow.id))
)
"""Without a team: those of the whole area; no team has an empty id."""


_GROUP: Final = (
    select(TeamRow)
    .where(col(TeamRow.area_id) == bindparam("area_id"), col(TeamRow.scope) == bindparam("scope"))
    .order_by(col(TeamRow.id))
)
_IN_AREA: Final = (
    select(TeamRow)
    .where(
        col(TeamRow.area_id) == bindparam("area_id"), col(TeamRow.archived_on).is_(None), col(TeamRow.scope) == "team"
    )
    .order_by(col(TeamRow.name), col(TeamRow.id))
)
_TO_PUT_AWAY: Final = (
    select(TeamRow)
    .join(ScheduleRow, col(ScheduleRow.team_id) == col(TeamRow.id))
    .where(col(TeamRow.archived_on).is_not(None), col(ScheduleRow.maandbeeld_due_at).is_not(None))
    .order_by(col(TeamRow.name), col(TeamRow.id))
)


class Teams(Repository):
    """Areas and teams."""

    def lowest_floor(self) -> int | None:
        """The lowest floor of any team or round that there is; None without any."""
        floors = union_all(select(col(TeamRow.floor)), select(col(RoundRow.floor))).subquery()
        return self._value(select(func.min(floors.c.floor)))

    def add_area(self, area: Area) -> None:
        """Add an area."""
        self._insert(AreaRow, to_values(area))

    def area(self, area_id: str) -> Area | None:
        """The area with this id."""
        return self._with_key(Area, AreaRow, area_id)

    def rename_area(self, area_id: str, name: str, *, municipality: str) -> None:
        """Call an area something else, and its gemeente in texts."""
        renamed = update(AreaRow).where(col(AreaRow.id) == area_id)
        self._change(renamed.values(name=name, municipality=municipality))

    def has_teams(self, area_id: str) -> bool:
        """Whether an area has a team or group, also one that was put away."""
        return self._value(select(func.count()).select_from(TeamRow).where(col(TeamRow.area_id) == area_id)) != 0

    def remove_area(self, area_id: str) -> None:
        """Take an area away, with everything that belongs to it alone."""
        self._change(delete(AreaRow).where(col(AreaRow.id) == area_id))

    def areas(self) -> tuple[Area, ...]:
        """All areas by name."""
        return self._records(Area, select(AreaRow).order_by(col(AreaRow.name), col(AreaRow.id)))

    def add(self, team: Team) -> None:
        """Add a team to an area."""
        self._insert(TeamRow, to_values(team))

    def remove(self, team_id: str) -> None:
        """Take a team away, with everything that belongs to it alone."""
        self._change(delete(TeamRow).where(col(TeamRow.id) == team_id))

    def get(self, team_id: str) -> Team | None:
        """The team with this id."""
        return self._with_key(Team, TeamRow, team_id)

    def in_area(self, area_id: str) -> tuple[Team, ...]:
        """The living teams of an area by name."""
        return self._records(Team, _IN_AREA, area_id=area_id)

    def lived_in(self, area_id: str, *, since: date = date.min) -> tuple[Team, ...]:
        """The teams of an area that were alive on or after this day, by name; also those that went up into another."""
        statement = select(TeamRow).where(
            col(TeamRow.area_id) == area_id,
            col(TeamRow.scope) == "team",
            or_(col(TeamRow.archived_on).is_(None), col(TeamRow.archived_on) >= since),
        )
        return self._records(Team, statement.order_by(col(TeamRow.name), col(TeamRow.id)))

    def group(self, area_id: str, scope: Scope) -> Team | None:
        """The people of all teams of an area, or its strategic layer, as one group; None before its first round."""
        return self._record(Team, _GROUP, area_id=area_id, scope=scope)

    def all(self) -> tuple[Team, ...]:
        """All teams by name."""
        return self._records(Team, select(TeamRow).order_by(col(TeamRow.name), col(TeamRow.id)))

    def to_put_away(self) -> tuple[Team, ...]:
        """Teams that went up into another and still have a maandbeeld planned, by name."""
        return self._records(Team, _TO_PUT_AWAY)

    def rename(self, team_id: str, name: str) -> None:
        """Call a team, or a group of an area, something else."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(name=name))

    def set_label(self, team_id: str, team_label: str) -> None:
        """Replace what the people of a team call the wijkteam."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(team_label=team_label))

    def set_profile(self, team_id: str, profile: Mapping[str, str]) -> None:
        """Replace what is told about a team."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(profile=dict(profile)))

    def set_publication(self, team_id: str, *, rule: str, split: str) -> None:
        """Replace how a team's answers are published; an open round keeps what it was promised."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(rule=rule, split=split))

    def raise_floor(self, team_id: str, floor: int) -> bool:
        """Ask for more respondents than now; False when that would not be more: it never goes down."""
        higher = update(TeamRow).where(col(TeamRow.id) == team_id, col(TeamRow.floor) < floor).values(floor=floor)
        return self._change(higher) == 1

    def set_quiet(self, team_id: str, quiet: tuple[str, ...]) -> None:
        """Replace the quiet blocks of a team's week."""
        self._change(update(TeamRow).where(col(TeamRow.id) == team_id).values(quiet=quiet))

    def archive(self, team_id: str, day: date) -> bool:
        """Put a team away that went up into another one; False when it was already."""
        statement = update(TeamRow).where(col(TeamRow.id) == team_id, col(TeamRow.archived_on).is_(None))
        return self._change(statement.values(archived_on=day)) == 1

    def set_school_region(self, area_id: str, region: str) -> None:
        """Choose whose school holidays hold in an area; nothing: none."""
        self._change(update(AreaRow).where(col(AreaRow.id) == area_id).values(school_region=region))

    def closed_days(self, area_id: str, *, team_id: str | None = None) -> tuple[ClosedDay, ...]:
        """Closed days of a whole area by day, with those of one of its teams when it is named."""
        return self._records_once(ClosedDay, ClosedDayRow, _CLOSED_DAYS, area_id=area_id, team_id=team_id or "")

    def replace_closed_days(self, area_id: str, team_id: str | None, days: Iterable[ClosedDay]) -> None:
        """Put these closed days in place of the earlier ones of the area, or of this one team."""
        mine = col(ClosedDayRow.team_id).is_(None) if team_id is None else col(ClosedDayRow.team_id) == team_id
        self._change(delete(ClosedDayRow).where(col(ClosedDayRow.area_id) == area_id, mine))
        for each in days:
            self._insert(ClosedDayRow, to_values(each))

    def drop_closed_days(self, before: date) -> int:
        """Forget closed days that lie before this one; how many."""
        return self._change(delete(ClosedDayRow).where(col(ClosedDayRow.day) < before))
