"""Who someone is in the triangle: sector, function, layer and time here. Account data, not an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.plan_newcomer import plan_newcomer
from bot.usecases.start_round import join_start_round
from dialogues.conversation.definition import Audience, Sector
from storage.people import Membership
from storage.work import Work

TENURES: Final = ("short", "middle", "long")
"""Shorter than half a year, half a year to two years, longer (content-brief §5 start, step 2)."""

FIELDS: Final = ("sector", "function", "audience", "tenure")


@dataclass(frozen=True, slots=True)
class Asked:
    """The next thing to ask of a new member; ``field`` is '' when all is known."""

    membership: Membership
    field: str
    team_label: str
    """Local name of the wijkteam, for labels that hold it."""
    start_round: str = ""
    """The round in which the start dialogue can be answered now; '' when there is none for this person."""
    members: int = 0
    """How many people are asked in that round now."""
    lead_label: str = ""
    """Who gets its overview."""


def next_question(deps: Deps, *, chat_id: int, membership_id: str) -> Asked:
    """What to ask now. Raises NotAllowed for somebody else's membership."""
    with deps.storage.begin() as work:
        membership = _own(work, chat_id=chat_id, membership_id=membership_id)
        return _asked(work, deps, membership)


def ask_again(deps: Deps, *, chat_id: int, membership_id: str, field: str) -> Asked:
    """Go back to one question; what was said before stays until it is said anew."""
    with deps.storage.begin() as work:
        if field not in FIELDS:
            raise NotAllowed
        membership = _own(work, chat_id=chat_id, membership_id=membership_id)
        return Asked(membership, field, _team_label(work, membership))


def describe_member(deps: Deps, *, chat_id: int, membership_id: str, field: str, value: str) -> Asked:
    """Record one fact and say what to ask next. Recording the same fact twice changes nothing.

    Raises NotAllowed for somebody else's membership or a value that is not among the choices.
    """
    with deps.storage.begin() as work:
        membership = _own(work, chat_id=chat_id, membership_id=membership_id)
        changes = _changes(deps, membership, field, value)
        if field == "sector" and value != membership.sector:
            work.people.forget_function(membership.id)
        work.people.describe(membership.id, **changes)
        described = _own(work, chat_id=chat_id, membership_id=membership_id)
        if _open_field(described) == "":
            join_start_round(work, deps, membership=described)
            plan_newcomer(work, deps, membership=described)
        asked = _asked(work, deps, described)
        work.commit()
        return asked


def _own(work: Work, *, chat_id: int, membership_id: str) -> Membership:
    person = person_of(work, chat_id)
    membership = work.people.membership(membership_id)
    if membership is None or membership.person_id != person.id or membership.role != "member":
        raise NotAllowed
    if membership.left_on is not None:
        raise NotAllowed  # who left must not come into the team's start round by an old button
    return membership


def _changes(deps: Deps, membership: Membership, field: str, value: str) -> dict[str, str]:
    if field == "sector" and value in set(Sector):
        return {"sector": value}
    if field == "function":
        function = deps.library.functions.get(value)
        if function is not None and membership.sector in function.sectors:
            fixed = {"audience": str(function.audiences[0])} if len(function.audiences) == 1 else {}
            return {"function": value, **fixed}
    if field == "audience" and value in set(Audience):
        return {"audience": value}
    if field == "tenure" and value in TENURES:
        return {"tenure": value}
    raise NotAllowed


def _open_field(membership: Membership) -> str:
    return next((field for field in FIELDS if not getattr(membership, field)), "")


def _asked(work: Work, deps: Deps, membership: Membership) -> Asked:
    field = _open_field(membership)
    start, members = "", 0
    if field == "":
        for each in work.rounds.open_for(membership.person_id):
            if each.team_id == membership.team_id and each.number == 0 and each.closes_at > deps.now():
                start, members = each.id, sum(each.sector_sizes.values())
    team = work.teams.get(membership.team_id)
    lead_label = team.lead_label if team else ""
    return Asked(membership, field, _team_label(work, membership), start, members, lead_label)


def _team_label(work: Work, membership: Membership) -> str:
    team = work.teams.get(membership.team_id)
    return team.team_label if team else "het wijkteam"
