"""What the outbox must send now, and what became of it. Sending itself is the chat's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.usecases.changes import NOTICE
from bot.usecases.deps import Deps
from bot.usecases.due_message import Message, Nothing, PromptMessage, message_of
from bot.usecases.take_due import HELD, LEASE, PROMPTS, must_wait, take
from storage.deliveries import Delivery, FinalState
from storage.errors import Unavailable

SOON: Final = timedelta(minutes=1)
"""How long a message waits that may have arrived already, before it is sent once more."""
LONGEST_WAIT: Final = timedelta(minutes=30)
MOST_TRIES: Final = 5
REFUSED_WAIT: Final = timedelta(hours=1)
COMES_AFTER_ALL: Final = frozenset({"prompt", "maandbeeld", "shared", NOTICE})
"""What is still worth sending to somebody who could not be reached for a while."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One message for one chat."""

    delivery_id: str
    chat_id: int
    message: Message
    holds: bool = False
    """Whether it waits for the end of a dialogue that is going on in its chat."""
    waited: bool = False
    """Whether its row was done while it waited. Given back, it would be the only one of its round that is."""

    @property
    def is_reminder(self) -> bool:
        """Whether it is a reminder with words in it, whose row was done when it was taken."""
        return isinstance(self.message, PromptMessage) and self.message.reminder


def lease_due(
    deps: Deps,
    *,
    limit: int,
    busy: frozenset[int] = frozenset(),
    report: Callable[[str, Exception], None] | None = None,
    unmade: Callable[[tuple[str, ...]], None] | None = None,
) -> tuple[Sending, ...]:
    """Take due rows and turn them into messages, at most ``limit`` at a time; empty when nothing is due any more.

    A row whose moment has passed (round closed, member gone) ends here without a message. One whose person does not
    want to hear from the bot now waits for their next free moment. What asks something of one of the ``busy`` chats
    stays where it is. Each message is composed by itself: one that fails waits an hour, ``report`` hears its kind and
    its error, and the others go out. When the database cannot do its work meanwhile, ``unmade`` hears the ids of the
    row that was composed and of all after it: they are taken, and must be given back.
    """
    now = deps.now()
    while True:
        taken, going = take(deps, now, limit=limit, busy=busy)
        sendings: list[Sending] = []
        for place, delivery in enumerate(going):
            try:
                sending = _made(deps, delivery, now=now, report=report)
            except Unavailable:
                if unmade is None:
                    raise
                unmade(tuple(each.id for each in going[place:]))
                return tuple(sendings)
            if sending is not None:
                sendings.append(sending)
        if sendings or not taken:
            return tuple(sendings)


def make_again(deps: Deps, *, delivery_ids: Iterable[str]) -> tuple[Sending, ...]:
    """Reminders that were taken and waited for the end of a dialogue, as they are now: it may have been about them."""
    now = deps.now()
    with deps.storage.begin() as work:
        rows = [work.deliveries.get(delivery_id) for delivery_id in delivery_ids]
    made = (_made(deps, row, now=now, report=None) for row in rows if row is not None)
    return tuple(replace(sending, waited=True) for sending in made if sending is not None)


def _made(
    deps: Deps, delivery: Delivery, *, now: datetime, report: Callable[[str, Exception], None] | None
) -> Sending | None:
    """As ``_composed``, and None for one that cannot be composed. Raises Unavailable."""
    try:
        return _composed(deps, delivery, now=now)
    except Unavailable:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one message, the others must go out
        mark_refused(deps, delivery_id=delivery.id)
        if report is not None:
            report(delivery.kind, error)
        return None


def _composed(deps: Deps, delivery: Delivery, *, now: datetime) -> Sending | None:
    """One leased row as a message; None when its row has ended."""
    with deps.storage.begin() as work:
        person = work.people.get(delivery.person_id)
        message = message_of(work, deps, delivery, person) if person and person.reachable else None
        if person is not None and message is not None:
            reminds = delivery.kind == "reminder" and not isinstance(message, Nothing)
            return Sending(delivery.id, person.chat_id, message, holds=delivery.kind in HELD or reminds)
        if delivery.kind != "reminder":
            state: FinalState = "expired" if person is None or person.reachable else "unreachable"
            work.deliveries.mark(delivery.id, state=state, at=_done_at(delivery, now))
            work.commit()
        return None


def may_send(deps: Deps) -> bool:
    """Whether this process sends what is due: of the many processes on one PostgreSQL only one, so that it alone paces.

    When that one is gone the next to ask takes its place.
    """
    return not deps.storage.sender.others_wait or deps.storage.sender.is_this_process()


def take_back_sends(deps: Deps) -> bool:
    """After a crash: free what the dead process had taken; False when another process may be sending.

    What it had not sent yet goes out at once. What it may have sent goes once more after this process has stood for a
    while: so a bot that keeps falling over repeats nothing each time it gets up.
    """
    if not deps.storage.sender.is_this_process():
        return False
    with deps.storage.begin() as work:
        work.deliveries.take_back(uncertain_until=deps.now() + SOON)
        work.commit()
    return True


def begin_sending(deps: Deps, *, delivery_id: str) -> bool:
    """Right before the call to Telegram: whether it may still be made. The pause before it may have been long."""
    now = deps.now()
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is None or (delivery.valid_until is not None and delivery.valid_until <= now):
            return False
        later = must_wait(work, deps, delivery, now=now, prompted=set())
        if later is not None:
            if delivery.kind != "reminder":
                work.deliveries.postpone(delivery_id, due_at=later, tried=False)
                work.commit()
            return False
        if delivery.kind == "reminder":
            return True
        begun = work.deliveries.begin_sending(delivery_id, now=now, until=now + LEASE)
        work.commit()
        return begun


def give_back(deps: Deps, *, delivery_ids: Iterable[str]) -> None:
    """What was taken and did not go: as if it never was, and nothing in its row tells.

    A reminder too, which was done when it was taken: not one that was called, for its row would tell (privacy rule 10).
    """
    with deps.storage.begin() as work:
        for delivery_id in delivery_ids:
            delivery = work.deliveries.get(delivery_id)
            if delivery is not None and delivery.state == ("done" if delivery.kind == "reminder" else "leased"):
                work.deliveries.postpone(delivery_id, due_at=delivery.due_at, tried=False)
        work.commit()


def mark_sent(deps: Deps, *, delivery_id: str) -> None:
    """The message arrived."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None and delivery.kind != "reminder":
            work.deliveries.mark(delivery_id, state="sent", at=_done_at(delivery, deps.now()))
            work.commit()


def mark_unreachable(deps: Deps, *, delivery_id: str) -> None:
    """Telegram says this chat cannot be reached: nothing more is sent to it until the next /start."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None:
            if delivery.kind != "reminder":
                work.deliveries.mark(delivery_id, state="unreachable", at=deps.now())
            work.people.set_reachable(delivery.person_id, False)
            work.commit()


def try_again(deps: Deps, *, delivery_id: str, after: timedelta) -> None:
    """Telegram did not take the message now: put it back, as if it was not tried. A reminder has no row to wait in."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None and delivery.kind != "reminder":
            work.deliveries.postpone(delivery_id, due_at=deps.now() + after, tried=False)
            work.commit()


def mark_uncertain(deps: Deps, *, delivery_id: str) -> None:
    """The message may or may not have arrived: the same text once more, later at every try. A reminder stays done."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is not None and delivery.kind != "reminder":
            wait = min(SOON * 2 ** min(delivery.attempts - 1, 10), LONGEST_WAIT)
            work.deliveries.postpone(delivery_id, due_at=deps.now() + wait)
            work.commit()


def mark_refused(deps: Deps, *, delivery_id: str) -> None:
    """This message cannot be made, or Telegram does not want it: once more in an hour, and at last never again."""
    with deps.storage.begin() as work:
        delivery = work.deliveries.get(delivery_id)
        if delivery is None or delivery.kind == "reminder":
            return
        now = deps.now()
        if delivery.attempts < MOST_TRIES:
            work.deliveries.postpone(delivery_id, due_at=now + REFUSED_WAIT)
        else:
            work.deliveries.mark(delivery_id, state="failed", at=_done_at(delivery, now))
        work.commit()


def move_chat(deps: Deps, *, chat_id: int, new_chat_id: int) -> None:
    """Telegram gave this chat another number."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None:
            work.people.set_chat(person.id, new_chat_id)
            work.commit()


def reachable_again(deps: Deps, *, chat_id: int) -> None:
    """The person came back with /start: what could not be delivered, and is still worth reading, comes after all."""
    with deps.storage.begin() as work:
        person = work.people.by_chat(chat_id)
        if person is not None and not person.reachable:
            work.people.set_reachable(person.id, True)
            work.deliveries.revive(person.id, kinds=COMES_AFTER_ALL, now=deps.now())
            work.commit()


def _done_at(delivery: Delivery, now: datetime) -> datetime:
    """When a row counts as done: for invitations when they were due, because the moment of sending would tell."""
    return delivery.due_at if delivery.kind in PROMPTS else now
