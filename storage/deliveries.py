"""The outbox: every message that must go out, once per key, leased by one sender at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, and_, bindparam, delete, false, func, or_, true, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import DeliveryRow, RoundRow

DeliveryState: TypeAlias = Literal["pending", "leased", "sending", "sent", "failed", "unreachable", "expired", "done"]
FinalState: TypeAlias = Literal["sent", "failed", "unreachable", "expired", "done"]

_TAKEN: Final = ("leased", "sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message to one person. What it says is composed when it is sent, never stored here."""

    id: str
    key: str
    """The same message has the same key, so it is never queued twice."""
    person_id: str
    kind: str
    subject: str = ""
    """Id of the round or maandbeeld it is about, or nothing."""
    due_at: datetime
    valid_until: datetime | None = None
    """From this moment it is not worth sending any more; None: always."""
    state: DeliveryState = "pending"
    attempts: int = 0
    lease_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What is not sent now: these kinds of messages to these people, unless their key has this mark."""

    person_ids: tuple[str, ...]
    kinds: Collection[str]
    unless: str = ""


_FIRST_DUE: Final = select(func.min(col(DeliveryRow.due_at))).where(
    col(DeliveryRow.person_id) == bindparam("person_id"),
    col(DeliveryRow.kind) == bindparam("kind"),
    col(DeliveryRow.subject) == bindparam("subject"),
)


class Deliveries(Repository):
    """The outbox. At least once: a lease that lapses (a crash) is given out again."""

    def add(self, delivery: Delivery) -> bool:
        """Queue a message; False when its key is queued or was handled before."""
        return self._insert_new(DeliveryRow, to_values(delivery))

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery with this id."""
        return self._with_key(Delivery, DeliveryRow, delivery_id)

    def for_subject(self, subject: str, kind: str) -> tuple[Delivery, ...]:
        """All deliveries of one kind about one subject, by key."""
        statement = select(DeliveryRow).where(col(DeliveryRow.subject) == subject, col(DeliveryRow.kind) == kind)
        return self._records(Delivery, statement.order_by(col(DeliveryRow.key)))

    def lease(self, now: datetime, *, until: datetime, limit: int, held: Held | None = None) -> tuple[Delivery, ...]:
        """Take up to ``limit`` messages to send, longest due first; nobody else gets them before ``until``.

        Waiting messages that are due, and messages whose lease lapsed. What is no longer valid is marked expired
        instead; what is held stays where it is. Commit before sending: a lease that is not committed is not a lease.
        """
        waiting = or_(
            and_(col(DeliveryRow.state) == "pending", col(DeliveryRow.due_at) <= now),
            and_(col(DeliveryRow.state).in_(_TAKEN), col(DeliveryRow.lease_until) < now),
        )
        self._change(
            update(DeliveryRow)
            .where(waiting, col(DeliveryRow.valid_until) <= now)
            .values(state="expired", lease_until=None, finished_at=now)
        )
        free = select(DeliveryRow).where(waiting, _not_held(held))
        # Of one moment prompts first: where a reminder goes follows from its prompt, not from the order of random ids.
        later = col(DeliveryRow.kind) == "reminder"
        free = free.order_by(col(DeliveryRow.due_at), later, col(DeliveryRow.id)).limit(limit)
        taken = self._records(Delivery, free.with_for_update(skip_locked=True))
        self._change(
            update(DeliveryRow)
            .where(col(DeliveryRow.id).in_([delivery.id for delivery in taken]))
            .values(state="leased", lease_until=until, attempts=col(DeliveryRow.attempts) + 1)
        )
        return tuple(
            replace(delivery, state="leased", lease_until=until, attempts=delivery.attempts + 1) for delivery in taken
        )

    def begin_sending(self, delivery_id: str, *, now: datetime, until: datetime) -> bool:
        """Note that the call is made now; False when the lease is no longer ours, so that it may not be made.

        A row that is ``sending`` may have arrived, one that is ``leased`` certainly has not.
        """
        statement = update(DeliveryRow).where(
            col(DeliveryRow.id) == delivery_id,
            col(DeliveryRow.state) == "leased",
            col(DeliveryRow.lease_until) >= now,
        )
        return self._change(statement.values(state="sending", lease_until=until)) == 1

    def take_back(self, *, uncertain_until: datetime) -> None:
        """Free what was taken by senders that are gone: what was not called yet waits again, as if never taken.

        What may have arrived already is given out again after ``uncertain_until``. Only when no other sender lives.
        """
        self._change(
            update(DeliveryRow)
            .where(col(DeliveryRow.state) == "leased")
            .values(state="pending", lease_until=None, attempts=col(DeliveryRow.attempts) - 1)
        )
        self._change(update(DeliveryRow).where(col(DeliveryRow.state) == "sending").values(lease_until=uncertain_until))

    def mark(self, delivery_id: str, *, state: FinalState, at: datetime) -> None:
        """Finish a delivery; nothing happens when it is gone (its person was erased meanwhile)."""
        statement = update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id)
        self._change(statement.values(state=state, lease_until=None, finished_at=at))

    def postpone(self, delivery_id: str, *, due_at: datetime, tried: bool = True) -> None:
        """Let a delivery wait (again) until ``due_at``; ``tried=False`` takes its last attempt off the count."""
        statement = update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id)
        attempts = col(DeliveryRow.attempts) - (0 if tried else 1)
        self._change(
            statement.values(state="pending", lease_until=None, finished_at=None, due_at=due_at, attempts=attempts)
        )

    def set_due(self, delivery_id: str, *, due_at: datetime) -> None:
        """Change when a delivery was due, and nothing else."""
        self._change(update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id).values(due_at=due_at))

    def waiting(self) -> int:
        """How many messages wait to be sent, also those of another day and those whose sender died."""
        statement = select(func.count()).where(col(DeliveryRow.state).in_(("pending", *_TAKEN)))
        return self._value(statement) or 0

    def expire_waiting(self, *, at: datetime) -> int:
        """Let nothing that waits be sent any more; how many."""
        statement = update(DeliveryRow).where(col(DeliveryRow.state).in_(("pending", *_TAKEN)))
        return self._change(statement.values(state="expired", lease_until=None, finished_at=at))

    def revive(self, person_id: str, *, kinds: Collection[str], now: datetime) -> None:
        """Let what this person could not be reached for wait again, as if never tried; not what is no longer valid."""
        self._change(
            update(DeliveryRow)
            .where(
                col(DeliveryRow.person_id) == person_id,
                col(DeliveryRow.kind).in_(kinds),
                col(DeliveryRow.state) == "unreachable",
                or_(col(DeliveryRow.valid_until).is_(None), col(DeliveryRow.valid_until) > now),
            )
            .values(state="pending", attempts=0, lease_until=None, finished_at=None)
        )

    def remove_put_off(self, *, mark: str) -> None:
        """Delete every prompt with this mark in its key whose round is not open (any more)."""
        still_open = select(RoundRow.id).where(col(RoundRow.state) == "open")
        self._change(
            delete(DeliveryRow).where(
                col(DeliveryRow.kind) == "prompt",
                col(DeliveryRow.key).contains(mark, autoescape=True),
                col(DeliveryRow.subject).not_in(still_open),
            )
        )

    def next_due(self, *, held: Held | None = None) -> datetime | None:
        """The earliest moment a waiting message is due that is not held."""
        statement = select(func.min(col(DeliveryRow.due_at))).where(col(DeliveryRow.state) == "pending")
        return self._value(statement.where(_not_held(held)))

    def oldest_due(self, now: datetime) -> datetime | None:
        """When the message that waits longest should have gone; None when nothing is late."""
        late = or_(
            and_(col(DeliveryRow.state) == "pending", col(DeliveryRow.due_at) <= now),
            and_(col(DeliveryRow.state).in_(_TAKEN), col(DeliveryRow.lease_until) < now),
        )
        return self._value(select(func.min(col(DeliveryRow.due_at))).where(late))

    def waiting_for(self, person_id: str) -> tuple[Delivery, ...]:
        """What waits to be sent to a person, by key."""
        statement = select(DeliveryRow).where(
            col(DeliveryRow.person_id) == person_id, col(DeliveryRow.state) == "pending"
        )
        return self._records(Delivery, statement.order_by(col(DeliveryRow.key)))

    def first_due(self, person_id: str, *, kind: str, subject: str) -> datetime | None:
        """When the first message of one kind about one subject was or is due to a person; None when there is none."""
        return self._value(_FIRST_DUE, person_id=person_id, kind=kind, subject=subject)

    def sent_since(self, person_id: str, *, kinds: Collection[str], since: datetime, not_about: str) -> bool:
        """Whether this person was sent a message of one of these kinds from ``since`` on, about something else."""
        statement = select(DeliveryRow.id).where(
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.kind).in_(kinds),
            col(DeliveryRow.state) == "sent",
            col(DeliveryRow.subject) != not_about,
            col(DeliveryRow.due_at) >= since,
        )
        return self._value(statement.limit(1)) is not None

    def cancel(self, person_id: str, *, kind: str, subject: str) -> bool:
        """Delete what one person has not been sent yet of one kind about one subject; whether there was any.

        Not for reminders of somebody who answered: a row that is missing would tell that (privacy, part 1.10).
        """
        statement = delete(DeliveryRow).where(
            col(DeliveryRow.person_id) == person_id,
            col(DeliveryRow.kind) == kind,
            col(DeliveryRow.subject) == subject,
            col(DeliveryRow.state).in_(("pending", *_TAKEN)),
        )
        return self._change(statement) > 0

    def remove_kind(self, kind: str, *, subject: str) -> None:
        """Delete everything of one kind about one subject, in whatever state."""
        self._change(delete(DeliveryRow).where(col(DeliveryRow.kind) == kind, col(DeliveryRow.subject) == subject))

    def drop_finished(self, before: datetime) -> None:
        """Delete deliveries that were finished before this moment."""
        self._change(delete(DeliveryRow).where(col(DeliveryRow.finished_at) < before))


def _not_held(held: Held | None) -> ColumnElement[bool]:
    if held is None:
        return true()
    marked = col(DeliveryRow.key).contains(held.unless, autoescape=True) if held.unless else false()
    return or_(col(DeliveryRow.kind).not_in(held.kinds), col(DeliveryRow.person_id).not_in(held.person_ids), marked)
