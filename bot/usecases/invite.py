"""Make invitations: a secret in a link, kept only as a hash, expiring and capped."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.usecases.access import coordinated_area, coordinated_team
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.naming import clean_name, same_name
from storage.invitations import Invitation, InvitationKind
from storage.teams import Area, Team
from storage.work import Work

VALID_DAYS: Final = (7, 14, 30)
"""The choices of how many days an invitation works."""
VALID_FOR: Final = timedelta(days=14)
USES: Final = {"member": 40, "lead": 2, "coordinator": 1}
"""How many people may use one link; members share theirs, because who got which link must not matter."""
LONGEST_LIST: Final = 40
"""Personal invitations that can be made in one go."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation; the token exists here and in the link, nowhere else."""

    kind: str
    token: str
    max_uses: int
    expires_at: datetime
    team: Team | None = None
    place: int = 0
    """Number in a list of personal invitations; 0: not from a list."""
    area_name: str = ""
    """What the area of a coordinator is called, as it stands."""
    made_area: bool = False
    """Whether its area was made for it; otherwise whoever comes in coordinates the teams that are there."""


def invite_to_team(deps: Deps, *, chat_id: int, team_id: str, kind: str, days: int = VALID_FOR.days) -> Invited:
    """An invitation for ``member`` or ``lead`` of a team, by its coordinator. Raises NotAllowed."""
    if kind not in {"member", "lead"} or days not in VALID_DAYS:
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        role: InvitationKind = "lead" if kind == "lead" else "member"
        invited = add_invitation(work, deps, kind=role, area_id=team.area_id, team=team, valid_for=timedelta(days=days))
        _note(work, deps, invited, area_id=team.area_id)
        work.commit()
        return invited


def invite_each(deps: Deps, *, chat_id: int, team_id: str, number: int, days: int) -> tuple[Invited, ...]:
    """So many invitations for one member each, numbered from 1. Who gets which is the coordinator's to know.

    Raises NotAllowed, also for none or more than LONGEST_LIST.
    """
    if not 1 <= number <= LONGEST_LIST or days not in VALID_DAYS:
        raise NotAllowed
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        valid = timedelta(days=days)
        made = tuple(
            add_invitation(
                work, deps, kind="member", area_id=team.area_id, team=team, valid_for=valid, max_uses=1, place=place
            )
            for place in range(1, number + 1)
        )
        _note(work, deps, made[0], area_id=team.area_id)
        work.commit()
        return made


def invite_colleague(deps: Deps, *, chat_id: int, area_id: str) -> Invited:
    """An invitation for one more coordinator of an area, by a coordinator of it. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)
        invited = add_invitation(work, deps, kind="coordinator", area_id=area_id, team=None)
        _note(work, deps, invited, area_id=area_id)
        work.commit()
        return invited


def invite_coordinator(deps: Deps, *, area_name: str, municipality: str) -> Invited:
    """An invitation for a coordinator, by the administrator; makes the area when there is none of this name.

    A name is an area's alone, whatever its capitals. Raises NameUnusable, for the name of the area or the gemeente.
    """
    wanted, municipality = clean_name(area_name), clean_name(municipality)
    with deps.storage.begin() as work:
        area = next((each for each in work.teams.areas() if same_name(each.name, wanted)), None)
        is_new = area is None
        if area is None:
            area = Area(id=deps.ids.new(), name=wanted, municipality=municipality)
            work.teams.add_area(area)
        invited = add_invitation(work, deps, kind="coordinator", area_id=area.id, team=None)
        work.commit()
        return replace(invited, made_area=is_new, area_name=area.name)


def add_invitation(
    work: Work,
    deps: Deps,
    *,
    kind: InvitationKind,
    area_id: str,
    team: Team | None,
    valid_for: timedelta = VALID_FOR,
    max_uses: int = 0,
    place: int = 0,
) -> Invited:
    """Keep one new invitation, in the transaction of whoever may make it; ``max_uses`` 0: as usual for its kind."""
    token = deps.ids.token()
    invitation = Invitation(
        id=deps.ids.new(),
        kind=kind,
        area_id=area_id,
        team_id=team.id if team else None,
        max_uses=max_uses or USES[kind],
        uses=0,
        expires_at=deps.now() + valid_for,
        made_at=deps.now(),
        place=place,
    )
    work.invitations.add(invitation, token=token)
    return Invited(kind, token, invitation.max_uses, invitation.expires_at, team, place)


def _note(work: Work, deps: Deps, invited: Invited, *, area_id: str) -> None:
    until = invited.expires_at.astimezone(deps.zone).date().isoformat()
    team_id = invited.team.id if invited.team else None
    note_change(work, deps, area_id=area_id, team_id=team_id, kind="invited", whom=invited.kind, until=until)
