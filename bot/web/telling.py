"""Telling how a process is doing, at an address of its own: only who asked for that waits for a web server."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable

from bot.usecases.see_health import Health
from bot.vitals import Vitals


@contextlib.asynccontextmanager
async def telling(look: Callable[[], Health], vitals: Vitals, *, at: tuple[str, int] | None) -> AsyncIterator[None]:
    """Health and figures at this host and port within the block; nowhere when it is None.

    Raises OSError when the port is taken.
    """
    if at is None:
        yield
        return
    from bot.web.health import Doctor, build_health_app
    from bot.web.server import listening

    async with listening(build_health_app(Doctor(look, vitals)), host=at[0], port=at[1]):
        yield
