"""How fast the outbox goes, and when it waits."""

from __future__ import annotations

import asyncio
from itertools import count, pairwise

import pytest

from bot.chat.pace import KEPT_CHATS, Pace


async def test_the_pace_spreads_what_is_sent(time):
    """A hundred turns at 28 a second: never more than 28 in any second, and no slower than needed."""
    pace = Pace(28, now=time, sleep=time.sleep)
    moments, chats = [], count()

    async def one():
        await pace.turn(next(chats))
        moments.append(time.now)

    await asyncio.gather(*(one() for _ in range(100)))
    assert all(sum(start <= moment < start + 1 for moment in moments) <= 29 for start in moments)
    assert moments[-1] - moments[0] == pytest.approx(99 / 28)


async def test_what_a_turn_was_late_is_made_up_for(time):
    """Each sleep takes ten milliseconds longer: a hundred turns take no longer, and a second has one extra at most."""

    async def oversleep(seconds):
        await time.sleep(seconds + 0.01)

    pace, moments = Pace(28, now=time, sleep=oversleep), []
    for chat in range(100):
        await pace.turn(chat)
        moments.append(time.now)
    assert moments[-1] - moments[0] == pytest.approx(99 / 28, abs=0.02)
    assert all(sum(start <= moment < start + 1 for moment in moments) <= 29 for start in moments)


async def test_a_pause_holds_also_who_was_waiting_already(time):
    """Twenty are in the row when Telegram asks for half a minute: none of them goes inside it."""
    pace = Pace(28, now=time, sleep=time.sleep)
    moments, chats = [], count()

    async def one():
        ticket = await pace.turn(next(chats))
        moments.append(time.now)
        if len(moments) == 3:
            pace.refused(ticket, 2, seconds=30)

    await asyncio.gather(*(one() for _ in range(20)))
    assert moments[3] - moments[2] >= 30
    assert moments[-1] - moments[3] == pytest.approx(16 / 28)


async def test_one_chat_gets_one_message_a_second(time):
    """Three for one person: each a second after the other; others pass meanwhile."""
    pace = Pace(28, now=time, sleep=time.sleep)
    moments = []
    for _ in range(3):
        await pace.turn(7)
        moments.append(time.now)
    assert [later - earlier for earlier, later in pairwise(moments)] == [1.0, 1.0]
    await pace.turn(8)
    assert time.now - moments[-1] == pytest.approx(1 / 28)


async def test_a_pause_is_of_one_chat_when_a_later_call_goes_well(time):
    """Two calls were under way: the first is refused, the second taken, so the others need not wait."""
    pace = Pace(28, now=time, sleep=time.sleep)
    first, second = await pace.turn(1), await pace.turn(2)
    pace.refused(first, 1, seconds=30)
    pace.went_well(second)
    begun = time.now
    await pace.turn(3)
    assert time.now - begun < 1
    assert pace.wait_for_chat(1) == pytest.approx(30, abs=1)


async def test_a_call_that_went_earlier_tells_nothing_about_a_later_pause(time):
    """Its answer comes after the refusal, but it was sent before: everything waits."""
    pace = Pace(28, now=time, sleep=time.sleep)
    first, second = await pace.turn(1), await pace.turn(2)
    pace.refused(second, 2, seconds=30)
    pace.went_well(first)
    begun = time.now
    assert pace.paused
    await pace.turn(3)
    assert time.now - begun == pytest.approx(30)


async def test_the_pace_remembers_few_chats(time):
    """Who may have a message now is forgotten; who must wait is not."""
    pace = Pace(1000, now=time, sleep=time.sleep)
    pace.refused(0, 1, seconds=3600)
    for chat_id in range(2, 2 * KEPT_CHATS):
        await pace.turn(chat_id)
        time.now += 1
    assert len(pace._chats) <= KEPT_CHATS + 1
    assert pace.wait_for_chat(1) > 0
