"""Once, four weeks after a maandbeeld: its lead is asked for what is still open (requirement C3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.reactions import earlier_of, standing_of
from dialogues.insight.maandbeeld import Maandbeeld
from storage.deliveries import Delivery
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.work import Work

ASK: Final = "ask_response"
"""Kind of the outbox row that asks for a reaction; its subject is the maandbeeld."""
AFTER: Final = timedelta(weeks=4)
"""So long after the maandbeeld it is asked. [keuze]"""
VALID: Final = timedelta(days=21)
"""How long it may wait for a moment that fits."""


@dataclass(frozen=True, slots=True)
class AskForResponse:
    """The question for what is still open."""

    maandbeeld_id: str
    month: str
    open: tuple[str, ...]


def plan_asking(work: Work, deps: Deps, *, maandbeeld_id: str, person_id: str) -> None:
    """Plan the question with the maandbeeld itself: one row, whatever happens in between."""
    due = deps.now() + AFTER
    work.deliveries.add(
        Delivery(
            id=deps.ids.new(),
            key=f"{ASK}:{maandbeeld_id}:{person_id}",
            person_id=person_id,
            kind=ASK,
            subject=maandbeeld_id,
            due_at=due,
            valid_until=due + VALID,
        )
    )


def asking_message(work: Work, delivery: Delivery, person: Person) -> AskForResponse | None:
    """What such a row says; None when all was answered or shown again, or somebody leads no more.

    Most often the next maandbeeld is there by then: what that names as open can still be answered.
    """
    record = work.maandbeelden.get(delivery.subject)
    if record is None:
        return None
    if not any(each.team_id == record.team_id and each.role == "lead" for each in work.people.memberships(person.id)):
        return None
    open_now = _open(work, record)
    return AskForResponse(record.id, Maandbeeld.from_json(record.body).month, open_now) if open_now else None


def _open(work: Work, record: MaandbeeldRecord) -> tuple[str, ...]:
    latest = work.maandbeelden.latest(record.team_id)
    if latest is None or latest.id == record.id:
        return standing_of(work, record).open
    earlier = earlier_of(work, latest)
    return earlier.left.open if earlier and earlier.record.id == record.id else ()


def was_asked_for(work: Work, maandbeeld_id: str) -> bool:
    """Whether somebody was sent the question already."""
    return any(each.state == "sent" for each in work.deliveries.for_subject(maandbeeld_id, ASK))
