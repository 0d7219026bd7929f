"""The invitations that somebody can still take: look at them, withdraw them, make one anew."""

from __future__ import annotations

from bot.usecases.access import coordinated_area, coordinated_team
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.invite import Invited, add_invitation
from storage.invitations import Invitation
from storage.work import Work


def open_invitations(deps: Deps, *, chat_id: int, team_id: str) -> tuple[Invitation, ...]:
    """What can still be taken of one team, newest first. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        return work.invitations.valid_for(team.area_id, team.id, now=deps.now())


def open_invitation(deps: Deps, *, chat_id: int, invitation_id: str) -> Invitation:
    """One of them. Raises NotAllowed, also when it cannot be taken any more."""
    with deps.storage.begin() as work:
        return _own(work, deps, chat_id=chat_id, invitation_id=invitation_id)


def revoke_invitation(deps: Deps, *, chat_id: int, invitation_id: str) -> Invitation:
    """Let one work no more; who came in with it stays. Raises NotAllowed."""
    with deps.storage.begin() as work:
        invitation = _own(work, deps, chat_id=chat_id, invitation_id=invitation_id)
        work.invitations.revoke(invitation.id, now=deps.now())
        note_change(work, deps, area_id=invitation.area_id, team_id=invitation.team_id, kind="revoked")
        work.commit()
        return invitation


def revoke_all(deps: Deps, *, chat_id: int, team_id: str) -> int:
    """Let none of one team work any more; how many did. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        number = withdraw_all(work, deps, area_id=team.area_id, team_id=team.id)
        work.commit()
        return number


def withdraw_all(work: Work, deps: Deps, *, area_id: str, team_id: str) -> int:
    """The same, in a transaction of whoever may do it."""
    valid = work.invitations.valid_for(area_id, team_id, now=deps.now())
    for each in valid:
        work.invitations.revoke(each.id, now=deps.now())
    if valid:
        note_change(work, deps, area_id=area_id, team_id=team_id, kind="revoked_all")
    return len(valid)


def renew_invitation(deps: Deps, *, chat_id: int, invitation_id: str) -> Invited:
    """A new link in place of one that may be lost: the old one works no more. Raises NotAllowed.

    It gives the uses that were left, for as long as the old one did from its making, and keeps its place in a list.
    """
    with deps.storage.begin() as work:
        old = _own(work, deps, chat_id=chat_id, invitation_id=invitation_id)
        work.invitations.revoke(old.id, now=deps.now())
        team = work.teams.get(old.team_id) if old.team_id else None
        fresh = add_invitation(
            work,
            deps,
            kind=old.kind,
            area_id=old.area_id,
            team=team,
            valid_for=old.expires_at - old.made_at,
            max_uses=old.max_uses - old.uses,
            place=old.place,
        )
        note_change(work, deps, area_id=old.area_id, team_id=old.team_id, kind="renewed")
        work.commit()
        return fresh


def _own(work: Work, deps: Deps, *, chat_id: int, invitation_id: str) -> Invitation:
    invitation = work.invitations.get(invitation_id)
    if invitation is None:
        raise NotAllowed
    if invitation.team_id is None:
        coordinated_area(work, chat_id=chat_id, area_id=invitation.area_id)
    else:
        coordinated_team(work, chat_id=chat_id, team_id=invitation.team_id)
    if invitation.expires_at <= deps.now() or invitation.uses >= invitation.max_uses:
        raise NotAllowed
    return invitation
