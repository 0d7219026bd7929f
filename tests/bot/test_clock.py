"""The ticker: ticks keep coming, one at a time, whatever one of them does."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import time_machine

from bot.clock import Ticker
from tests.support.logs import logs


async def test_it_ticks_until_it_is_stopped():
    """Three ticks come, also when the first one failed."""
    ticks, enough = [], asyncio.Event()

    async def tick():
        ticks.append(len(ticks))
        if len(ticks) == 1:
            raise ValueError
        if len(ticks) == 3:
            enough.set()

    with logs():
        ticker = Ticker(tick, seconds=0.01)
        ticker.start()
        await asyncio.wait_for(enough.wait(), 10)
        ticker.stop()


async def test_a_slow_tick_is_not_overtaken():
    """While one tick runs no other begins; those that were missed are one."""
    running, most, begun, gate = 0, 0, asyncio.Event(), asyncio.Event()

    async def tick():
        nonlocal running, most
        running += 1
        most = max(most, running)
        begun.set()
        await gate.wait()
        running -= 1

    with logs():
        ticker = Ticker(tick, seconds=0.01)
        ticker.start()
        await asyncio.wait_for(begun.wait(), 10)
        await asyncio.sleep(0.05)
        gate.set()
        ticker.stop()
        await asyncio.sleep(0.01)
    assert most == 1


async def test_a_clock_that_is_set_back_does_not_stop_it():
    """Somebody puts the wall clock right, a day back: the next ticks come by the time that really passes."""
    ticks, again = [], asyncio.Event()

    async def tick():
        ticks.append(None)
        if len(ticks) == 3:
            again.set()

    with logs():
        ticker = Ticker(tick, seconds=0.01)
        ticker.start()
        with time_machine.travel(datetime.now(UTC) - timedelta(days=1)):
            await asyncio.wait_for(again.wait(), 10)
        ticker.stop()
