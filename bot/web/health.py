"""Health and figures for monitoring, without a word about a person.

`/health/live`: this process answers. `/health/ready`: 200, or 503 with the names of what fails. `/metrics`: figures.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.usecases.see_health import Health
from bot.vitals import Vitals

LONGEST_CLOCK: Final = 120.0
"""Seconds without a tick. Ticks come every 15 or 30 seconds."""
FRESH: Final = 2.0
"""Seconds that a look counts: who asks more often gets the same answer, and costs nothing."""
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class Doctor:
    """Looks at this process, one look at a time.

    Args:
        look: Looks at what it needs; it may take seconds, and runs in a thread.
        vitals: What the process counted.
    """

    def __init__(self, look: Callable[[], Health], vitals: Vitals) -> None:
        self._look = look
        self._vitals = vitals
        self._one = asyncio.Lock()
        self._seen = Health(())
        self._seen_at = -FRESH

    async def examine(self) -> Health:
        """How it is now, the clock included."""
        async with self._one:
            if time.monotonic() - self._seen_at >= FRESH:
                self._seen = await asyncio.to_thread(self._look)
                self._seen_at = time.monotonic()
        clock = ("clock",) if self._vitals.clock_lag() > LONGEST_CLOCK else ()
        found = Health((*self._seen.failing, *clock), outbox=self._seen.outbox, rounds=self._seen.rounds)
        self._vitals.looked(ready=not found.failing, outbox=found.outbox, rounds=found.rounds)
        return found

    async def live(self, _request: Request) -> Response:
        """200: the event loop of this process turns."""
        return JSONResponse({"alive": True})

    async def ready(self, _request: Request) -> Response:
        """200 when nothing fails, 503 otherwise."""
        found = await self.examine()
        told = {
            "ready": not found.failing,
            "failing": list(found.failing),
            "clock_lag_seconds": round(self._vitals.clock_lag(), 1),
            "outbox_lag_seconds": round(found.outbox, 1),
        }
        return JSONResponse(told, status_code=503 if found.failing else 200)

    async def metrics(self, _request: Request) -> Response:
        """The figures, with those of a look now."""
        await self.examine()
        return Response(self._vitals.page(), media_type=METRICS_TYPE)

    def health_routes(self) -> list[Route]:
        """What a proxy or an orchestrator may ask: it holds no figures of use."""
        return [Route("/health/live", self.live), Route("/health/ready", self.ready)]


def build_health_app(doctor: Doctor) -> Starlette:
    """Everything, for an address that only monitoring can reach."""
    return Starlette(routes=[*doctor.health_routes(), Route("/metrics", doctor.metrics)])
