"""Invitations: ways in that expire, are capped, and of which only a hash is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal, TypeAlias

from sqlalchemy import update
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

    def use(self, invitation_id: str) -> bool:
        """Take one use; False when none is left (somebody else took the last one)."""
        statement = update(InvitationRow).where(
            col(InvitationRow.id) == invitation_id, col(InvitationRow.uses) < col(InvitationRow.max_uses)
        )
        return self._change(statement.values(uses=col(InvitationRow.uses) + 1)) == 1


def _hash(token: str) -> str:
    # A plain hash is enough: the token is random and long, so it cannot be guessed back.
    return sha256(token.encode()).hexdigest()
