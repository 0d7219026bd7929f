"""One lane a person: in order there, at the same time across."""

from __future__ import annotations

import asyncio

from bot.bridge import effect_is_committed
from bot.chat.lanes import Lanes


async def test_jobs_of_one_person_run_in_order():
    """The second waits for the first, however long it takes."""
    lanes, seen, gate = Lanes(), [], asyncio.Event()

    async def first():
        await gate.wait()
        seen.append(1)

    async def second():
        seen.append(2)

    lanes.put(5, first)
    done = lanes.put(5, second)
    await asyncio.sleep(0)
    assert seen == []
    gate.set()
    await done.wait()
    assert seen == [1, 2]
    await lanes.drain()


async def test_jobs_of_others_do_not_wait():
    """Two people who need each other to go on both finish."""
    lanes, left, right = Lanes(), asyncio.Event(), asyncio.Event()

    async def one():
        left.set()
        await right.wait()

    async def other():
        right.set()
        await left.wait()

    waiting = [lanes.put(1, one), lanes.put(2, other)]
    for each in waiting:
        await each.wait()
    await lanes.drain()


async def test_the_event_comes_with_the_commit_and_the_lane_goes_on():
    """Whoever waits may go on after the effect is committed; the next job of the person waits for the whole one."""
    lanes, gate, seen = Lanes(), asyncio.Event(), []

    async def slow():
        effect_is_committed()
        await gate.wait()
        seen.append("slow")

    async def after():
        seen.append("after")

    committed = lanes.put(1, slow)
    rest = lanes.put(1, after)
    await committed.wait()
    assert (seen, rest.is_set()) == ([], False)
    gate.set()
    await rest.wait()
    assert seen == ["slow", "after"]
    await lanes.drain()


async def test_a_job_that_fails_blocks_nobody():
    """Its event is set all the same, and the next job runs."""
    lanes, seen = Lanes(), []

    async def fails():
        raise ValueError

    async def runs():
        seen.append(1)

    first, second = lanes.put(1, fails), lanes.put(1, runs)
    await first.wait()
    await second.wait()
    assert seen == [1]
    await lanes.drain()


async def test_draining_waits_for_everything():
    """Also for jobs that were put while draining."""
    lanes, seen = Lanes(), []

    async def last():
        seen.append("last")

    async def first():
        lanes.put(2, last)
        seen.append("first")

    lanes.put(1, first)
    await lanes.drain()
    assert seen == ["first", "last"]
    await lanes.drain()
