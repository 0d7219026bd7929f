"""Make an invitation: a secret in a link, kept only as a hash, expiring and capped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from storage.invitations import Invitation, InvitationKind
from storage.teams import Area, Team
from storage.work import Work

VALID_FOR: Final = timedelta(days=14)
USES: Final = {"member": 40, "lead": 2, "coordinator": 1}
"""How many people may use one link; members share theirs, because who got which link must not matter."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; the token exists here and in the link, nowhere else."""

    kind: str
    token: str
    max_uses: int
    expires_at: datetime
    team: Team | None = None


def invite_to_team(deps: Deps, *, chat_id: int, team_id: str, kind: str) -> Invited:
    """An invitation for ``member`` or ``lead`` of a team, by its coordinator. Raises NotAllowed."""
    if kind not in {"member", "lead"}:
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        invited = _invite(work, deps, kind="lead" if kind == "lead" else "member", area_id=team.area_id, team=team)
        work.commit()
        return invited


def invite_coordinator(deps: Deps, *, area_name: str, municipality: str) -> Invited:
    """An invitation for a coordinator, by the administrator; makes the area when there is none of this name."""
    with deps.storage.begin() as work:
        area = next((each for each in work.teams.areas() if each.name == area_name), None)
        if area is None:
            area = Area(id=deps.ids.new(), name=area_name, municipality=municipality)
            work.teams.add_area(area)
        invited = _invite(work, deps, kind="coordinator", area_id=area.id, team=None)
        work.commit()
        return invited


def _invite(work: Work, deps: Deps, *, kind: InvitationKind, area_id: str, team: Team | None) -> Invited:
    token = deps.ids.token()
    invitation = Invitation(
        id=deps.ids.new(),
        kind=kind,
        area_id=area_id,
        team_id=team.id if team else None,
        max_uses=USES[kind],
        uses=0,
        expires_at=deps.now() + VALID_FOR,
        made_at=deps.now(),
    )
    work.invitations.add(invitation, token=token)
    return Invited(kind, token, invitation.max_uses, invitation.expires_at, team)
