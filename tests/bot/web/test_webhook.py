"""The webhook: who may come in, what is refused and how, and 200 only after the effect."""

from __future__ import annotations

import asyncio
import hmac
import socket
from types import SimpleNamespace

import httpx
import pytest

from bot.web import webhook as room
from bot.web.server import listening
from bot.web.webhook import LARGEST_BODY, SECRET_HEADER, Webhook, build_app
from tests.support.logs import logs

SECRET = "geheim-geheim-geheim-geheim-geheim"
JSON = {"Content-Type": "application/json"}
KNOWN = {SECRET_HEADER: SECRET, **JSON}
UPDATE = b'{"update_id": 7, "message": {"text": "Kees kwam weer niet"}}'


class Intake:
    """Takes updates as a test says, and remembers them when they are done."""

    def __init__(self):
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.go_on.set()
        self.done = []

    async def receive(self, update):
        self.begun.set()
        await self.go_on.wait()
        self.done.append(update["update_id"])


@pytest.fixture
def intake():
    return Intake()


@pytest.fixture
def app(intake):
    return build_app(Webhook(secret=SECRET, take=intake.receive), path="/in")


@pytest.fixture
async def client(app):
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as talking:
        yield talking


@pytest.fixture
def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Pieces:
    """A body in pieces of 64 kB, without its length, that tells how many were read."""

    def __init__(self, size):
        self.size, self.read = size, 0

    async def __aiter__(self):
        for _ in range(self.size // 65_536):
            self.read += 1
            yield b" " * 65_536


@pytest.mark.parametrize("secret", [None, "", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), "é"])
async def test_without_the_secret_nothing_is_read(client, intake, secret):
    """403, also with a body that would be refused for something else."""
    headers = JSON if secret is None else {**JSON, SECRET_HEADER: secret.encode("latin-1")}
    body = Pieces(20_000_000)
    assert (await client.post("/in", content=UPDATE, headers=headers)).status_code == 403
    assert (await client.post("/in", content=body, headers=headers)).status_code == 403
    assert body.read == 0
    assert intake.done == []


async def test_the_secret_is_compared_in_constant_time(client, monkeypatch):
    """By the function that is made for it."""
    compared = []

    def compare(given, known):
        compared.append((given, known))
        return hmac.compare_digest(given, known)

    monkeypatch.setattr(room, "hmac", SimpleNamespace(compare_digest=compare))
    await client.post("/in", content=UPDATE, headers={**JSON, SECRET_HEADER: "x"})
    assert compared == [(b"x", SECRET.encode())]


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_refused(client, intake, method):
    """405, also with the secret."""
    assert (await client.request(method, "/in", headers=KNOWN)).status_code == 405
    assert intake.done == []


@pytest.mark.parametrize("path", ["/", "/in/", "/IN", "/in/x", "/health", "/bot123/getUpdates", "//in"])
async def test_other_paths_are_not_there(client, intake, path):
    """404, and no address is given away by a redirect."""
    assert (await client.post(f"http://bot{path}", content=UPDATE, headers=KNOWN)).status_code == 404
    assert intake.done == []


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
async def test_what_says_it_is_no_json_is_refused(client, intake, kind):
    """415."""
    assert (await client.post("/in", content=UPDATE, headers={**KNOWN, "Content-Type": kind})).status_code == 415
    assert intake.done == []


async def test_a_large_body_is_refused(client, intake):
    """413, by what it says of itself before anything is read, and otherwise as soon as it is too much."""
    said = await client.post("/in", content=b" " * (LARGEST_BODY + 1), headers=KNOWN)
    body = Pieces(20_000_000)
    unsaid = await client.post("/in", content=body, headers=KNOWN)
    lied = Pieces(20_000_000)
    small = await client.post("/in", content=lied, headers={**KNOWN, "Content-Length": "10"})
    huge = await client.post("/in", content=UPDATE, headers={**KNOWN, "Content-Length": "9" * 5000})
    assert [each.status_code for each in (said, unsaid, small, huge)] == [413] * 4
    assert body.read == lied.read == LARGEST_BODY // 65_536 + 1
    assert intake.done == []


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"7", b"{}", b'{"update_id": "7"}', b'{"update_id": true}', b'{"update_id": null}',
        b'{"update_id": 7.0}', b"\xff\xfe", b"[" * 200_000, b'{"update_id": ' + b"9" * 5000 + b"}",
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_refused(client, intake, body):
    """400: no JSON, or nothing with a number."""
    assert (await client.post("/in", content=body, headers=KNOWN)).status_code == 400
    assert intake.done == []


async def test_a_length_that_is_no_number_is_refused(client):
    """400, though most servers turn it away before."""
    assert (await client.post("/in", content=UPDATE, headers={**KNOWN, "Content-Length": "-1"})).status_code == 400


async def test_200_comes_after_the_effect(client, intake):
    """While it is being handled there is no answer; Telegram would forget it."""
    intake.go_on.clear()
    asking = asyncio.create_task(
        client.post("/in", content=UPDATE, headers={**KNOWN, "Content-Type": "Application/JSON; charset=utf-8"})
    )
    await intake.begun.wait()
    for _ in range(10):
        await asyncio.sleep(0)
    assert not asking.done()
    intake.go_on.set()
    assert (await asking).status_code == 200
    assert intake.done == [7]


async def test_stopping_finishes_what_is_under_way(app, intake, free_port):
    """Over a real port: a request that came before the stop gets its 200."""
    intake.go_on.clear()
    async with httpx.AsyncClient(trust_env=False) as client:
        async with listening(app, host="127.0.0.1", port=free_port) as serving:
            asking = asyncio.create_task(client.post(f"http://127.0.0.1:{free_port}/in", content=UPDATE, headers=KNOWN))
            await intake.begun.wait()
            asyncio.get_running_loop().call_later(0.2, intake.go_on.set)
        assert serving.done()
        assert (await asking).status_code == 200
    assert intake.done == [7]


async def test_nothing_of_a_request_is_logged(client):
    """No text, no secret, no address, however it ends."""
    with logs() as printed:
        for headers in (KNOWN, JSON, {**KNOWN, "Content-Type": "x"}):
            for body in (UPDATE, b"{Kees"):
                await client.post("/in", content=body, headers=headers)
        text = printed()
    assert "Kees" not in text
    assert SECRET not in text
