"""The ticker: the only file that knows APScheduler, and all it is used for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler


class Ticker:
    """Calls ``tick`` every so many seconds of real time.

    A tick that is late or overlaps is harmless: the database says what is due. So there is no grace limit, missed
    ticks are one tick, and one tick runs at a time.
    """

    def __init__(self, tick: Callable[[], Awaitable[object]], *, seconds: float) -> None:
        self._scheduler = AsyncIOScheduler(
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}, timezone="UTC"
        )
        self._tick = tick
        self._scheduler.add_job(self._once, "interval", seconds=seconds)

    def start(self) -> None:
        """Begin to tick, in the running event loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Tick no more; a tick that runs is cut short, and what it did not do is due at the next start."""
        self._scheduler.shutdown(wait=False)

    async def _once(self) -> None:
        """One tick; the scheduler would report one that is cut short as an error."""
        with contextlib.suppress(asyncio.CancelledError):
            await self._tick()
