"""Serves a web application inside the event loop of the house, and finishes what is under way when it stops."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Final

import uvicorn
from starlette.applications import Starlette

FINISHING_SECONDS: Final = 5
"""Real seconds that requests under way get when the house stops; then their connection is closed."""


class _HouseServer(uvicorn.Server):
    """A server that leaves signals to the house, and tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def listening(app: Starlette, *, host: str, port: int) -> AsyncIterator[asyncio.Task[None]]:
    """Answer on this address within the block; gives the task that serves. Raises OSError when the port is taken."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=FINISHING_SECONDS,
    )
    server = _HouseServer(config)
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        serving = asyncio.create_task(server.serve(sockets=[door]))
        up = asyncio.create_task(server.up.wait())
        await asyncio.wait({up, serving}, return_when=asyncio.FIRST_COMPLETED)
        try:
            yield serving
        finally:
            up.cancel()
            server.should_exit = True
            await serving
