"""Who is in the middle of a dialogue, and that what the bot would ask waits for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.activity import GONE_QUIET, Activity
from bot.chat.callback_data import MaandbeeldTap, encode
from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from bot.chat.texts.aside_nl import GIVE_ON
from bot.chat.texts.own_answer_nl import READY
from bot.usecases.move_dialogue import running_dialogue
from storage.database import open_engine
from storage.in_dialogue import InDialogue
from tests.bot.usecases.test_send_due import two_teams_of
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, START
from tests.support.leaving import leaves
from tests.support.postgres import server

SECOND = timedelta(seconds=1)


async def test_two_minutes_without_a_tap_or_the_end_of_it_is_no_longer_busy():
    """Also when the clock is put back by a day; the end of another dialogue changes nothing."""
    activity = Activity()
    await activity.saw(1, about="a", ended=False, at=START)
    await activity.saw(1, about="b", ended=True, at=START)
    await activity.saw(2, about="a", ended=False, at=START)
    await activity.saw(2, about="a", ended=True, at=START)
    assert await activity.busy(START + GONE_QUIET - SECOND) == {1}
    assert await activity.busy(START + GONE_QUIET) == frozenset()
    await activity.saw(1, about="a", ended=False, at=START)
    assert await activity.busy(START - timedelta(days=1)) == frozenset()


async def test_a_prompt_comes_when_the_dialogue_has_ended_or_gone_quiet(house, phone, outbox):
    """Begun by oneself in one team: the question of the other waits, and comes after the last tap."""
    two_teams_of(house, ANNE)
    await phone.send(ANNE, "/ikhebeven")
    before = len(phone.telegram.shown(ANNE))
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) == before
    assert await outbox.holding() == {ANNE}
    house.clock.pass_(GONE_QUIET)
    assert await outbox.holding() == frozenset()
    await outbox.drain()
    house.clock.pass_(timedelta(days=1))  # the round she began by herself may count as the one of today
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) > before


async def test_a_bot_that_just_started_interrupts_nobody_either(house, phone, time):
    """Its memory is empty, and the dialogue of before is still there: two minutes from the start are its, not more."""
    two_teams_of(house, ANNE)
    await phone.send(ANNE, "/ikhebeven")
    before = len(phone.telegram.shown(ANNE))
    desk = replace(phone.desk, activity=Activity())
    outbox = Outbox(desk, pace=Pace(28, now=time, sleep=time.sleep))
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) == before
    assert await outbox.holding() == {ANNE}
    house.clock.pass_(GONE_QUIET)
    assert await outbox.holding() == frozenset()


async def test_a_reminder_waits_in_memory_and_no_row_tells(house, phone, outbox):
    """The rows of both are done at once; who was in a dialogue gets it afterwards, unless it was about that."""
    first, other = two_teams_of(house, ANNE)
    await outbox.drain()
    house.clock.pass_(timedelta(days=1))
    await outbox.drain()
    house.clock.moment = max(first.remind_at, other.remind_at)
    await phone.send(ANNE, "/ikhebeven")
    before = len(phone.telegram.shown(ANNE))
    await outbox.drain()
    rows = [row for about in (first, other) for row in house.deliveries("reminder", about.id)]
    assert {(row.state, row.attempts) for row in rows} == {("done", 1)}
    assert len(phone.telegram.shown(ANNE)) == before
    house.clock.pass_(GONE_QUIET)
    await outbox.drain()
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) == before + 1
    assert rows == [row for about in (first, other) for row in house.deliveries("reminder", about.id)]


async def test_a_moment_of_ones_own_is_a_dialogue_too(house, phone):
    """Nothing is asked in the team: /ikhebeven is a walk of which nothing is kept, and it holds what would come."""
    house.close(house.start_round())
    await phone.send(ANNE, "/ikhebeven")
    assert await phone.desk.busy() == frozenset()
    await phone.tap_label(ANNE, "Start")
    assert await phone.desk.busy() == {ANNE}
    for label in ("4 ·", "Elkaar kennen", "Klaar"):
        await phone.tap_label(ANNE, label)
    assert await phone.desk.busy() == frozenset()


async def test_so_is_passing_on_contacts_until_the_text_is_given_or_dropped(house, phone, outbox):
    """Also while the whole text waits to be read; a bot that just started finds it in the draft."""
    leaves(house, ANNE)
    await outbox.drain()
    for label in ("Start", "Ja, ik geef", "Bij de JGZ", "Klaar"):
        await phone.tap_label(ANNE, label)
        assert await phone.desk.busy() == {ANNE}
    await phone.send(ANNE, "De praktijk op het plein")
    await phone.tap_label(ANNE, "Nog niet")
    assert await phone.desk.busy() == {ANNE}
    assert await phone.desk.bridge.run(running_dialogue, chat_id=ANNE) == house.memberships[ANNE]
    await phone.tap_label(ANNE, GIVE_ON)
    assert await phone.desk.bridge.run(running_dialogue, chat_id=ANNE) == ""
    assert await phone.desk.busy() == frozenset()


async def test_what_is_asked_of_a_lead_waits_too(house, phone, outbox):
    """What is still open after four weeks comes when the lead's own answer is ready, and not in between."""
    maandbeeld_id = house.first_maandbeeld()
    await outbox.drain()
    house.clock.pass_(timedelta(days=28))
    await phone.tap(LEAD, encode(MaandbeeldTap(maandbeeld_id, "own")))
    await phone.tap_label(LEAD, "Wisselend")
    before = len(phone.telegram.shown(LEAD))
    await outbox.drain()
    assert len(phone.telegram.shown(LEAD)) == before
    await phone.tap_label(LEAD, READY)
    await outbox.drain()
    assert len(phone.telegram.shown(LEAD)) > before
    assert "Vier weken geleden kreeg je het maandbeeld" in phone.last(LEAD).text


async def test_trying_a_dialogue_is_being_in_one(house, phone):
    """Until its end; a coordinator may be a member of another team."""
    await phone.tap(COORDINATOR, f"b1.play.{house.team_id}.trust-practice")
    assert await phone.desk.busy() == {COORDINATOR}
    await phone.tap_label(COORDINATOR, "Stop")
    assert await phone.desk.busy() == frozenset()


class Told:
    """What other processes were told, in place of the locks of a PostgreSQL."""

    is_shared = True

    def __init__(self) -> None:
        self.chats: set[int] = set()
        self.begin, self.end = self.chats.add, self.chats.discard

    def everybody(self) -> frozenset[int]:
        return frozenset(self.chats)


async def test_two_looks_at_once_forget_who_went_quiet_and_nobody_else():
    """While others are told of the first chat, a dialogue ends, one goes on, and somebody else looks as well."""
    told = Told()
    activity = Activity(told)
    for chat in (1, 2, 3, 4):
        await activity.saw(chat, about="a", ended=False, at=START)
    later = START + GONE_QUIET
    first, second, *_ = await asyncio.gather(
        activity.busy(later),
        activity.busy(later),
        activity.saw(3, about="a", ended=True, at=later),
        activity.saw(4, about="a", ended=False, at=later),
        activity.saw(1, about="a", ended=False, at=later),
    )
    assert await activity.busy(later) == told.chats == {1, 4}
    assert {4} <= first & second


@pytest.fixture
def processes():
    """What two processes on one PostgreSQL tell each other."""
    address = server().new_database()
    engines = [open_engine(address) for _ in range(2)]
    told = [InDialogue(engine) for engine in engines]
    yield told
    for each, engine in zip(told, engines, strict=True):
        each.close()
        engine.dispose()
    server().drop(address)


@pytest.mark.postgresql
async def test_the_process_that_sends_knows_who_taps_at_another(processes):
    """From the first step to the last, or until it went quiet; and of a process that is gone nobody is busy."""
    worker, sender = map(Activity, processes)
    for chat in (ANNE, BRAM):
        await worker.saw(chat, about="a", ended=False, at=START)
    await sender.saw(ANNE, about="a", ended=False, at=START)
    await worker.saw(BRAM, about="a", ended=False, at=START + SECOND)
    assert await sender.busy(START + SECOND) == {ANNE, BRAM}
    await worker.saw(BRAM, about="a", ended=True, at=START + SECOND)
    assert await sender.busy(START + SECOND) == {ANNE}
    await worker.saw(BRAM, about="b", ended=False, at=START + GONE_QUIET)
    assert await sender.busy(START + GONE_QUIET) == {ANNE, BRAM}  # the worker has not looked yet
    await worker.busy(START + GONE_QUIET)
    assert await sender.busy(START + GONE_QUIET) == {BRAM}
    processes[0].close()
    assert await sender.busy(START + GONE_QUIET) == frozenset()
