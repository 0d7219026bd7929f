"""People, the teams they are in and the areas they coordinate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from sqlalchemy import bindparam, delete, update
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
_MEMBERSHIPS: Final = (
    select(MembershipRow)
    .where(col(MembershipRow.person_id) == bindparam("person_id"), col(MembershipRow.left_on).is_(None))
    .order_by(col(MembershipRow.joined_on), col(MembershipRow.id))
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
        here = select(MembershipRow.person_id).where(col(MembershipRow.left_on).is_(None))
        has_role = col(PersonRow.id).in_(here.union(select(CoordinatorRow.person_id)))
        since = col(PersonRow.roleless_since)
        self._change(update(PersonRow).where(~has_role, since.is_(None)).values(roleless_since=today))
        self._change(update(PersonRow).where(has_role, since.is_not(None)).values(roleless_since=None))

    def without_role_before(self, day: date) -> tuple[Person, ...]:
        """Who had no role since before this day, and is asked nothing any more."""
        asked = select(RosterRow.person_id)
        statement = select(PersonRow).where(col(PersonRow.roleless_since) < day, col(PersonRow.id).not_in(asked))
        return self._records(Person, statement.order_by(col(PersonRow.id)))

    def add_membership(self, membership: Membership) -> None:
        """Put a person in a team."""
        self._insert(MembershipRow, to_values(membership))

    def membership(self, membership_id: str) -> Membership | None:
        """The membership with this id."""
        return self._with_key(Membership, MembershipRow, membership_id)

    def memberships(self, person_id: str) -> tuple[Membership, ...]:
        """The teams a person is in now, oldest first."""
        return self._records(Membership, _MEMBERSHIPS, person_id=person_id)

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
        statement = select(MembershipRow).where(
            col(MembershipRow.leaves_on) < day, col(MembershipRow.left_on).is_(None)
        )
        return self._records(Membership, statement.order_by(col(MembershipRow.id)))

    def latest_membership(self, person_id: str, team_id: str) -> Membership | None:
        """Somebody's newest membership of a team, ended or not: who was on a roster may answer to the close."""
        statement = select(MembershipRow).where(
            col(MembershipRow.person_id) == person_id, col(MembershipRow.team_id) == team_id
        )
        newest_first = (col(MembershipRow.joined_on).desc(), col(MembershipRow.id))
        return self._record(Membership, statement.order_by(*newest_first))

    def all_memberships(self, person_id: str, team_id: str) -> tuple[Membership, ...]:
        """Every membership somebody has or had of a team, oldest first."""
        statement = select(MembershipRow).where(
            col(MembershipRow.person_id) == person_id, col(MembershipRow.team_id) == team_id
        )
        return self._records(Membership, statement.order_by(col(MembershipRow.joined_on), col(MembershipRow.id)))

    def team_members(self, team_id: str, *, role: Role | None = None) -> tuple[tuple[Person, Membership], ...]:
        """Who is in a team now, in one role or in all, by the day they joined."""
        statement = (
            select(PersonRow, MembershipRow)
            .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
            .where(col(MembershipRow.team_id) == team_id, col(MembershipRow.left_on).is_(None))
            .order_by(col(MembershipRow.joined_on), col(PersonRow.id))
        )
        if role is not None:
            statement = statement.where(col(MembershipRow.role) == role)
        return self._pairs((Person, PersonRow), (Membership, MembershipRow), statement)

    def area_members(self, area_id: str, *, audience: str) -> tuple[tuple[Person, Membership], ...]:
        """The described members of one layer of all living teams of an area, longest there first.

        Somebody in several teams is there several times.
        """
        statement = (
            select(PersonRow, MembershipRow)
            .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
            .join(TeamRow, col(TeamRow.id) == col(MembershipRow.team_id))
            .where(col(TeamRow.area_id) == area_id, col(TeamRow.archived_on).is_(None))
            .where(col(MembershipRow.role) == "member", col(MembershipRow.left_on).is_(None))
            .where(col(MembershipRow.audience) == audience, col(MembershipRow.sector).is_not(None))
            .order_by(col(MembershipRow.joined_on), col(MembershipRow.id))
        )
        return self._pairs((Person, PersonRow), (Membership, MembershipRow), statement)

    def places_in_area(self, person_id: str, area_id: str) -> tuple[Membership, ...]:
        """Where somebody is or was a member in an area: where they are now first, then the newest."""
        statement = (
            select(MembershipRow)
            .join(TeamRow, col(TeamRow.id) == col(MembershipRow.team_id))
            .where(col(MembershipRow.person_id) == person_id, col(MembershipRow.role) == "member")
            .where(col(TeamRow.area_id) == area_id)
            .order_by(col(MembershipRow.left_on).is_not(None), col(MembershipRow.joined_on).desc())
        )
        return self._records(Membership, statement.order_by(col(MembershipRow.id)))

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
        statement = select(CoordinatorRow.area_id).where(col(CoordinatorRow.person_id) == person_id)
        return self._values(statement.order_by(col(CoordinatorRow.area_id)))

    def coordinators(self, area_id: str) -> tuple[Person, ...]:
        """Who coordinates an area."""
        statement = (
            select(PersonRow)
            .join(CoordinatorRow, col(CoordinatorRow.person_id) == col(PersonRow.id))
            .where(col(CoordinatorRow.area_id) == area_id)
            .order_by(col(PersonRow.id))
        )
        return self._records(Person, statement)
