"""Serves a web application inside the event loop of the house, and finishes what is under way when it stops."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Final

import uvicorn
from starlette.applications import Starlette

from bot.serving import EmbeddedServer

FINISHING_SECONDS: Final = 5
"""Real seconds that requests under way get when the house stops; then their connection is closed."""


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
    server = EmbeddedServer(config)
    with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as door:
        serving = await server.begin(door)
        try:
            yield serving
        finally:
            server.end()
            await serving
