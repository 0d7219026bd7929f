"""A sandbox per test, with a bot that talks to it through python-telegram-bot and phones that talk HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.sandbox import DEFAULT_TOKEN, SandboxUser, create_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.sandbox.server import SandboxServer
    from bot.sandbox.state import SandboxState

START = datetime(2026, 9, 1, 8, tzinfo=UTC)
LOOPBACK = {"verify": False, "trust_env": False}  # plain HTTP on this machine: reading certificates only takes time
ANNA, BRAM, STRANGER = 1001, 1002, 4711


@dataclass
class Sandbox:
    """A running sandbox with the two ways in."""

    server: SandboxServer
    bot: Bot
    http: httpx.AsyncClient

    @property
    def state(self) -> SandboxState:
        return self.server.state

    async def raw(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The Bot API's own answer to a JSON call."""
        answer = await self.http.post(f"/bot{DEFAULT_TOKEN}/{method}", json=parameters)
        body = answer.json()
        assert answer.status_code == (200 if body["ok"] else body["error_code"])
        return body

    async def refused(self, method: str, **parameters: Any) -> str:
        """Code and description of a call that has to be refused."""
        body = await self.raw(method, **parameters)
        assert body["ok"] is False
        return f"{body['error_code']} {body['description']}"

    async def phone(self, user: int, act: str, **body: Any) -> dict[str, Any]:
        """Let somebody do something on a phone."""
        answer = await self.http.post(f"/phones/{user}/{act}", json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def start(self, *users: int) -> None:
        """Let people press Start, and let the bot take those updates off the queue."""
        for user in users:
            await self.phone(user, "send", text="/start")
        updates = await self.bot.get_updates(timeout=5)
        await self.confirm(updates[-1].update_id)

    async def confirm(self, update_id: int) -> None:
        """Confirm everything up to and including this update."""
        await self.raw("getUpdates", offset=update_id + 1, timeout=0)

    async def shown(self, user: int) -> list[dict[str, Any]]:
        """The messages on a phone."""
        return (await self.http.get(f"/phones/{user}/messages")).json()["messages"]

    async def until(self, ready: Any) -> None:
        """Wait for something to come true; fail after ten seconds."""
        assert await self.state.changes.wait_until(ready, seconds=10)


@pytest.fixture(autouse=True)
def _durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let python-telegram-bot tell `retry_after` as a timedelta; otherwise it warns at every 429."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def cast() -> tuple[SandboxUser, ...]:
    return (SandboxUser(ANNA, "Anna de Wit"), SandboxUser(BRAM, "Bram"))


@pytest.fixture
async def sandbox(cast: tuple[SandboxUser, ...]) -> AsyncIterator[Sandbox]:
    server = create_server(start_at=START, cast=cast, port=0, hurry=0, seed=7)
    await server.start()
    bot = Bot(
        DEFAULT_TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=HTTPXRequest(httpx_kwargs=LOOPBACK),
        get_updates_request=HTTPXRequest(httpx_kwargs=LOOPBACK),
    )
    async with bot, httpx.AsyncClient(base_url=server.url, timeout=30, **LOOPBACK) as http:
        yield Sandbox(server, bot, http)
    await server.stop()
