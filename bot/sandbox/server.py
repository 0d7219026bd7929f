"""The sandbox as a web server: Bot API, phones, clock and page on one loopback port."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock_api import ClockApi
from bot.sandbox.colleagues import Colleagues
from bot.sandbox.delivery import WebhookDelivery
from bot.sandbox.errors import ApiError
from bot.sandbox.fault_api import FaultApi
from bot.sandbox.group_api import GroupApi
from bot.sandbox.phone_api import PhoneApi, refusal
from bot.serving import EmbeddedServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from bot.sandbox.state import SandboxState

PAGE = Path(__file__).parent / "page"
PAGE_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'"
LOOPBACK_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def build_app(state: SandboxState) -> Starlette:
    """The web application over one sandbox."""
    bot_api = BotApi(state)
    routes = [
        Route("/", _page, methods=["GET"]),
        Route("/bot{token}/{method}", bot_api.call, methods=["GET", "POST"]),
        Route("/file/bot{token}/{path:path}", bot_api.download, methods=["GET"]),
        *PhoneApi(state).routes(),
        *GroupApi(state).routes(),
        *ClockApi(state).routes(),
        *FaultApi(state).routes(),
        Mount("/page", StaticFiles(directory=PAGE)),
    ]
    only_here = Middleware(TrustedHostMiddleware, allowed_hosts=LOOPBACK_HOSTS)
    return Starlette(routes=routes, middleware=[only_here], exception_handlers={ApiError: refusal})


class SandboxServer:
    """A sandbox that listens on this machine. Made by `create_server`.

    Args:
        state: what it serves.
        host: a loopback address.
        port: 0 takes a free one.
        hurry: factor on the thinking time of simulated colleagues.
        seed: makes their choices repeatable.
    """

    def __init__(self, state: SandboxState, *, host: str, port: int, hurry: float, seed: int) -> None:
        if host not in {"127.0.0.1", "localhost", "::1"}:
            raise ValueError(f"the sandbox listens on this machine only, not on {host}")
        self.state = state
        state.hurry = hurry
        family = socket.AF_INET6 if host == "::1" else socket.AF_INET
        # Naming TCP makes asyncio switch Nagle's algorithm off, which would cost 40 ms a call.
        self._socket = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((host, port))
        except OSError:
            self._socket.close()
            raise
        self._host = f"[{host}]" if host == "::1" else host
        self._colleagues = Colleagues(state, hurry=hurry, seed=seed)
        self._delivery = WebhookDelivery(state)
        config = uvicorn.Config(
            build_app(state), log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=2, ws="none"
        )
        self._uvicorn = EmbeddedServer(config)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def url(self) -> str:
        """Address of the page, and what `TELEGRAM_API_URL` is set to; no slash at the end."""
        return f"http://{self._host}:{self._socket.getsockname()[1]}"

    async def start(self) -> None:
        """Begin to answer; returns as soon as calls get through."""
        serving = await self._uvicorn.begin(self._socket)
        self._tasks = [
            serving,
            asyncio.create_task(self._delivery.run()),
            asyncio.create_task(self._colleagues.run()),
        ]
        if serving.done():
            serving.result()

    async def serve(self) -> None:
        """Answer until `stop()` is called from elsewhere, or this is cancelled."""
        await self.start()
        try:
            await asyncio.shield(self._tasks[0])
        finally:
            await self.stop()

    async def stop(self) -> None:
        """End every wait, close the port and the background work. May be called twice."""
        self.state.changes.close()
        self._uvicorn.end()
        tasks, self._tasks = self._tasks, []
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._socket.close()

    @contextlib.contextmanager
    def in_thread(self) -> Iterator[SandboxServer]:
        """Run in a thread with an event loop of its own; for tests, which then talk HTTP to `.url`."""
        loop = asyncio.new_event_loop()
        ready = threading.Event()

        async def run() -> None:
            await self.start()
            ready.set()
            await asyncio.shield(self._tasks[0])

        def work() -> None:
            with contextlib.suppress(asyncio.CancelledError):
                loop.run_until_complete(run())

        thread = threading.Thread(target=work, name="sandbox", daemon=True)
        thread.start()
        ready.wait()
        try:
            yield self
        finally:
            asyncio.run_coroutine_threadsafe(self.stop(), loop)
            thread.join()
            loop.close()


async def _page(request: Request) -> Response:  # noqa: ARG001 - one shape for all
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": PAGE_POLICY}
    return FileResponse(PAGE / "index.html", headers=headers)
