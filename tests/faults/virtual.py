"""Time that is only counted: an event loop that jumps to its next timer instead of waiting for it."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.sandbox.clock import SandboxClock

Result = TypeVar("Result")


class _Jumping(selectors.EpollSelector):
    """Never waits: what the loop would wait is added to its time."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None):
        events = super().select(0)
        if not events:
            if timeout is None:
                raise RuntimeError("nothing will ever happen any more in this loop")
            self.loop.moment += max(timeout, 0.0)
        return events


class VirtualLoop(asyncio.SelectorEventLoop):
    """Hours pass in no time; what would go to a thread is done on the spot, so that every run is the same."""

    def __init__(self) -> None:
        self.moment = 0.0
        selector = _Jumping()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        return self.moment

    def run_in_executor(self, executor: Any, func: Callable[..., Any], *args: Any):
        done = self.create_future()
        try:
            done.set_result(func(*args))
        except Exception as error:
            done.set_exception(error)
        return done


class VirtualClock(SandboxClock):
    """The sandbox's and the bot's clock: the loop's time, from an offset that a test may change."""

    def __init__(self, start_at: datetime, loop: VirtualLoop) -> None:
        self._loop = loop
        super().__init__(start_at)
        self._since = loop.time()

    def now(self) -> datetime:
        since = getattr(self, "_since", self._loop.time())
        return self._moment + timedelta(seconds=self._loop.time() - since)

    def set(self, moment: datetime) -> None:
        """Step to any moment, also an earlier one."""
        self._moment, self._since = moment, self._loop.time()


def run_virtually(story: Callable[[VirtualLoop], Coroutine[Any, Any, Result]]) -> Result:
    """Run a story in virtual time."""
    loop = VirtualLoop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(story(loop))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        asyncio.set_event_loop(None)
        loop.close()
