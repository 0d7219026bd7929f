"""A web server that lives inside a program of ours: the house for its webhook, the sandbox for its phones."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn


class EmbeddedServer(uvicorn.Server):
    """A server that leaves signals to the program it is part of, and tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._up = asyncio.Event()
        self._ended = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open the doors, and tell who waits for it."""
        await super().startup(sockets)
        self._up.set()

    async def main_loop(self) -> None:
        """Serve until it is over. The time that answers tell is renewed once a second, and nothing else wakes this."""
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), timeout=1)

    def end(self) -> None:
        """Take no new calls, and finish those under way; the task of ``begin`` then ends."""
        self.should_exit = True
        self._ended.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them to the program around it."""
        yield

    async def begin(self, door: socket.socket) -> asyncio.Task[None]:
        """Serve on this socket; returns the task that does, as soon as calls get through or when it ended at once."""
        serving = asyncio.create_task(self.serve(sockets=[door]))
        up = asyncio.create_task(self._up.wait())
        await asyncio.wait({up, serving}, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        return serving
