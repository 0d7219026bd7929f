"""A member goes from one team to another of the same area; it counts from the next round."""

from __future__ import annotations

from bot.usecases.access import coordinated_membership, coordinated_team
from bot.usecases.changes import note_people, tell_person
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed, RoleConflict
from bot.usecases.offer_handover import offer_again
from bot.usecases.plan_newcomer import go_on_as_newcomer
from bot.usecases.see_people import Member, member_of
from storage.people import Membership, Person
from storage.teams import Team
from storage.work import Work


def move_member(deps: Deps, *, chat_id: int, membership_id: str, to_team_id: str) -> Member:
    """Move somebody, with what they told about themselves; the person is told. Moving twice is moving once.

    Who is in the other team already only leaves the first. A round that is open keeps its roster. Raises NotAllowed,
    or RoleConflict when the person leads the other team.
    """
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        target = coordinated_team(work, chat_id=chat_id, team_id=to_team_id)
        if membership.role != "member" or target.area_id != team.area_id or target.id == team.id:
            raise NotAllowed
        if "lead" in roles_in(work, person, target):
            raise RoleConflict
        moved = take_along(work, deps, person, membership, target)
        note_people(work, deps, team=team, kind="member_moved_out")
        note_people(work, deps, team=target, kind="member_moved_in")
        tell_person(work, deps, person_id=person.id, team=team, kind="your_move", other=target.name)
        work.commit()
        return member_of(person, moved, target)


def roles_in(work: Work, person: Person, team: Team) -> set[str]:
    """What somebody is in a team now."""
    return {each.role for each in work.people.memberships(person.id) if each.team_id == team.id}


def take_along(work: Work, deps: Deps, person: Person, membership: Membership, target: Team) -> Membership:
    """End this membership and give one in the target with the same description; the one that is there when it is."""
    work.people.end_membership(membership.id, deps.today())
    for each in work.people.memberships(person.id):
        if each.team_id == target.id and each.role == "member":
            return each
    moved = Membership(
        id=deps.ids.new(),
        person_id=person.id,
        team_id=target.id,
        role="member",
        sector=membership.sector,
        function=membership.function,
        audience=membership.audience,
        tenure=membership.tenure,
        joined_on=deps.today(),
        leaves_on=membership.leaves_on,
    )
    work.people.add_membership(moved)
    go_on_as_newcomer(work, deps, membership=moved, joined_on=membership.joined_on)
    offer_again(work, deps, ended=membership, membership=moved)
    return moved
