"""The transport keeps python-telegram-bot's promises: its errors, its files, and no token in a word of it."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.chat import transport
from bot.chat.transport import AiohttpRequest, proxy_for

TOKEN = "1000001:geheim-geheim"
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "b"}


@contextlib.asynccontextmanager
async def bot_at(*answers: tuple[int, dict] | bytes | None):
    """A bot whose server gives these answers in turn, and the requests that came.

    None: it stays silent. Bytes: that, word for word; after "Connection: close" it hangs up.
    """
    came: list[bytes] = []
    left = list(answers)
    silent = asyncio.Event()

    async def talk(reader, writer):
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                came.append(head + await reader.readexactly(length))
                answer = left.pop(0)
                if answer is None:
                    await silent.wait()
                    break
                if isinstance(answer, bytes):
                    writer.write(answer)
                    if b"Connection: close" in answer:
                        break
                    continue
                body = json.dumps(answer[1]).encode()
                writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (answer[0], len(body)) + body)
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
    bot = Bot(
        TOKEN, base_url=url, request=AiohttpRequest(connections=2), get_updates_request=AiohttpRequest(connections=1)
    )
    for request in bot._request:
        await request.initialize()
    try:
        yield bot, came
    finally:
        silent.set()
        for request in bot._request:
            await request.shutdown()
        server.close()
        await server.wait_closed()


async def test_refusals_of_telegram_come_through_as_they_are():
    """What Telegram refuses, and for how long, reaches who called."""
    refused = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    slower = {"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 7}}
    async with bot_at((400, refused), (429, slower)) as (bot, _):
        with pytest.raises(BadRequest, match=r"(?i)chat not found"):
            await bot.send_message(5, "hoi")
        with pytest.raises(RetryAfter):
            await bot.send_message(5, "hoi")


async def test_a_silent_telegram_is_a_timeout():
    """A call that gets no answer ends by itself, as python-telegram-bot's own does."""
    async with bot_at(None) as (bot, _):
        with pytest.raises(TimedOut):
            await bot.answer_callback_query("1", read_timeout=0.01)


def whole(name: str, *, length: bool = True, status: str = "200 OK") -> bytes:
    """An answer to getMe, as it stands on the line."""
    body = json.dumps({"ok": True, "result": BOT | {"first_name": name}}).encode()
    return b"HTTP/1.1 %s\r\n%s\r\n" % (status.encode(), b"Content-Length: %d\r\n" % len(body) * length) + body


@pytest.mark.parametrize(
    "first",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n" + whole("een"),
        whole("een", length=False).replace(b" OK\r\n", b" OK\r\nConnection: close\r\n"),
        whole("een") + whole("ongevraagd", status="408 Request Timeout"),
        whole("een").replace(b" OK\r\n", b" OK\r\nConnection: close\r\n"),
    ],
    ids=["announced", "until the end of the line", "followed by what nobody asked", "the last on its line"],
)
async def test_every_call_gets_its_own_answer(first):
    """However a server or a proxy on the way gives it: never that of another call, and never half of it."""
    async with bot_at(first, whole("twee"), whole("drie")) as (bot, _):
        assert [(await bot.get_me()).first_name for _ in range(3)] == ["een", "twee", "drie"]


async def test_half_an_answer_is_no_answer():
    """The line is broken in the middle: that is told, and the next call is as good as new."""
    half = whole("een")[:-9].replace(b" OK\r\n", b" OK\r\nConnection: close\r\n")
    async with bot_at(half, whole("twee")) as (bot, _):
        with pytest.raises(NetworkError):
            await bot.get_me()
        assert (await bot.get_me()).first_name == "twee"


async def test_no_error_names_the_token():
    """Nobody listens: the error says so, without the address."""
    async with bot_at() as (bot, _):
        pass
    request = AiohttpRequest(connections=1)
    await request.initialize()
    with pytest.raises(NetworkError) as caught:
        await request.post(f"{bot.base_url}/getMe")
    await request.shutdown()
    assert "geheim" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_a_file_arrives_with_its_name_and_its_words():
    """A document goes as a form, with the text under it whole."""
    message = {"message_id": 3, "date": 0, "chat": {"id": 5, "type": "private"}}
    async with bot_at((200, {"ok": True, "result": message})) as (bot, came):
        await bot.send_document(5, InputFile(b"%PDF-inhoud", filename="maandbeeld.pdf"), caption="Één & twee")
    assert b'filename="maandbeeld.pdf"' in came[0]
    assert b"%PDF-inhoud" in came[0]
    assert "Één & twee".encode() in came[0]


async def test_a_proxy_gets_the_whole_address():
    """Without a tunnel a proxy has to read where a call goes, and who asks."""
    async with bot_at((200, {"ok": True, "result": BOT})) as (proxy, came):
        address = proxy.base_url.partition("/bot")[0].replace("http://", "http://ik:geheim@")
        request = AiohttpRequest(connections=1, proxy=address)
        await request.initialize()
        assert await request.post("http://bots.example/bot1/getMe") == BOT
        await request.shutdown()
    assert came[0].startswith(b"POST http://bots.example/bot1/getMe HTTP/1.1\r\nHost: bots.example\r\n")
    assert b"Proxy-Authorization: Basic " in came[0]


def test_a_proxy_of_the_environment_is_used_for_telegram_only_where_it_counts(monkeypatch):
    """HTTPS_PROXY for Telegram, nothing for what NO_PROXY names."""
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,bots.example")
    assert proxy_for("https://api.telegram.org") == "http://proxy.example:3128"
    assert proxy_for("https://bots.example:8443") is None
    assert proxy_for("http://127.0.0.1:8080") is None


def test_waiting_is_limited_also_while_writing():
    """Each part of a call has an end, unless who called wants none; a file has time to be written besides."""
    limits = transport._limits(read=5.0, write=20.0, connect=5.0, pool=1.0)
    assert (limits.connecting, limits.connected, limits.talking) == (5.0, 6.0, 25.0)
    assert transport._limits(read=None, write=5.0, connect=5.0, pool=1.0).talking is None
