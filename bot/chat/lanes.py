"""One lane per person: updates of one person in order, of different persons at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.bridge import committed


class Lanes:
    """Runs jobs in lanes; tells for each when its effect can no longer be lost."""

    def __init__(self) -> None:
        self._tails: dict[int, asyncio.Task[None]] = {}

    def put(self, key: int, job: Callable[[], Awaitable[None]]) -> asyncio.Event:
        """Start the job after the lane's earlier ones; the event is set when its effect is committed, or it ended."""
        done = asyncio.Event()
        task = asyncio.create_task(self._run(self._tails.get(key), job, done))
        self._tails[key] = task
        task.add_done_callback(lambda ended: self._forget(key, ended))
        return done

    async def drain(self) -> None:
        """Wait until every lane is empty."""
        while self._tails:
            await asyncio.gather(*self._tails.values(), return_exceptions=True)
            await asyncio.sleep(0)

    @staticmethod
    async def _run(earlier: asyncio.Task[None] | None, job: Callable[[], Awaitable[None]], done: asyncio.Event) -> None:
        if earlier is not None:
            await asyncio.gather(earlier, return_exceptions=True)
        committed.set(done)
        try:
            await job()
        finally:
            done.set()

    def _forget(self, key: int, ended: asyncio.Task[None]) -> None:
        if self._tails.get(key) is ended:
            del self._tails[key]
