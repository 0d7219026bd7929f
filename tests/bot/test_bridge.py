"""The crossing from the event loop to use cases."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.bridge import Bridge, committed, effect_is_committed
from bot.usecases.errors import NotAllowed


@pytest.fixture
def bridge(house):
    bridge = Bridge(house.deps)
    yield bridge
    bridge.close()


async def test_a_use_case_runs_beside_the_event_loop(house, bridge):
    """In another thread, with the deps first and the arguments by name."""

    def usecase(deps, *, number):
        return deps is house.deps, number, threading.current_thread() is threading.main_thread()

    assert await bridge.run(usecase, number=3) == (True, 3, False)


async def test_a_refusal_comes_through_as_it_is(bridge):
    """And the effect is not told as committed."""

    def refuse(_deps):
        raise NotAllowed

    event = asyncio.Event()
    committed.set(event)
    with pytest.raises(NotAllowed):
        await bridge.commit(refuse)
    assert not event.is_set()


async def test_only_a_commit_tells_that_the_effect_is_there(bridge):
    """Reading beforehand does not confirm an update."""
    event = asyncio.Event()
    committed.set(event)
    await bridge.run(lambda _deps: None)
    assert not event.is_set()
    await bridge.commit(lambda _deps: None)
    assert event.is_set()


async def test_outside_an_update_nobody_waits():
    """The outbox and the ticker use the same bridge."""
    committed.set(None)
    effect_is_committed()


async def test_closing_waits_for_what_is_running(house):
    """A use case that has begun ends before the bridge is closed."""
    bridge, gate, ended = Bridge(house.deps), threading.Event(), []

    def slow(_deps):
        gate.wait(10)
        ended.append(True)

    running = asyncio.create_task(bridge.run(slow))
    await asyncio.sleep(0)
    threading.Timer(0.05, gate.set).start()
    await asyncio.to_thread(bridge.close)
    await running
    assert ended == [True]
