"""Leads and coordinators go, and others come: a role ends at once, and so does every right that came with it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.access import coordinated_area, coordinated_membership
from bot.usecases.changes import note_change, note_people, tell_change, tell_person
from bot.usecases.deps import Deps
from bot.usecases.errors import LastCoordinator, NotAllowed
from bot.usecases.invite import Invited, add_invitation
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Ended:
    """A role that ended."""

    name: str
    chat_id: int
    """Whose menu of commands has to change."""
    left: int
    """How many there are now with this role."""
    invited: Invited | None = None
    """A link for whoever comes instead."""


def remove_lead(deps: Deps, *, chat_id: int, membership_id: str, replacing: bool = False) -> Ended:
    """A lead leads this team no more; the person is told, and when nobody is left, the coordinators.

    ``replacing`` makes an invitation for one new lead in the same step instead. Raises NotAllowed.
    """
    with deps.storage.begin() as work:
        person, membership, team = coordinated_membership(work, chat_id=chat_id, membership_id=membership_id)
        if membership.role != "lead":
            raise NotAllowed
        work.people.end_membership(membership.id, deps.today())
        # With a link that still works they would be back at once, and read the newest maandbeeld.
        for each in work.invitations.valid_for(team.area_id, team.id, now=deps.now()):
            if each.kind == "lead":
                work.invitations.revoke(each.id, now=deps.now())
        note_people(work, deps, team=team, kind="lead_removed")
        tell_person(work, deps, person_id=person.id, team=team, kind="your_lead_role_ended")
        left = len(work.people.team_members(team.id, role="lead"))
        invited = None
        if not replacing:
            tell_when_nobody_leads(work, deps, team)
        else:
            invited = add_invitation(work, deps, kind="lead", area_id=team.area_id, team=team, max_uses=1)
        work.commit()
        return Ended(person.name, person.chat_id, left, invited)


def tell_when_nobody_leads(work: Work, deps: Deps, team: Team) -> None:
    """Say to the coordinators that a team has no lead any more, when that is so."""
    if not work.people.team_members(team.id, role="lead"):
        change_id = note_change(work, deps, area_id=team.area_id, team_id=team.id, kind="no_lead")
        coordinators = [each.id for each in work.people.coordinators(team.area_id)]
        tell_change(work, deps, change_id=change_id, person_ids=coordinators)


def remove_coordinator(deps: Deps, *, chat_id: int, area_id: str, person_id: str) -> Ended:
    """Somebody coordinates this area no more, also oneself. Raises NotAllowed, or LastCoordinator for the only one."""
    with deps.storage.begin() as work:
        area = coordinated_area(work, chat_id=chat_id, area_id=area_id)
        there = work.people.coordinators(area.id)
        person = next((each for each in there if each.id == person_id), None)
        if person is None:
            raise NotAllowed
        if len(there) == 1:
            raise LastCoordinator
        work.people.remove_coordinator(person.id, area.id)
        for each in work.invitations.valid_for(area.id, None, now=deps.now()):
            work.invitations.revoke(each.id, now=deps.now())
        work.forms.drop(person.id)
        note_change(work, deps, area_id=area.id, kind="coordinator_removed")
        told = note_change(work, deps, area_id=area.id, kind="your_coordinator_role_ended")
        tell_change(work, deps, change_id=told, person_ids=[person.id])
        work.commit()
        return Ended(person.name, person.chat_id, len(there) - 1)
