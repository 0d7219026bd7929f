"""Which rows of the outbox go out now: those that fit their person. The others wait for a better moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.usecases.asides import NEWCOMER
from bot.usecases.ask_for_response import ASK
from bot.usecases.ask_to_decide import DECIDE
from bot.usecases.changes import NOTICE
from bot.usecases.deps import Deps
from bot.usecases.free_moments import PUT_OFF, next_moment, tomorrow
from bot.usecases.handovers import OFFER
from bot.usecases.send_aside import KINDS as OUTSIDE_ROUNDS
from dialogues.rhythm.working_hours import START
from storage.deliveries import Delivery, Held
from storage.work import Work

LEASE: Final = timedelta(minutes=2)
"""A send that is not confirmed within this time is tried once more by whoever comes first."""
BOT_INITIATIVE: Final = OUTSIDE_ROUNDS | {
    "prompt",
    "reminder",
    "maandbeeld",
    "shared",
    "waiting",
    "destroyed",
    NOTICE,
    ASK,
    DECIDE,
}
PROMPTS: Final = frozenset({"prompt", NEWCOMER, OFFER})
"""What asks for a moment of somebody's day: one of these a day at most."""
HELD: Final = PROMPTS | {ASK, DECIDE}
"""What asks something, of members or of leads: none of it in the middle of a dialogue."""


def take(deps: Deps, now: datetime, *, limit: int, busy: frozenset[int]) -> tuple[int, tuple[Delivery, ...]]:
    """Take the next rows; how many, and which of them go out now. The others wait again. All of it is committed.

    A reminder is done the moment it goes. So no column can tell what became of it: whether there were words in
    it, whether Telegram took them, how often it was tried (privacy rule 10).
    """
    with deps.storage.begin() as work:
        leased = work.deliveries.lease(now, until=now + LEASE, limit=limit, held=held_back(work, busy))
        going: list[Delivery] = []
        prompted: set[str] = set()
        for delivery in leased:
            later = must_wait(work, deps, delivery, now=now, prompted=prompted)
            if later is not None:
                work.deliveries.postpone(delivery.id, due_at=later, tried=False)
                continue
            going.append(delivery)
            if delivery.kind in PROMPTS:
                prompted.add(delivery.person_id)
            _note_going(work, deps, delivery, now=now)
        work.commit()  # also when nothing was taken: what has expired is marked
        return len(leased), tuple(going)


def _note_going(work: Work, deps: Deps, delivery: Delivery, *, now: datetime) -> None:
    today = datetime.combine(now.astimezone(deps.zone).date(), START, deps.zone).astimezone(UTC)
    if delivery.kind == "reminder":
        work.deliveries.mark(delivery.id, state="done", at=delivery.due_at)
    elif delivery.kind in PROMPTS and delivery.due_at < today:
        # It counts for the day it goes out, and for all alike: the moment of sending itself would tell.
        work.deliveries.set_due(delivery.id, due_at=today)


def held_back(work: Work, busy: frozenset[int]) -> Held:
    """What asks something and waits because their chat is in a dialogue. Not reminders: those wait in memory."""
    people = (work.people.by_chat(chat_id) for chat_id in sorted(busy))
    return Held(tuple(person.id for person in people if person is not None), kinds=HELD)


def must_wait(work: Work, deps: Deps, delivery: Delivery, *, now: datetime, prompted: set[str]) -> datetime | None:
    """Until when a row must wait, by its person's quiet times and what they were sent today; None: it goes now."""
    person = work.people.get(delivery.person_id)
    if person is None or delivery.kind not in BOT_INITIATIVE:
        return None
    moment = next_moment(work, deps, delivery, person, after=now)
    if moment > now:
        return moment
    return tomorrow(work, deps, delivery, person) if _is_one_too_many(work, deps, delivery, prompted) else None


def _is_one_too_many(work: Work, deps: Deps, delivery: Delivery, prompted: set[str]) -> bool:
    """Whether this prompt would be the second of the day, over all of a person's teams (privacy rule 19).

    One that the person put off comes back as promised, whatever else the day brings.
    """
    if delivery.kind not in PROMPTS or PUT_OFF in delivery.key:
        return False
    if delivery.person_id in prompted:
        return True
    midnight = deps.now().astimezone(deps.zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return work.deliveries.sent_since(delivery.person_id, kinds=PROMPTS, since=midnight, not_about=delivery.subject)
