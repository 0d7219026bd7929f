"""getUpdates and webhooks: nothing is lost before it is confirmed, one receiver at a time."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from telegram.error import Conflict

from tests.sandbox.conftest import ANNA, BRAM

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox


async def test_updates_stay_until_an_offset_confirms_them(sandbox: Sandbox) -> None:
    """The same updates come again until the next offset; a limit hands over the oldest first."""
    for text in ("een", "twee", "drie"):
        await sandbox.phone(ANNA, "send", text=text)
    first = await sandbox.bot.get_updates(timeout=5)
    again = await sandbox.bot.get_updates(timeout=5)
    assert [update.update_id for update in first] == [update.update_id for update in again]
    assert (await sandbox.http.get("/updates/pending")).json() == {"count": 3}
    (rest,) = await sandbox.bot.get_updates(offset=first[0].update_id + 1, limit=1, timeout=5)
    assert rest.message is not None
    assert rest.message.text == "twee"
    (last,) = await sandbox.bot.get_updates(offset=-1, timeout=5)
    assert last.update_id == first[2].update_id
    assert await sandbox.bot.get_updates(offset=last.update_id + 1, timeout=0) == ()


async def test_a_long_poll_wakes_up_for_an_update(sandbox: Sandbox) -> None:
    """A poll that waits gets the update as soon as somebody writes."""
    poll = asyncio.create_task(sandbox.bot.get_updates(timeout=30))
    await sandbox.until(lambda: sandbox.state.updates.poller == 1)
    await sandbox.phone(ANNA, "send", text="Hoi")
    (update,) = await poll
    assert update.message is not None
    assert update.message.date == sandbox.state.clock.now().replace(microsecond=0)


async def test_a_second_poller_ends_the_first(sandbox: Sandbox) -> None:
    """Two bots on one token: the earlier poll gets 409, the later one gets the updates."""
    first = asyncio.create_task(sandbox.raw("getUpdates", timeout=30))
    await sandbox.until(lambda: sandbox.state.updates.poller == 1)
    second = asyncio.create_task(sandbox.raw("getUpdates", timeout=30))
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    await sandbox.phone(ANNA, "send", text="Hoi")
    assert len((await second)["result"]) == 1


async def test_allowed_updates_are_remembered(sandbox: Sandbox) -> None:
    """Kinds the bot did not ask for are not queued; an empty list brings the default back."""
    await sandbox.raw("getUpdates", allowed_updates=["callback_query"], timeout=0)
    await sandbox.phone(ANNA, "send", text="onhoorbaar")
    await sandbox.raw("getUpdates", timeout=0)
    await sandbox.phone(ANNA, "send", text="nog steeds onhoorbaar")
    assert (await sandbox.raw("getUpdates", allowed_updates=[], timeout=0))["result"] == []
    await sandbox.phone(ANNA, "send", text="hoorbaar")
    assert len((await sandbox.raw("getUpdates", timeout=0))["result"]) == 1


async def test_a_lost_confirmation_delivers_again(sandbox: Sandbox) -> None:
    """Redelivery brings the same update three times, however it is confirmed."""
    await sandbox.http.post("/faults", json={"kind": "redeliver", "times": 3})
    await sandbox.phone(ANNA, "send", text="Hoi")
    seen = []
    offset = None
    for _ in range(4):
        updates = await sandbox.bot.get_updates(offset=offset, timeout=0)
        seen += [update.update_id for update in updates]
        offset = seen[-1] + 1
    assert seen == [seen[0]] * 3


async def test_update_ids_survive_the_death_of_a_bot(sandbox: Sandbox) -> None:
    """A bot that broke off its poll finds the update when it comes back."""
    poll = asyncio.create_task(sandbox.bot.get_updates(timeout=30))
    await sandbox.until(lambda: sandbox.state.updates.poller == 1)
    poll.cancel()
    await sandbox.phone(ANNA, "send", text="Ben je er nog?")
    (update,) = await sandbox.bot.get_updates(timeout=5)
    assert update.message is not None
    assert update.message.text == "Ben je er nog?"


class Receiver:
    """A tiny web server that plays the bot's webhook; refuses as often as it is told."""

    def __init__(self, refuse: int = 0) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        self.refuse = refuse
        self.arrived = asyncio.Event()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
        body = json.loads(await reader.readexactly(int(headers["content-length"])))
        refused = self.refuse > 0
        if refused:
            self.refuse -= 1
        else:
            self.received.append((headers.get("x-telegram-bot-api-secret-token", ""), body))
            self.arrived.set()
        status = b"503 Service Unavailable" if refused else b"200 OK"
        writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


@pytest.fixture
async def receiver() -> Any:
    receiver = Receiver(refuse=1)
    server = await asyncio.start_server(receiver, "127.0.0.1", 0)
    receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
    async with server:
        yield receiver


async def test_a_webhook_gets_updates_with_its_secret(sandbox: Sandbox, receiver: Any) -> None:
    """Updates go to the address with the secret header, again after a refusal, and are then forgotten."""
    assert await sandbox.bot.set_webhook(receiver.url, secret_token="geheim_1")
    await sandbox.phone(ANNA, "send", text="Hoi")
    await sandbox.until(lambda: not sandbox.state.updates.pending)
    ((secret, update),) = receiver.received
    assert secret == "geheim_1"
    assert update["message"]["text"] == "Hoi"
    info = await sandbox.bot.get_webhook_info()
    assert info.url == receiver.url
    assert info.pending_update_count == 0
    assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"


async def test_a_webhook_shuts_out_polling(sandbox: Sandbox, receiver: Any) -> None:
    """While a webhook is set getUpdates is a conflict, also for a poll that was waiting; deleting it helps."""
    poll = asyncio.create_task(sandbox.raw("getUpdates", timeout=30))
    await sandbox.until(lambda: sandbox.state.updates.poller == 1)
    await sandbox.bot.set_webhook(receiver.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await sandbox.bot.get_updates()
    await sandbox.bot.delete_webhook()
    assert await sandbox.bot.get_updates(timeout=0) == ()


async def test_webhooks_stay_on_this_machine(sandbox: Sandbox) -> None:
    """Other machines, odd addresses and odd secrets are refused."""
    for parameters, refusal in (
        ({"url": "https://example.org/hook"}, "bad webhook: the sandbox delivers to this machine only"),
        ({"url": "ftp://127.0.0.1"}, "invalid webhook URL specified"),
        ({"url": "http://127.0.0.1:9/", "secret_token": "met spatie"}, "secret token contains unallowed characters"),
        ({"url": "http://127.0.0.1:9/", "secret_token": "a" * 257}, "secret token is too long"),
    ):
        assert await sandbox.refused("setWebhook", **parameters) == f"400 Bad Request: {refusal}"


async def test_pending_updates_can_be_dropped(sandbox: Sandbox) -> None:
    """drop_pending_updates forgets what waits."""
    await sandbox.phone(ANNA, "send", text="weg")
    await sandbox.phone(BRAM, "send", text="weg")
    await sandbox.bot.delete_webhook(drop_pending_updates=True)
    assert (await sandbox.http.get("/updates/pending")).json() == {"count": 0}
