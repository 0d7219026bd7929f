"""From an invitation link to a member, a lead or a coordinator; a refusal leaves nothing behind."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.changes import note_change, note_people
from bot.usecases.compose_maandbeeld import announce
from bot.usecases.deps import Deps
from bot.usecases.errors import InvitationInvalid, RoleConflict
from bot.usecases.readers import was_asked
from storage.invitations import Invitation
from storage.people import Membership, Person
from storage.teams import Area, Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a person may know before saying yes."""

    kind: str
    """``member``, ``lead`` or ``coordinator``."""
    area: Area
    team: Team | None
    already: bool
    """Whether this chat has the role already."""
    membership_id: str = ""
    """The membership this chat has here already; '' when there is none."""
    rhythm: str = ""
    """How often the team is asked now; '' when no rhythm was chosen yet."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Someone said yes; ``membership_id`` is empty for a coordinator."""

    kind: str
    area: Area
    team: Team | None
    membership_id: str = ""


def look_at_invitation(deps: Deps, *, chat_id: int, token: str) -> Welcome:
    """What the invitation is for. Stores nothing. Raises InvitationInvalid."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        invitation = work.invitations.of(token) if person else None
        if invitation is None or person is None or _has_role(work, person, invitation) is None:
            invitation = _valid(work, deps, token)
        team = work.teams.get(invitation.team_id) if invitation.team_id else None
        standing = _has_role(work, person, invitation) if person else None
        schedule = work.schedules.get(team.id) if team else None
        return Welcome(
            invitation.kind,
            _area(work, invitation),
            team,
            standing is not None,
            standing or "",
            rhythm=schedule.rhythm if schedule and schedule.next_due_at else "",
        )


def accept_invitation(deps: Deps, *, chat_id: int, name: str, token: str) -> Joined:
    """Take the invitation. Accepting twice is accepting once.

    Raises InvitationInvalid, or RoleConflict when the person reads the maandbeeld of the team they would answer in.
    """
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None and (standing := _standing(work, person, token)):
            return standing
        invitation = _valid(work, deps, token)
        if person is None:
            person = Person(id=deps.ids.new(), chat_id=chat_id, name=name, reachable=True)
            work.people.add(person)
        _refuse_double_role(work, person, invitation)
        if not work.invitations.use(invitation.id):
            raise InvitationInvalid
        membership_id = ""
        if invitation.kind == "coordinator":
            work.people.add_coordinator(person.id, invitation.area_id)
        else:
            membership_id = deps.ids.new()
            work.people.add_membership(_membership(deps, membership_id, person, invitation))
            if invitation.kind == "lead":
                _catch_up(work, deps, person, team_id=str(invitation.team_id))
        joined = _joined(work, invitation, membership_id)
        _note(work, deps, joined)
        work.commit()
        return joined


def _note(work: Work, deps: Deps, joined: Joined) -> None:
    if joined.team is None:
        note_change(work, deps, area_id=joined.area.id, kind="coordinator_joined")
    else:
        note_people(work, deps, team=joined.team, kind=f"{joined.kind}_joined")


def _valid(work: Work, deps: Deps, token: str) -> Invitation:
    invitation = work.invitations.find(token, now=deps.now())
    if invitation is None:
        raise InvitationInvalid
    return invitation


def _standing(work: Work, person: Person, token: str) -> Joined | None:
    """What this person joined with the same link before, if anything."""
    invitation = work.invitations.of(token)
    if invitation is None:
        return None
    membership_id = _has_role(work, person, invitation)
    return None if membership_id is None else _joined(work, invitation, membership_id)


def _has_role(work: Work, person: Person, invitation: Invitation) -> str | None:
    """The id of the membership this invitation would give, '' for a coordinator, None when there is none yet."""
    if invitation.kind == "coordinator":
        return "" if invitation.area_id in work.people.coordinates(person.id) else None
    for each in work.people.memberships(person.id):
        if each.team_id == invitation.team_id and each.role == invitation.kind:
            return each.id
    return None


def _refuse_double_role(work: Work, person: Person, invitation: Invitation) -> None:
    if invitation.kind != "member" and _still_answers(work, person, invitation):
        raise RoleConflict
    roles_here = {each.role for each in work.people.memberships(person.id) if each.team_id == invitation.team_id}
    coordinates_here = invitation.area_id in work.people.coordinates(person.id)
    if invitation.kind == "member" and ("lead" in roles_here or coordinates_here):
        raise RoleConflict
    if invitation.kind == "lead" and "member" in roles_here:
        raise RoleConflict
    if invitation.kind == "coordinator" and any(
        team is not None and team.area_id == invitation.area_id
        for team in (
            work.teams.get(each.team_id) for each in work.people.memberships(person.id) if each.role == "member"
        )
    ):
        raise RoleConflict


def _still_answers(work: Work, person: Person, invitation: Invitation) -> bool:
    """Whether a round is running in which they are asked and whose overview they would read (privacy rule 8)."""
    teams = {each.team_id for each in work.rounds.asking(person.id)}
    if invitation.kind == "lead":
        strategic = work.teams.group(invitation.area_id, "strategic")
        return invitation.team_id in teams or (strategic is not None and strategic.id in teams)
    return any(team.area_id == invitation.area_id for each in teams if (team := work.teams.get(each)))


def _membership(deps: Deps, membership_id: str, person: Person, invitation: Invitation) -> Membership:
    return Membership(
        id=membership_id,
        person_id=person.id,
        team_id=str(invitation.team_id),
        role="lead" if invitation.kind == "lead" else "member",
        sector=None,
        function=None,
        audience=None,
        tenure=None,
        joined_on=deps.today(),
        left_on=None,
    )


def _catch_up(work: Work, deps: Deps, lead: Person, *, team_id: str) -> None:
    """Who becomes lead later, or after somebody else, gets the maandbeeld the team was told about.

    Not who was a member then: they may have answered in it.
    """
    newest = work.maandbeelden.latest(team_id)
    if newest is not None and not was_asked(work, deps, person_id=lead.id, record=newest):
        announce(work, deps, maandbeeld_id=newest.id, person_id=lead.id, kind="maandbeeld")


def _joined(work: Work, invitation: Invitation, membership_id: str) -> Joined:
    team = work.teams.get(invitation.team_id) if invitation.team_id else None
    return Joined(invitation.kind, _area(work, invitation), team, membership_id)


def _area(work: Work, invitation: Invitation) -> Area:
    area = work.teams.area(invitation.area_id)
    if area is None:
        raise InvitationInvalid
    return area
