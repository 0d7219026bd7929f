"""People, the teams they are in and the areas they coordinate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from sqlalchemy import bindparam, delete, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import CoordinatorRow, MembershipRow, PersonRow, RosterRow, TeamRow

Role: TypeAlias = Literal["member", "lead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with a Telegram chat."""

    id: str
    chat_id: int
    name: str
    reachable: bool = True
    """False from a refused message until the person comes back."""
    quiet: tuple[str, ...] | None = None
    """Quiet blocks of the week as ``monday-480-720``; None: never chosen, so what is usual in the sector holds."""
    away_until: date | None = None
    """First day the person is back; None: not away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One person in one team. What is None has not been told yet."""

    id: str
    person_id: str
    team_id: str
    role: Role
    sector: str | None = None
    function: str | None = None
    audience: str | None = None
    tenure: str | None = None
    joined_on: date
    leaves_on: date | None = None
    """Last day in the team, once it is known."""
    left_on: date | None = None


_BY_CHAT: Final = select(PersonRow).where(col(PersonRow.chat_id) == bindparam("chat_id"))
_COORDINATES: Final = (
    select(CoordinatorRow.area_id)
    .where(col(CoordinatorRow.person_id) == bindparam("person_id"))
    .order_by(col(CoordinatorRow.area_id))
)
_MEMBERSHIPS: Final = (
    select(MembershipRow)
    .where(col(MembershipRow.person_id) == bindparam("person_id"), col(MembershipRow.left_on).is_(None))
    .order_by(col(MembershipRow.joined_on), col(MembershipRow.id))
)


_TEAM_MEMBERS: Final = (
    select(PersonRow, MembershipRow)
    .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
    .where(col(MembershipRow.team_id) == bindparam("team_id"), col(MembershipRow.left_on).is_(None))
    .order_by(col(MembershipRow.joined_on), col(PersonRow.id))
)
_TEAM_MEMBERS_IN_ROLE: Final = _TEAM_MEMBERS.where(col(MembershipRow.role) == bindparam("role"))
_PLACES_IN_AREA: Final = (
    select(MembershipRow)
    .join(TeamRow, col(TeamRow.id) == col(MembershipRow.team_id))
    .where(col(MembershipRow.person_id) == bindparam("person_id"), col(MembershipRow.role) == "member")
    .where(col(TeamRow.area_id) == bindparam("area_id"))
    .order_by(col(MembershipRow.left_on).is_not(None), col(MembershipRow.joined_on).desc(), col(MembershipRow.id))
)
_PLACES_IN_TEAM: Final = (
    select(MembershipRow)
    .where(col(MembershipRow.person_id) == bindparam("person_id"), col(MembershipRow.team_id) == bindparam("team_id"))
    .order_by(col(MembershipRow.joined_on), col(MembershipRow.id))
)
_EVER_IN_TEAM: Final = (
    select(MembershipRow)
    .where(col(MembershipRow.team_id) == bindparam("team_id"))
    .order_by(col(MembershipRow.joined_on))
)
# Ordered by what is indexed: by id SQLite would rather walk through all memberships than sort the few it finds.
_LEAVING: Final = (
    select(MembershipRow)
    .where(col(MembershipRow.leaves_on) < bindparam("day"), col(MembershipRow.left_on).is_(None))
    .order_by(col(MembershipRow.leaves_on), col(MembershipRow.id))
)
_HAS_ROLE: Final = or_(
    exists().where(col(MembershipRow.person_id) == col(PersonRow.id), col(MembershipRow.left_on).is_(None)),
    exists().where(col(CoordinatorRow.person_id) == col(PersonRow.id)),
)
_ROLE_ENDED: Final = (
    update(PersonRow)
    .where(col(PersonRow.roleless_since).is_(None), ~_HAS_ROLE)
    .values(roleless_since=bindparam("today"))
)
_ROLE_AGAIN: Final = (
    update(PersonRow).where(col(PersonRow.roleless_since) > date.min, _HAS_ROLE).values(roleless_since=None)
)
_ROLELESS: Final = (
    select(PersonRow)
    .where(
        col(PersonRow.roleless_since) < bindparam("day"),
        ~exists().where(col(RosterRow.person_id) == col(PersonRow.id)),
    )
    .order_by(col(PersonRow.roleless_since), col(PersonRow.id))
)
_AREA_PLACES: Final = (
    select(MembershipRow.person_id, MembershipRow.team_id)
    .join(TeamRow, col(TeamRow.id) == col(MembershipRow.team_id))
    .where(col(TeamRow.area_id) == bindparam("area_id"), col(TeamRow.archived_on).is_(None))
    .where(col(MembershipRow.role) == "member", col(MembershipRow.left_on).is_(None))
    .where(col(MembershipRow.audience) == bindparam("audience"), col(MembershipRow.sector).is_not(None))
    .order_by(col(MembershipRow.joined_on), col(MembershipRow.id))
)
_AREA_MEMBERS: Final = _AREA_PLACES.with_only_columns(PersonRow, MembershipRow).join(
    PersonRow, col(PersonRow.id) == col(MembershipRow.person_id)
)
_COORDINATORS: Final = (
    select(PersonRow)
    .join(CoordinatorRow, col(CoordinatorRow.person_id) == col(PersonRow.id))
    .where(col(CoordinatorRow.area_id) == bindparam("area_id"))
    .order_by(col(PersonRow.id))
)
_GROUP: Final = aliased(TeamRow)
_WITHOUT_GROUP: Final = (
    select(col(TeamRow.area_id), func.count(col(TeamRow.id).distinct()), func.count())
    .join(MembershipRow, col(MembershipRow.team_id) == col(TeamRow.id))
    .where(
        col(TeamRow.scope) == "team",
        col(TeamRow.archived_on).is_(None),
        ~exists().where(col(_GROUP.area_id) == col(TeamRow.area_id), col(_GROUP.scope) == bindparam("scope")),
        col(MembershipRow.audience) == bindparam("audience"),
        col(MembershipRow.left_on).is_(None),
    )
    .group_by(col(TeamRow.area_id))
    .having(func.count() >= bindparam("people"))
)


class People(Repository):
    """Persons with everything that hangs on them."""

    def add(self, person: Person) -> None:
        """Add a person; raises Conflict when the id or the chat is known."""
        self._insert(PersonRow, to_values(person))

    def get(self, person_id: str) -> Person | None:
        """The person with this id."""
        return self._with_key(Person, PersonRow, person_id)

    def ids(self) -> tuple[str, ...]:
        """The ids of everybody."""
        return self._values(select(PersonRow.id).order_by(col(PersonRow.id)))

    def by_chat(self, chat_id: int) -> Person | None:
        """The person behind this Telegram chat."""
        return self._record(Person, _BY_CHAT, chat_id=chat_id)

    def set_reachable(self, person_id: str, reachable: bool) -> None:  # noqa: FBT001 - the one thing it sets
        """Note whether messages reach this person."""
        self._change(update(PersonRow).where(col(PersonRow.id) == person_id).values(reachable=reachable))

    def set_chat(self, person_id: str, chat_id: int) -> None:
        """Note the new chat of a person whose chat moved; raises Conflict when it is somebody else's."""
        self._change(update(PersonRow).where(col(PersonRow.id) == person_id).values(chat_id=chat_id))

    def set_quiet(self, person_id: str, quiet: tuple[str, ...] | None) -> None:
        """Note the quiet blocks of somebody's week; None lets what is usual in the sector hold again."""
        self._change(update(PersonRow).where(col(PersonRow.id) == person_id).values(quiet=quiet))

    def set_away(self, person_id: str, until: date | None) -> None:
        """Note until which day somebody is away; None: here."""
        self._change(update(PersonRow).where(col(PersonRow.id) == person_id).values(away_until=until))

    def erase(self, person_id: str) -> None:
        """Delete a person and every row that points at them: memberships, coordination, roster, outbox, form.

        Envelopes and sessions carry no person. Withdraw those first, while the key folder still tells the slot.
        """
        self._change(delete(PersonRow).where(col(PersonRow.id) == person_id))

    def note_who_has_no_role(self, today: date) -> None:
        """Note since when somebody is in no team and coordinates nothing; who has a role has no such day."""
        self._change(_ROLE_ENDED, today=today)
        self._change(_ROLE_AGAIN)

    def without_role_before(self, day: date) -> tuple[Person, ...]:
        """Who had no role since before this day, and is asked nothing any more."""
        return self._records(Person, _ROLELESS, day=day)

    def add_membership(self, membership: Membership) -> None:
        """Put a person in a team."""
        self._insert(MembershipRow, to_values(membership))

    def membership(self, membership_id: str) -> Membership | None:
        """The membership with this id."""
        return self._with_key(Membership, MembershipRow, membership_id)

    def memberships(self, person_id: str) -> tuple[Membership, ...]:
        """The teams a person is in now, oldest first."""
        return self._records_once(Membership, MembershipRow, _MEMBERSHIPS, person_id=person_id)

    def describe(
        self,
        membership_id: str,
        *,
        sector: str | None = None,
        function: str | None = None,
        audience: str | None = None,
        tenure: str | None = None,
    ) -> None:
        """Note what a person told about their place in the team; what is left out (None) stays as it was."""
        told = {"sector": sector, "function": function, "audience": audience, "tenure": tenure}
        values = {name: value for name, value in told.items() if value is not None}
        if values:
            self._change(update(MembershipRow).where(col(MembershipRow.id) == membership_id).values(**values))

    def forget_function(self, membership_id: str) -> None:
        """Blank function and layer, for somebody who chose another sector."""
        statement = update(MembershipRow).where(col(MembershipRow.id) == membership_id)
        self._change(statement.values(function=None, audience=None))

    def set_leaving(self, membership_id: str, last_day: date | None) -> None:
        """Note somebody's last day in the team; None takes that back."""
        self._change(update(MembershipRow).where(col(MembershipRow.id) == membership_id).values(leaves_on=last_day))

    def end_membership(self, membership_id: str, day: date) -> bool:
        """Let somebody be out of the team from this day on; False when they were already."""
        statement = update(MembershipRow).where(
            col(MembershipRow.id) == membership_id, col(MembershipRow.left_on).is_(None)
        )
        return self._change(statement.values(left_on=day)) == 1

    def leaving_before(self, day: date) -> tuple[Membership, ...]:
        """Memberships of now whose last day lies before ``day``."""
        return self._records(Membership, _LEAVING, day=day)

    def latest_membership(self, person_id: str, team_id: str) -> Membership | None:
        """Somebody's newest membership of a team, ended or not: who was on a roster may answer to the close."""
        statement = select(MembershipRow).where(
            col(MembershipRow.person_id) == person_id, col(MembershipRow.team_id) == team_id
        )
        newest_first = (col(MembershipRow.joined_on).desc(), col(MembershipRow.id))
        return self._record(Membership, statement.order_by(*newest_first))

    def all_memberships(self, person_id: str, team_id: str) -> tuple[Membership, ...]:
        """Every membership somebody has or had of a team, oldest first."""
        return self._records(Membership, _PLACES_IN_TEAM, person_id=person_id, team_id=team_id)

    def first_days(self, team_id: str) -> Mapping[str, date]:
        """Person id → the first day somebody was in a team, of everybody who is or was in it and has an account."""
        days: dict[str, date] = {}
        for each in self._records_once(Membership, MembershipRow, _EVER_IN_TEAM, team_id=team_id):
            days.setdefault(each.person_id, each.joined_on)
        return days

    def team_members(self, team_id: str, *, role: Role | None = None) -> tuple[tuple[Person, Membership], ...]:
        """Who is in a team now, in one role or in all, by the day they joined."""
        of = (Person, PersonRow), (Membership, MembershipRow)
        if role is None:
            return self._pairs(*of, _TEAM_MEMBERS, team_id=team_id)
        return self._pairs(*of, _TEAM_MEMBERS_IN_ROLE, team_id=team_id, role=role)

    def area_members(self, area_id: str, *, audience: str) -> tuple[tuple[Person, Membership], ...]:
        """The described members of one layer of all living teams of an area, longest there first.

        Somebody in several teams is there several times.
        """
        of = (Person, PersonRow), (Membership, MembershipRow)
        return self._pairs(*of, _AREA_MEMBERS, area_id=area_id, audience=audience)

    def area_places(self, area_id: str, *, audience: str) -> tuple[tuple[str, str], ...]:
        """The same as ids only, of the person and of the team: for whoever just wants to count."""
        here = {"area_id": area_id, "audience": audience}
        return tuple((person, team) for person, team in self._session.connection().execute(_AREA_PLACES, here))

    def places_in_area(self, person_id: str, area_id: str) -> tuple[Membership, ...]:
        """Where somebody is or was a member in an area: where they are now first, then the newest."""
        return self._records(Membership, _PLACES_IN_AREA, person_id=person_id, area_id=area_id)

    def areas_without_group(self, scope: str, *, audience: str, people: int, teams: int) -> frozenset[str]:
        """Areas that may have become big enough for a group of this scope, and have none.

        At least so many memberships of a layer, in at least so many teams. Who of them would be asked has to be looked
        at more closely.
        """
        found = self._session.connection().execute(
            _WITHOUT_GROUP, {"scope": scope, "audience": audience, "people": people}
        )
        return frozenset(area for area, number, _ in found if number >= teams)

    def add_coordinator(self, person_id: str, area_id: str) -> None:
        """Let a person coordinate an area; nothing happens when they do already."""
        self._insert_new(CoordinatorRow, {"person_id": person_id, "area_id": area_id})

    def remove_coordinator(self, person_id: str, area_id: str) -> bool:
        """Let a person coordinate an area no more; False when they did not."""
        statement = delete(CoordinatorRow).where(
            col(CoordinatorRow.person_id) == person_id, col(CoordinatorRow.area_id) == area_id
        )
        return self._change(statement) == 1

    def coordinates(self, person_id: str) -> tuple[str, ...]:
        """Ids of the areas a person coordinates."""
        return self._values(_COORDINATES, person_id=person_id)

    def coordinators(self, area_id: str) -> tuple[Person, ...]:
        """Who coordinates an area."""
        return self._records(Person, _COORDINATORS, area_id=area_id)
