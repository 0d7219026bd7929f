"""The only crossing from the event loop to use cases: worker threads, in order per person, parallel across persons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import datetime
from typing import TypeVar

from bot.usecases.deps import Deps

Result = TypeVar("Result")

committed: ContextVar[asyncio.Event | None] = ContextVar("committed", default=None)
"""Set by whoever waits for an update's effect: the intake confirms an update to Telegram after this event."""


class Bridge:
    """Runs synchronous use cases for asynchronous callers.

    The lanes of the intake keep the order per person; SQLite has one writer, so one thread serves it best.
    """

    def __init__(self, deps: Deps, *, threads: int = 1) -> None:
        self._deps = deps
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="usecase")

    async def run(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Call ``usecase(deps, **arguments)`` in a worker thread; its exceptions come through as they are."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: usecase(self._deps, **arguments))

    async def commit(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Like ``run``, for the one use case that is an update's effect: after it the update may be confirmed."""
        result = await self.run(usecase, **arguments)
        effect_is_committed()
        return result

    def now(self) -> datetime:
        """The present moment by the clock of the use cases, aware UTC."""
        return self._deps.now()

    def close(self) -> None:
        """Wait for what is running and stop."""
        self._pool.shutdown(wait=True)


def effect_is_committed() -> None:
    """Tell whoever waits that nothing of this update can be lost any more."""
    event = committed.get()
    if event is not None:
        event.set()
