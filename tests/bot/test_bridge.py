"""The crossing from the event loop to use cases."""

from __future__ import annotations

import asyncio
import threading

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.bridge import Bridge, committed, effect_is_committed
from bot.usecases.errors import NotAllowed
from storage.people import Person


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

    effect = asyncio.Event()
    committed.set(effect)
    with pytest.raises(NotAllowed):
        await bridge.commit(refuse)
    assert not effect.is_set()


async def test_only_a_commit_tells_that_the_effect_is_there(bridge):
    """Reading beforehand does not confirm an update."""
    effect = asyncio.Event()
    committed.set(effect)
    await bridge.run(lambda _deps: None)
    await bridge.run_together(lambda _deps: None)
    assert not effect.is_set()
    await bridge.commit(lambda _deps: None)
    assert effect.is_set()
    effect.clear()
    await bridge.commit_together(lambda _deps: None)
    assert effect.is_set()


async def test_what_waits_shares_one_write_and_fails_alone(house, bridge):
    """While one is busy the next ones wait; they go together, and the refusal of one is not that of the others."""
    gate, seen, commits = threading.Event(), [], []

    def count(_connection):
        commits.append(len(seen))

    def first(_deps):
        gate.wait(10)

    def keep(deps, *, chat_id):
        with deps.storage.begin() as work:
            work.people.add(Person(id=f"p{chat_id}", chat_id=chat_id, name="Lid"))
            if chat_id == 8002:
                raise NotAllowed
            work.commit()
        seen.append(chat_id)

    busy = asyncio.create_task(bridge.run_together(first))
    await asyncio.sleep(0)
    waiting = [asyncio.create_task(bridge.run_together(keep, chat_id=chat)) for chat in (8001, 8002, 8003)]
    await asyncio.sleep(0)
    event.listen(house.deps.storage.engine, "commit", count)
    gate.set()
    outcomes = await asyncio.gather(busy, *waiting, return_exceptions=True)
    event.remove(house.deps.storage.engine, "commit", count)
    assert [type(each) for each in outcomes] == [type(None), type(None), NotAllowed, type(None)]
    assert seen == [8001, 8003]
    assert commits == [2]
    with house.deps.storage.begin() as work:
        assert [work.people.by_chat(chat) is not None for chat in (8001, 8002, 8003)] == [True, False, True]


async def test_an_error_that_no_future_can_hold_is_told_too(bridge):
    """Otherwise nobody who shares that moment would ever be answered."""

    def runs_out(_deps):
        return next(iter(()))

    outcomes = await asyncio.wait_for(
        asyncio.gather(bridge.run_together(runs_out), bridge.run_together(lambda _deps: 1), return_exceptions=True), 10
    )
    assert isinstance(outcomes[0], RuntimeError)
    assert outcomes[1] == 1


async def test_nobody_is_told_before_what_they_share_is_on_the_disk(house, bridge):
    """When the shared commit fails, everyone hears so, nothing is there, and the next ones are served."""
    gate, effect = threading.Event(), asyncio.Event()
    committed.set(effect)

    def keep(deps, *, chat_id, sound=True):
        with deps.storage.begin() as work:
            work.people.add(Person(id=f"p{chat_id}", chat_id=chat_id, name="Lid"))
            if not sound:  # what points nowhere is refused at the commit
                work._session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                work.people.add_coordinator(f"p{chat_id}", "nowhere")
            work.commit()

    busy = asyncio.create_task(bridge.run_together(lambda _deps: gate.wait(10)))
    await asyncio.sleep(0)
    calls = (bridge.commit_together(keep, chat_id=8001), bridge.commit_together(keep, chat_id=8002, sound=False))
    waiting = [asyncio.create_task(call) for call in calls]
    await asyncio.sleep(0)
    gate.set()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    await busy
    assert [type(each) for each in outcomes] == [IntegrityError, IntegrityError]
    assert not effect.is_set()
    with house.deps.storage.begin() as work:
        assert work.people.by_chat(8001) is None
    await bridge.commit_together(keep, chat_id=8001)
    assert effect.is_set()


async def test_a_tap_does_not_wait_for_what_the_ticker_or_the_outbox_does(bridge):
    """Long work of theirs is still under way when the tap is done."""
    gate = threading.Event()
    long = asyncio.create_task(bridge.run(lambda _deps: gate.wait(10)))
    await asyncio.sleep(0)
    assert await bridge.commit_together(lambda _deps: "done") == "done"
    assert not long.done()
    gate.set()
    assert await long


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
