"""Starting and stopping the sandbox, alone and in a thread."""

from __future__ import annotations

import asyncio

import httpx

from bot.sandbox import DEFAULT_TOKEN, SandboxUser, create_server
from tests.sandbox.conftest import ANNA, LOOPBACK, START


def test_it_runs_in_a_thread() -> None:
    """A test without an event loop talks to it over HTTP; afterwards the port is free again."""
    server = create_server(start_at=START, cast=(SandboxUser(ANNA, "Anna"),), port=0)
    with server.in_thread(), httpx.Client(base_url=server.url, **LOOPBACK) as http:
        assert http.post(f"/phones/{ANNA}/send", json={"text": "/start"}).json() == {"message_id": 1}
        updates = http.get(f"/bot{DEFAULT_TOKEN}/getUpdates").json()["result"]
        assert updates[0]["message"]["text"] == "/start"
        port = httpx.URL(server.url).port
    again = create_server(start_at=START, port=port or 0)
    with again.in_thread():
        assert httpx.get(f"{again.url}/phones", **LOOPBACK).json()["phones"] == []


async def test_stopping_ends_a_waiting_poll() -> None:
    """A long poll and `serve` both come to an end when the sandbox stops."""
    server = create_server(start_at=START, port=0)
    serving = asyncio.create_task(server.serve())
    async with httpx.AsyncClient(base_url=server.url, timeout=30, **LOOPBACK) as http:
        poll = asyncio.create_task(http.get(f"/bot{DEFAULT_TOKEN}/getUpdates", params={"timeout": 50}))
        await server.state.changes.wait_until(lambda: server.state.updates.poller == 1, seconds=10)
        await server.stop()
        assert (await poll).json() == {"ok": True, "result": []}
    await serving
    await server.stop()
