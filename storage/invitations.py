"""Invitations: ways in that expire, are capped, and of which only a hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, TypeAlias

from sqlalchemy import delete, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import InvitationRow

InvitationKind: TypeAlias = Literal["coordinator", "lead", "member"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A way into an area (coordinator) or a team (lead, member)."""

    id: str
    kind: InvitationKind
    area_id: str
    team_id: str | None = None
    max_uses: int
    uses: int = 0
    expires_at: datetime
    made_at: datetime
    place: int = 0
    """Number in a list of personal invitations that were made together; 0: not from a list."""


class Invitations(Repository):
    """Invitations by the token that their link carries."""

    def add(self, invitation: Invitation, *, token: str) -> None:
        """Keep an invitation; of the token (at least 128 random bits, made by the caller) only the SHA-256."""
        self._insert(InvitationRow, to_values(invitation) | {"token_hash": _hash(token)})

    def find(self, token: str, *, now: datetime) -> Invitation | None:
        """The invitation of this token; None when unknown, used up or expired, which are not told apart."""
        invitation = self.of(token)
        if invitation is None or invitation.uses >= invitation.max_uses or invitation.expires_at <= now:
            return None
        return invitation

    def of(self, token: str) -> Invitation | None:
        """The invitation of this token, valid or not: to recognise somebody who took it before."""
        return self._record(Invitation, select(InvitationRow).where(col(InvitationRow.token_hash) == _hash(token)))

    def get(self, invitation_id: str) -> Invitation | None:
        """The invitation with this id."""
        return self._with_key(Invitation, InvitationRow, invitation_id)

    def valid_for(self, area_id: str, team_id: str | None, *, now: datetime) -> tuple[Invitation, ...]:
        """Invitations of an area, or of one team, that somebody can still take; newest first, then by place."""
        mine = col(InvitationRow.team_id).is_(None) if team_id is None else col(InvitationRow.team_id) == team_id
        statement = select(InvitationRow).where(
            col(InvitationRow.area_id) == area_id,
            mine,
            col(InvitationRow.expires_at) > now,
            col(InvitationRow.uses) < col(InvitationRow.max_uses),
        )
        order = (col(InvitationRow.made_at).desc(), col(InvitationRow.place), col(InvitationRow.id))
        return self._records(Invitation, statement.order_by(*order))

    def revoke(self, invitation_id: str, *, now: datetime) -> bool:
        """Let an invitation be valid no more; False when it was not."""
        statement = update(InvitationRow).where(
            col(InvitationRow.id) == invitation_id, col(InvitationRow.expires_at) > now
        )
        return self._change(statement.values(expires_at=now)) == 1

    def drop_expired(self, before: datetime) -> int:
        """Forget invitations that expired before this moment; how many."""
        return self._change(delete(InvitationRow).where(col(InvitationRow.expires_at) < before))

    def use(self, invitation_id: str) -> bool:
        """Take one use; False when none is left (somebody else took the last one)."""
        statement = update(InvitationRow).where(
            col(InvitationRow.id) == invitation_id, col(InvitationRow.uses) < col(InvitationRow.max_uses)
        )
        return self._change(statement.values(uses=col(InvitationRow.uses) + 1)) == 1


def _hash(token: str) -> str:
    # A plain hash is enough: the token is random and long, so it cannot be guessed back.
    return sha256(token.encode()).hexdigest()
