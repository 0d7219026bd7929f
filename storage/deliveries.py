"""The outbox: every message that must go out, once per key, leased by one sender at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, TypeAlias

from sqlalchemy import and_, bindparam, delete, func, or_, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import DeliveryRow

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
    """What is not sent now: these kinds of messages to these people."""

    person_ids: tuple[str, ...]
    kinds: Collection[str]


_WAITING: Final = or_(
    and_(col(DeliveryRow.state) == "pending", col(DeliveryRow.due_at) <= bindparam("now")),
    and_(col(DeliveryRow.state).in_(_TAKEN), col(DeliveryRow.lease_until) < bindparam("now")),
)
_OLDEST_DUE: Final = select(func.min(col(DeliveryRow.due_at))).where(_WAITING)
_NOT_HELD: Final = or_(
    col(DeliveryRow.kind).not_in(bindparam("held_kinds", expanding=True)),
    col(DeliveryRow.person_id).not_in(bindparam("held_people", expanding=True)),
)
_HOLDS_NOTHING: Final = Held((), ())
# The bind names below are not names of columns where a column of that name is set.
_EXPIRE: Final = (
    update(DeliveryRow)
    .where(_WAITING, col(DeliveryRow.valid_until) <= bindparam("now"))
    .values(state="expired", lease_until=None, finished_at=bindparam("now"))
)
_FREE: Final = (
    select(DeliveryRow)
    .where(_WAITING, _NOT_HELD)
    # Of one moment prompts first: where a reminder goes follows from its prompt, not from the order of random ids.
    .order_by(col(DeliveryRow.due_at), col(DeliveryRow.kind) == "reminder", col(DeliveryRow.id))
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_LEASE: Final = (
    update(DeliveryRow)
    .where(col(DeliveryRow.id).in_(bindparam("taken", expanding=True)))
    .values(state="leased", lease_until=bindparam("until"), attempts=col(DeliveryRow.attempts) + 1)
)
_BEGIN: Final = (
    update(DeliveryRow)
    .where(
        col(DeliveryRow.id) == bindparam("which"),
        col(DeliveryRow.state) == "leased",
        col(DeliveryRow.lease_until) >= bindparam("now"),
    )
    .values(state="sending", lease_until=bindparam("until"))
)
_MARK: Final = (
    update(DeliveryRow)
    .where(col(DeliveryRow.id) == bindparam("which"))
    .values(state=bindparam("ended"), lease_until=None, finished_at=bindparam("at"))
)
_SET_DUE: Final = (
    update(DeliveryRow).where(col(DeliveryRow.id) == bindparam("which")).values(due_at=bindparam("moment"))
)
_NEXT_DUE: Final = select(func.min(col(DeliveryRow.due_at))).where(col(DeliveryRow.state) == "pending", _NOT_HELD)
_FOR_SUBJECT: Final = (
    select(DeliveryRow)
    .where(col(DeliveryRow.subject) == bindparam("subject"), col(DeliveryRow.kind) == bindparam("kind"))
    .order_by(col(DeliveryRow.key))
)
_FIRST_DUE: Final = select(func.min(col(DeliveryRow.due_at))).where(
    col(DeliveryRow.person_id) == bindparam("person_id"),
    col(DeliveryRow.kind) == bindparam("kind"),
    col(DeliveryRow.subject) == bindparam("subject"),
)
_SENT_SINCE: Final = (
    select(DeliveryRow.id)
    .where(
        col(DeliveryRow.person_id) == bindparam("person_id"),
        col(DeliveryRow.kind).in_(bindparam("kinds", expanding=True)),
        col(DeliveryRow.state) == "sent",
        col(DeliveryRow.subject) != bindparam("not_about"),
        col(DeliveryRow.due_at) >= bindparam("since"),
    )
    .limit(1)
)


class Deliveries(Repository):
    """The outbox. At least once: a lease that lapses (a crash) is given out again."""

    def add(self, delivery: Delivery) -> bool:
        """Queue a message; False when its key is queued or was handled before."""
        return self._insert_new(DeliveryRow, to_values(delivery))

    def add_all(self, deliveries: Iterable[Delivery]) -> None:
        """Queue messages; those whose key is queued or was handled before are left as they are."""
        self._insert_all_new(DeliveryRow, [to_values(each) for each in deliveries])

    def get(self, delivery_id: str) -> Delivery | None:
        """The delivery with this id."""
        return self._with_key(Delivery, DeliveryRow, delivery_id)

    def for_subject(self, subject: str, kind: str) -> tuple[Delivery, ...]:
        """All deliveries of one kind about one subject, by key."""
        return self._records(Delivery, _FOR_SUBJECT, subject=subject, kind=kind)

    def lease(self, now: datetime, *, until: datetime, limit: int, held: Held | None = None) -> tuple[Delivery, ...]:
        """Take up to ``limit`` messages to send, longest due first; nobody else gets them before ``until``.

        Waiting messages that are due, and messages whose lease lapsed. What is no longer valid is marked expired
        instead; what is held stays where it is. Commit before sending: a lease that is not committed is not a lease.
        """
        self._change(_EXPIRE, now=now)
        taken = self._records(Delivery, _FREE, now=now, most=limit, **_held_back(held))
        if taken:
            self._change(_LEASE, taken=[delivery.id for delivery in taken], until=until)
        return tuple(
            replace(delivery, state="leased", lease_until=until, attempts=delivery.attempts + 1) for delivery in taken
        )

    def begin_sending(self, delivery_id: str, *, now: datetime, until: datetime) -> bool:
        """Note that the call is made now; False when the lease is no longer ours, so that it may not be made.

        A row that is ``sending`` may have arrived, one that is ``leased`` certainly has not.
        """
        return self._change(_BEGIN, which=delivery_id, now=now, until=until) == 1

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
        self._change(_MARK, which=delivery_id, ended=state, at=at)

    def postpone(self, delivery_id: str, *, due_at: datetime, tried: bool = True) -> None:
        """Let a delivery wait (again) until ``due_at``; ``tried=False`` takes its last attempt off the count."""
        statement = update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id)
        attempts = col(DeliveryRow.attempts) - (0 if tried else 1)
        self._change(
            statement.values(state="pending", lease_until=None, finished_at=None, due_at=due_at, attempts=attempts)
        )

    def set_due(self, delivery_id: str, *, due_at: datetime) -> None:
        """Change when a delivery was due, and nothing else."""
        self._change(_SET_DUE, which=delivery_id, moment=due_at)

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

    def remove_put_off(self, *, mark: str, subject: str) -> None:
        """Delete every prompt about one subject with this mark in its key, in whatever state."""
        self._change(
            delete(DeliveryRow).where(
                col(DeliveryRow.subject) == subject,
                col(DeliveryRow.kind) == "prompt",
                col(DeliveryRow.key).contains(mark, autoescape=True),
            )
        )

    def next_due(self, *, held: Held | None = None) -> datetime | None:
        """The earliest moment a waiting message is due that is not held."""
        return self._value(_NEXT_DUE, **_held_back(held))

    def oldest_due(self, now: datetime) -> datetime | None:
        """When the message that waits longest should have gone; None when nothing is late."""
        return self._value(_OLDEST_DUE, now=now)

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
        asked = {"person_id": person_id, "kinds": list(kinds), "since": since, "not_about": not_about}
        return self._value(_SENT_SINCE, **asked) is not None

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


def _held_back(held: Held | None) -> dict[str, object]:
    """What is held as values for the statements; nobody held is nothing held."""
    held = held or _HOLDS_NOTHING
    return {"held_kinds": list(held.kinds), "held_people": list(held.person_ids)}
