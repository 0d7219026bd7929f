"""What the outbox says outside the rounds: to who is new, to who leaves, and to the team about what was passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.usecases.asides import NEWCOMER, aside_for, edition_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.handovers import OFFER, may_hand_over
from bot.usecases.plan_newcomer import is_new
from dialogues.conversation.presenting import fill
from storage.deliveries import Delivery
from storage.handover_notes import KIND as NOTE
from storage.people import Person
from storage.work import Work

KINDS: Final = frozenset({NEWCOMER, OFFER, NOTE})


@dataclass(frozen=True, slots=True)
class AsideMessage:
    """An invitation to a dialogue of which nothing is kept."""

    membership_id: str
    dialogue: str
    edition: str
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class HandoverOffer:
    """The question to somebody who leaves, whether they want to pass on their contacts."""

    membership_id: str
    team: str


@dataclass(frozen=True, slots=True)
class PassedOn:
    """What somebody who leaves passed on, for one reader in the team."""

    body: str


OutsideRounds: TypeAlias = AsideMessage | HandoverOffer | PassedOn


def message_outside_rounds(work: Work, deps: Deps, delivery: Delivery, person: Person) -> OutsideRounds | None:
    """The message of such a row, or None when it is not (any more) for this person."""
    if delivery.kind == NEWCOMER:
        return _newcomer(work, deps, delivery, person)
    if delivery.kind == OFFER:
        membership = may_hand_over(work, deps, person=person, membership_id=delivery.subject)
        team = work.teams.get(membership.team_id) if membership else None
        return HandoverOffer(delivery.subject, team.name) if team else None
    note = work.handover_notes.get(delivery.subject)
    if note is None or not any(each.team_id == note.team_id for each in work.people.memberships(person.id)):
        return None
    return PassedOn(note.body)


def _newcomer(work: Work, deps: Deps, delivery: Delivery, person: Person) -> AsideMessage | None:
    if not is_new(work.people.membership(delivery.subject)):
        return None
    try:
        aside = aside_for(work, deps, person=person, membership_id=delivery.subject, dialogue=NEWCOMER)
    except NotAllowed:
        return None
    return AsideMessage(
        membership_id=delivery.subject,
        dialogue=NEWCOMER,
        edition=edition_of(deps, NEWCOMER),
        title=aside.definition.title,
        summary=fill(aside.definition.summary, aside.begun.session.words),
    )
