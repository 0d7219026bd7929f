"""Sending while the database cannot do its work, and stopping in the middle: nothing is lost, and nothing told."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot.chat import outbox as outbox_module
from bot.chat.outbox import BATCH, Outbox
from bot.chat.pace import Pace
from bot.usecases import send_due
from storage.errors import Unavailable
from tests.support.house import ANNE
from tests.support.played import played_once
from tests.support.telegram import refused

LOCKED = Unavailable("op slot")
PAUSE = refused(429, "Too Many Requests", retry_after=30)
NO_HTML = refused(400, "Bad Request: can't parse entities")
MOVED = refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=888)
IN_ORDER = "FROM delivery WHERE kind = 'reminder' ORDER BY due_at, id"
SENT, DONE, AS_BEFORE = ("sent", 1), ("done", 1), ("pending", 0)


@played_once
def about(house):
    """A round of two batches, of which nothing was sent."""
    house.members(2 * BATCH)
    return house.open_round()


@pytest.fixture
def reminding(house, outbox, about):
    """The same round at the moment of its reminder: everybody had their prompt, one answered."""

    async def until_then():
        for _tick in range(2):
            await outbox.drain()
        house.answer(ANNE, about.id)
        house.clock.moment = about.remind_at

    return until_then


def rows(house, kind):
    """State and attempts of the rows of a kind, and how many have them."""
    return Counter(house.rows("SELECT state, attempts FROM delivery WHERE kind = ?", kind))


def all_alike(house):
    """Whether no column of the reminders tells one from another."""
    columns = "state, attempts, due_at, valid_until, lease_until, finished_at"
    return len(set(house.rows(f"SELECT {columns} FROM delivery WHERE kind = 'reminder'"))) == 1  # noqa: S608 - our own


@pytest.fixture
def fails(monkeypatch):
    """Let a use case of a room fail at its n-th call, once; 0 is never. Gives the calls of it."""

    def arrange(name, error, *, room=outbox_module, at=1):
        real, calls = getattr(room, name), []

        def failing(*given, **named):
            calls.append(name)
            if len(calls) == at:
                raise error
            return real(*given, **named)

        monkeypatch.setattr(room, name, failing)
        monkeypatch.setattr(outbox_module, "SETTLED_AFTER", 0.0)
        return calls

    return arrange


@pytest.mark.parametrize("at", [1, BATCH])
async def test_a_database_that_is_locked_right_before_a_call_costs_nothing(house, outbox, reminding, fails, at):
    """Nothing was sent, so it is no refusal: prompt and reminder go once the database works, as if never taken."""
    fails("begin_sending", LOCKED, at=at)
    fails("give_back", LOCKED)
    await reminding()
    assert rows(house, "prompt") == {SENT: 2 * BATCH}
    fails("begin_sending", LOCKED, at=at)
    fails("give_back", LOCKED)
    assert await outbox.drain() == 2 * BATCH
    assert rows(house, "reminder") == {DONE: 2 * BATCH}
    assert all_alike(house)


@pytest.mark.parametrize("at", [1, 2, BATCH + 1])
async def test_a_database_that_is_locked_while_messages_are_made_costs_nothing(house, outbox, reminding, fails, at):
    """What was made goes out; the rest goes at the next tick at the latest, reminders as well, no attempt counted."""
    fails("_composed", LOCKED, room=send_due, at=at)
    await reminding()
    assert rows(house, "prompt") == {SENT: 2 * BATCH}
    fails("_composed", LOCKED, room=send_due, at=at)
    assert await outbox.drain() + await outbox.drain() == 2 * BATCH
    assert rows(house, "reminder") == {DONE: 2 * BATCH}
    assert all_alike(house)


@pytest.mark.parametrize("error", [LOCKED, ValueError("mis")], ids=["locked", "mistake"])
@pytest.mark.parametrize("outcome", [("try_again", PAUSE), ("move_chat", MOVED), ("mark_refused", NO_HTML)])
@pytest.mark.usefixtures("about")
async def test_what_cannot_be_written_down_stops_nobody_else(phone, outbox, fails, outcome, error):
    """One outcome that the database does not take: all others of this batch and the next get their message."""
    name, trouble = outcome
    phone.telegram.trouble["sendMessage"].append(trouble)
    fails(name, error)
    await outbox.drain()
    assert len({call.chat_id for call in phone.telegram.of("sendMessage")} - {888}) == 2 * BATCH


class Crash(BaseException):
    """The process is gone between two lines."""


@pytest.mark.usefixtures("about")
async def test_what_was_taken_next_is_given_back_when_sending_breaks_off(house, phone, outbox):
    """The thread that takes it cannot be stopped: so its rows do not wait for their lease, and reminders are kept."""
    phone.telegram.trouble["sendMessage"].append(Crash())
    with pytest.raises(Crash):
        await outbox.drain()
    assert rows(house, "prompt") == {("sending", 1): 1, ("leased", 1): BATCH - 1, AS_BEFORE: BATCH}


class Endless:
    """A pause that does not end; tells when it began."""

    def __init__(self):
        self.begun = asyncio.Event()

    async def __call__(self, _seconds):
        self.begun.set()
        await asyncio.Event().wait()


@pytest.fixture
def endless(phone, time):
    pause = Endless()
    return Outbox(phone.desk, pace=Pace(28, now=time, sleep=pause)), pause


async def stopped(outbox, pause):
    """Stop it when it waits."""
    draining = asyncio.create_task(outbox.drain())
    await pause.begun.wait()
    await outbox.stop()
    return await draining


@pytest.mark.usefixtures("about")
async def test_a_stop_does_not_wait_for_a_pause(house, phone, endless, fails):
    """Telegram asked for half a minute: what was not called is as before it was taken, and nothing is taken again.

    It takes three writes, however slow the disk: for who waited for their turn, the others of the batch, and the next.
    """
    writes = fails("give_back", LOCKED, at=0)
    phone.telegram.trouble["sendMessage"].append(PAUSE)
    assert await stopped(*endless) == 0
    assert rows(house, "prompt") == {AS_BEFORE: 2 * BATCH}
    assert len(writes) == 3
    assert await endless[0].drain() == 0
    assert rows(house, "prompt") == {AS_BEFORE: 2 * BATCH}


async def test_a_stop_does_not_tell_who_had_a_reminder(house, phone, reminding, endless):
    """Not called is given back, words or not; one that Telegram put off stays done: only one with words is put off."""
    await reminding()
    phone.telegram.trouble["sendMessage"].append(PAUSE)
    await stopped(*endless)
    # Where who answered comes first, the pause begins before the first call.
    assert len(phone.telegram.of("sendMessage")) - 2 * BATCH in {0, 1}
    states = [state for (state,) in house.rows(f"SELECT state {IN_ORDER}")]
    called = 1 if states[1] == "pending" else 2  # who answered may have been first
    assert states == ["done"] * called + ["pending"] * (2 * BATCH - called)


@pytest.mark.usefixtures("about")
async def test_sending_that_is_cut_short_leaves_no_call_behind(house, endless):
    """At the end of the process: what lived on could not be written down any more."""
    outbox, pause = endless
    others = asyncio.all_tasks()
    draining = asyncio.create_task(outbox.drain())
    await pause.begun.wait()
    draining.cancel()
    await asyncio.wait({draining})
    assert asyncio.all_tasks() == others
    assert rows(house, "prompt")[AS_BEFORE] == BATCH
