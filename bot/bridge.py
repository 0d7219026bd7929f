"""The only crossing from the event loop to use cases: worker threads, in order per person, parallel across persons."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final, TypeVar

from bot.usecases.deps import Deps

Result = TypeVar("Result")
MOST_TOGETHER: Final = 16
"""Use cases in one transaction: enough to share a write to disk, few enough not to wait for each other."""

committed: ContextVar[asyncio.Event | None] = ContextVar("committed", default=None)
"""Set by whoever waits for an update's effect: the intake confirms an update to Telegram after this event."""


@dataclass(frozen=True, slots=True)
class _Call:
    """A use case that waits for its turn, and who waits for it."""

    do: Callable[[], Any]
    future: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a call."""

    result: Any = None
    error: Exception | None = None

    def tell(self, future: asyncio.Future[Any]) -> None:
        """Tell who waits, if they still do."""
        if future.done():
            return
        if self.error is None:
            future.set_result(self.result)
        else:
            future.set_exception(self.error)


class Bridge:
    """Runs synchronous use cases for asynchronous callers.

    The lanes of the intake keep the order per person; SQLite has one writer, so one thread serves it best. What people
    do to a dialogue has a thread of its own, so that a tap waits for one transaction of a tick and never for all of it.
    """

    def __init__(self, deps: Deps, *, threads: int = 1) -> None:
        self._deps = deps
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="usecase")
        self._quick = ThreadPoolExecutor(max_workers=1, thread_name_prefix="together")
        self._waiting: deque[_Call] = deque()
        self._pump: asyncio.Task[None] | None = None

    async def run(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Call ``usecase(deps, **arguments)`` in a worker thread; its exceptions come through as they are."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: usecase(self._deps, **arguments))

    async def commit(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Like ``run``, for the one use case that is an update's effect: after it the update may be confirmed."""
        result = await self.run(usecase, **arguments)
        effect_is_committed()
        return result

    async def run_together(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Like ``run``, for a use case that changes nothing but the database: what waits shares one write to disk.

        Each is undone by itself when it fails, and none is told to be done before all that share are on the disk.
        """
        loop = asyncio.get_running_loop()
        call = _Call(partial(usecase, self._deps, **arguments), loop.create_future())
        self._waiting.append(call)
        if self._pump is None or self._pump.done():
            self._pump = loop.create_task(self._serve())
        result: Result = await call.future
        return result

    async def commit_together(self, usecase: Callable[..., Result], /, **arguments: object) -> Result:
        """Both: an update's effect that shares its write to disk."""
        result = await self.run_together(usecase, **arguments)
        effect_is_committed()
        return result

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            calls = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
            try:
                outcomes = await loop.run_in_executor(self._quick, self._do, [call.do for call in calls])
            except Exception as error:  # noqa: BLE001 - whatever it is, it goes to who waits
                outcomes = [_Outcome(error=error)] * len(calls)
            for call, outcome in zip(calls, outcomes, strict=True):
                outcome.tell(call.future)

    def _do(self, calls: list[Callable[[], Any]]) -> list[_Outcome]:
        """In the worker thread. Raises when nothing of any of them was kept."""
        if len(calls) == 1:
            return [_tried(calls[0])]
        with self._deps.storage.together():
            return [_tried(call) for call in calls]

    def now(self) -> datetime:
        """The present moment by the clock of the use cases, aware UTC."""
        return self._deps.now()

    def close(self) -> None:
        """Wait for what is running and stop."""
        self._pool.shutdown(wait=True)
        self._quick.shutdown(wait=True)


def _tried(call: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(call())
    except StopIteration as error:  # a future cannot hold it, and then nobody who waits would hear anything
        return _Outcome(error=RuntimeError(repr(error)))
    except Exception as error:  # noqa: BLE001 - a refusal of one must not undo what the others do
        return _Outcome(error=error)


def effect_is_committed() -> None:
    """Tell whoever waits that nothing of this update can be lost any more."""
    event = committed.get()
    if event is not None:
        event.set()
