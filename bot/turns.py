"""Waiting for somebody's turn, where several processes answer the same people."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Final, TypeAlias

from storage.errors import Unavailable
from storage.turns import Turns

LOOK_SECONDS: Final = 0.02
LONGEST_SECONDS: Final = 10.0
"""Then somebody is answered all the same: a process that hangs may not silence them. What is kept stays right
without a turn, for a unit of work has the database to itself; only the order of two answers is not certain then."""
Turn: TypeAlias = Callable[[int], AbstractAsyncContextManager[None]]


def turn_of(turns: Turns) -> Turn | None:
    """How to take somebody's turn; None where this process is the only one, and its own lanes keep the order."""
    if not turns.are_shared:
        return None

    @asynccontextmanager
    async def turn(person: int) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_SECONDS
        # Another process gives it back, and cannot wake us.
        while not await asyncio.to_thread(turns.take, person) and loop.time() < until:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)
        try:
            yield
        finally:
            with suppress(Unavailable):  # then the connection is gone, and every turn with it
                await asyncio.to_thread(turns.give_back, person)

    return turn
