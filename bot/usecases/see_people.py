"""Who is in a team and who coordinates an area, for the coordinator: names and sectors, never who answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.usecases.access import coordinated_area, coordinated_membership, coordinated_team
from bot.usecases.deps import Deps
from storage.people import Membership, Person, Role
from storage.teams import Team


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a team, as their coordinator sees them."""

    membership_id: str
    name: str
    sector: str
    """Code of the sector; '' when it was not told yet, or for a lead."""
    role: Role
    leaves_on: date | None
    team: Team
    chat_id: int
    """For the menu of commands of this chat; never shown."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who coordinates an area."""

    person_id: str
    name: str
    myself: bool


def team_people(deps: Deps, *, chat_id: int, team_id: str, role: Role) -> tuple[Member, ...]:
    """Members or leads of a team, by name. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        people = work.people.team_members(team.id, role=role)
        found = [member_of(person, membership, team) for person, membership in people]
        return tuple(sorted(found, key=lambda each: (each.name.lower(), each.membership_id)))


def one_of_team(deps: Deps, *, chat_id: int, membership_id: str) -> Member:
    """One member or lead who is there now. Raises NotAllowed."""
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        return member_of(person, membership, team)


def area_people(deps: Deps, *, chat_id: int, area_id: str) -> tuple[Colleague, ...]:
    """Who coordinates an area, by name. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)
        found = [Colleague(each.id, each.name, each.chat_id == chat_id) for each in work.people.coordinators(area_id)]
        return tuple(sorted(found, key=lambda each: (each.name.lower(), each.person_id)))


def member_of(person: Person, membership: Membership, team: Team) -> Member:
    """How a coordinator sees this membership."""
    return Member(
        membership_id=membership.id,
        name=person.name,
        sector=membership.sector or "",
        role=membership.role,
        leaves_on=membership.leaves_on,
        team=team,
        chat_id=person.chat_id,
    )
