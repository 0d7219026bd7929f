"""The lead opens the maandbeeld, and shares it with the team."""

from __future__ import annotations

from dataclasses import dataclass

from bot.usecases.access import person_of, require_lead
from bot.usecases.compose_maandbeeld import announce
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.readers import was_asked
from dialogues.insight.maandbeeld import Maandbeeld
from storage.maandbeelden import MaandbeeldRecord
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Opened:
    """A maandbeeld as one reader may see it now."""

    id: str
    maandbeeld: Maandbeeld
    may_share: bool
    shared: bool
    for_lead: bool
    """Whether the reader leads the team."""
    members: int
    """How many people get it when it is shared now."""


def open_maandbeeld(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> Opened:
    """The maandbeeld, for a lead of the team, or for a member once it was shared. Raises NotAllowed.

    Also for a lead who was a member when its answers were given, until it was shared.
    """
    with deps.storage.begin() as work:
        record = _record(work, maandbeeld_id)
        person = person_of(work, chat_id)
        roles_here = {each.role for each in work.people.memberships(person.id) if each.team_id == record.team_id}
        if not record.shared_at and was_asked(work, deps, person_id=person.id, record=record):
            raise NotAllowed
        if "lead" not in roles_here and not ("member" in roles_here and record.shared_at):
            raise NotAllowed
        return Opened(
            record.id,
            Maandbeeld.from_json(record.body),
            may_share="lead" in roles_here and record.shared_at is None,
            shared=record.shared_at is not None,
            for_lead="lead" in roles_here,
            members=len(work.people.team_members(record.team_id, role="member")),
        )


def share_maandbeeld(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> int:
    """Send the maandbeeld to every current member; returns to how many. Sharing twice is sharing once.

    Raises NotAllowed for anyone but a lead of the team.
    """
    with deps.storage.begin() as work:
        record = _record(work, maandbeeld_id)
        require_lead(work, chat_id=chat_id, team_id=record.team_id)
        members = work.people.team_members(record.team_id, role="member")
        if work.maandbeelden.mark_shared(record.id, deps.now()):
            for person, _ in members:
                announce(work, deps, maandbeeld_id=record.id, person_id=person.id, kind="shared")
            work.commit()
        return len(members)


def _record(work: Work, maandbeeld_id: str) -> MaandbeeldRecord:
    record = work.maandbeelden.get(maandbeeld_id)
    if record is None:
        raise NotAllowed
    return record
