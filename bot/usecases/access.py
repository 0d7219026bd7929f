"""Who may do what, asked of the database at every update and never of a button's payload."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.deps import Deps
from bot.usecases.errors import NoLongerOpen, NotAllowed
from storage.people import Membership, Person
from storage.rounds import Round
from storage.teams import Area, Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Roles:
    """What one chat is in this house; empty for a stranger."""

    person: Person | None
    member_of: tuple[Membership, ...] = ()
    leads: tuple[Membership, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def coordinates(self) -> bool:
        """Whether the person coordinates an area."""
        return bool(self.areas)


def roles(deps: Deps, chat_id: int) -> Roles:
    """The roles of a chat, now."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is None:
            return Roles(None)
        memberships = work.people.memberships(person.id)
        return Roles(
            person=person,
            member_of=tuple(each for each in memberships if each.role == "member"),
            leads=tuple(each for each in memberships if each.role == "lead"),
            areas=work.people.coordinates(person.id),
        )


def person_of(work: Work, chat_id: int) -> Person:
    """The person behind a chat; raises NotAllowed for a stranger."""
    person = work.people.by_chat(chat_id)
    if person is None:
        raise NotAllowed
    return person


def open_round(work: Work, deps: Deps, *, person: Person, round_id: str) -> Round:
    """The round, if this person may answer in it now; raises NotAllowed or NoLongerOpen.

    Who was on the roster may answer to the close, also when they left the team meanwhile. The roster is dropped at the
    release, so afterwards everybody who is or was a member of the team hears that the round has closed.
    """
    found = work.rounds.get(round_id)
    if found is None:
        raise NotAllowed
    asked = work.rounds.on_roster(round_id, person.id)
    if found.state == "open" and found.closes_at > deps.now():
        if not asked:
            raise NotAllowed
        return found
    if asked or _is_member(work, person, found.team_id):
        raise NoLongerOpen
    raise NotAllowed


def _is_member(work: Work, person: Person, team_id: str) -> bool:
    team = work.teams.get(team_id)
    if team is not None and team.scope != "team":
        return bool(work.people.places_in_area(person.id, team.area_id))
    newest = work.people.latest_membership(person.id, team_id)
    return newest is not None and newest.role == "member"


def coordinated_area(work: Work, *, chat_id: int, area_id: str) -> Area:
    """The area, if this chat coordinates it; raises NotAllowed."""
    person = person_of(work, chat_id)
    area = work.teams.area(area_id)
    if area is None or area.id not in work.people.coordinates(person.id):
        raise NotAllowed
    return area


def coordinated_team(work: Work, *, chat_id: int, team_id: str) -> Team:
    """The team, if this chat coordinates its area and it has not gone up into another; raises NotAllowed."""
    person = person_of(work, chat_id)
    team = work.teams.get(team_id)
    if team is None or team.scope != "team" or team.archived_on is not None:
        raise NotAllowed
    if team.area_id not in work.people.coordinates(person.id):
        raise NotAllowed
    return team


def coordinated_membership(work: Work, *, chat_id: int, membership_id: str) -> tuple[Person, Membership, Team]:
    """Somebody who is in a team now, if this chat coordinates that team; raises NotAllowed."""
    membership = work.people.membership(membership_id)
    person = work.people.get(membership.person_id) if membership else None
    if membership is None or person is None or membership.left_on is not None:
        raise NotAllowed
    return person, membership, coordinated_team(work, chat_id=chat_id, team_id=membership.team_id)


def lead_or_coordinator(work: Work, *, chat_id: int, team_id: str) -> tuple[Person, Team]:
    """The person and the team, if this chat leads the team or coordinates its area; raises NotAllowed."""
    person = person_of(work, chat_id)
    team = work.teams.get(team_id)
    if team is None or team.scope != "team" or team.archived_on is not None:
        raise NotAllowed
    if team.area_id not in work.people.coordinates(person.id):
        require_lead(work, chat_id=chat_id, team_id=team_id)
    return person, team


def require_lead(work: Work, *, chat_id: int, team_id: str) -> Person:
    """The person, if this chat leads the team; raises NotAllowed."""
    person = person_of(work, chat_id)
    if not any(each.team_id == team_id and each.role == "lead" for each in work.people.memberships(person.id)):
        raise NotAllowed
    return person
