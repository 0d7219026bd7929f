"""The ticker: the only file that knows APScheduler, and all it is used for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls ``tick`` every so many seconds of real time.

    A tick that is late or overlaps is harmless: the database says what is due. So there is no grace limit, missed
    ticks are one tick, and one tick runs at a time. The scheduler waits for a moment on the wall clock; when somebody
    sets that back, the next tick comes at once instead of when the clock is there again.
    """

    def __init__(self, tick: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )
        self._tick = tick
        self._every = timedelta(seconds=seconds)
        self._job = self._scheduler.add_job(self._once, "interval", seconds=seconds)
        self._looking: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.start()
        self._look()

    def stop(self) -> None:
        """Tick no more; a tick that runs is cut short, and what it did not do is due at the next start."""
        if self._looking is not None:
            self._looking.cancel()
        self._scheduler.shutdown(wait=False)

    def _look(self) -> None:
        """Bring a tick back that is further away than one interval; the event loop's own clock only goes forward."""
        now = datetime.now(UTC)
        if self._job.next_run_time > now + self._every:
            self._job.modify(next_run_time=now)
        self._looking = asyncio.get_running_loop().call_later(self._every.total_seconds(), self._look)

    async def _once(self) -> None:
        """One tick; the scheduler would report one that is cut short as an error."""
        with contextlib.suppress(asyncio.CancelledError):
            await self._tick()
