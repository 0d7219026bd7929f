"""What somebody may reflect on now who has a moment while no question is open; nothing is kept (DSS §3.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

from bot.usecases.access import person_of
from bot.usecases.asides import FREETOPIC, described, edition_of, playable
from bot.usecases.deps import Deps
from bot.usecases.set_schedule import schedule_of
from bot.usecases.topics import circle, topic_for
from bot.usecases.wording import words_for
from dialogues.conversation.definition import Audience
from dialogues.conversation.presenting import fill
from storage.people import Membership
from storage.teams import Team
from storage.work import Work

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class AsideOffer:
    """One dialogue outside every round."""

    membership_id: str
    dialogue: str
    edition: str
    title: str
    summary: str
    team: str
    """Which team it is about, for somebody who is in more of them; otherwise ''."""
    free: bool
    """Whether "Iets anders" is there too."""


@dataclass(frozen=True, slots=True)
class NotTold:
    """Who works where was not told yet, so no question can fit."""

    membership_id: str


Offered: TypeAlias = AsideOffer | NotTold | None


def offer_aside(deps: Deps, *, chat_id: int) -> Offered:
    """The element that comes next in the person's team, of several teams the one whose turn is first.

    Who leads a team reflects in the words for leading. None for somebody who is in no team, or when there is no content
    that can be played so. Raises NotAllowed for a stranger.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        memberships = work.people.memberships(person.id)
        told = [each for each in memberships if each.role == "lead" or each.sector]
        untold = next((each for each in memberships if each not in told), None)
        if untold is not None and not any(each.role == "member" for each in told):
            return NotTold(untold.id)
        for membership in sorted(told, key=lambda each: _turn(work, each)):
            offer = _offer(work, deps, membership, name=person.name, several=len(told) > 1)
            if offer is not None:
                return offer
        return None


def _turn(work: Work, membership: Membership) -> tuple[bool, datetime]:
    """Members before leads, and then by when their team is asked next."""
    schedule = work.schedules.get(membership.team_id)
    return membership.role == "lead", (schedule.next_due_at if schedule else None) or _NEVER


def _offer(work: Work, deps: Deps, membership: Membership, *, name: str, several: bool) -> AsideOffer | None:
    team = work.teams.get(membership.team_id)
    area = work.teams.area(team.area_id) if team else None
    if team is None or area is None:
        return None
    audience = Audience(described(membership).audience or Audience.PRACTICE)
    dialogue = _next(work, deps, team, audience)
    if dialogue is None:
        return None
    definition = deps.library.get(dialogue)
    words = words_for(deps, team=team, area=area, definition=definition, name=name)
    return AsideOffer(
        membership_id=membership.id,
        dialogue=dialogue,
        edition=edition_of(deps, dialogue),
        title=definition.title,
        summary=fill(definition.summary, words),
        team=team.name if several else "",
        free=dialogue != FREETOPIC and playable(deps, FREETOPIC, audience),
    )


def _next(work: Work, deps: Deps, team: Team, audience: Audience) -> str | None:
    """The element of the team's next round; where that cannot be played so, the next of the circle, or anything."""
    order = circle(deps, team)
    turn = _turn_of(work, deps, team) if order else ""
    start = order.index(turn) if turn in order else 0
    fitting = (each for each in (turn, *order[start:], *order[:start], FREETOPIC) if playable(deps, each, audience))
    return next(fitting, None)


def _turn_of(work: Work, deps: Deps, team: Team) -> str:
    schedule = schedule_of(work, team)
    opens_at = schedule.next_due_at or deps.now()
    return topic_for(work, deps, team=team, schedule=schedule, opens_at=opens_at, following=None).element
