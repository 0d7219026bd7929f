"""The line between bot and sandbox: every call is written down, and some go wrong as Telegram's do."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import httpx

from tests.faults.virtual import VirtualLoop

SENDS = frozenset({"sendMessage", "sendPhoto", "sendDocument"})
LATENCY = 0.08
"""Seconds from call to answer, about what Telegram takes."""
READ_TIMEOUT = 5.0


@dataclass(slots=True)
class Call:
    """One call that sends something: when it began, when it was answered, and how."""

    chat_id: int
    begun: float
    answered: float = 0.0
    outcome: str = ""
    """ok, 429, 5xx, timeout (it did arrive), 403, 400."""
    pause: float = 0.0


@dataclass(slots=True)
class Trouble:
    """Shares of the sends that go wrong."""

    too_many: float = 0.0
    broken: float = 0.0
    delivered_but_silent: float = 0.0
    longest_pause: int = 35


@dataclass(slots=True)
class Wire(httpx.AsyncBaseTransport):
    """Carries calls to a sandbox in the same loop.

    A 429 counts for the whole bot, as Telegram's flood control does: until the pause is over every send is refused.
    """

    app: object
    loop: VirtualLoop
    chance: random.Random
    trouble: Trouble = field(default_factory=Trouble)
    calls: list[Call] = field(default_factory=list)
    paused_until: float = 0.0
    _inner: httpx.ASGITransport = field(init=False)

    def __post_init__(self) -> None:
        self._inner = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.rsplit("/", 1)[-1] not in SENDS:
            return await self._inner.handle_async_request(request)
        call = Call(chat_of(await request.aread()), self.loop.time())
        self.calls.append(call)
        await asyncio.sleep(LATENCY / 2)
        answer = await self._answer(request, call)
        await asyncio.sleep(LATENCY / 2)
        call.answered = self.loop.time()
        return answer

    async def _answer(self, request: httpx.Request, call: Call) -> httpx.Response:
        now, dice, trouble = self.loop.time(), self.chance.random(), self.trouble
        if now < self.paused_until or dice < trouble.too_many:
            if now >= self.paused_until:
                self.paused_until = now + self.chance.randint(1, trouble.longest_pause)
            call.outcome, call.pause = "429", self.paused_until - now
            whole = max(1, round(call.pause + 0.5))
            self.paused_until = now + whole
            call.pause = whole
            return refusal(429, f"Too Many Requests: retry after {whole}", retry_after=whole)
        if dice < trouble.too_many + trouble.broken:
            call.outcome = "5xx"
            return refusal(502, "Bad Gateway")
        response = await self._inner.handle_async_request(request)
        if dice < trouble.too_many + trouble.broken + trouble.delivered_but_silent:
            call.outcome = "timeout"
            await asyncio.sleep(READ_TIMEOUT)
            call.answered = self.loop.time()
            raise httpx.ReadTimeout("no answer", request=request)
        call.outcome = "ok" if response.status_code == httpx.codes.OK else str(response.status_code)
        return response

    def count(self, outcome: str) -> int:
        """How many calls ended like this."""
        return sum(call.outcome == outcome for call in self.calls)


def refusal(code: int, description: str, **parameters: int) -> httpx.Response:
    """Telegram's answer to a call that it does not take."""
    return httpx.Response(
        code, json={"ok": False, "error_code": code, "description": description, "parameters": parameters}
    )


def chat_of(body: bytes) -> int:
    """The chat that a call is about, from its form or its parts."""
    if body.startswith(b"--"):
        after = body.split(b'name="chat_id"', 1)[1]
        return int(after.split(b"\r\n\r\n", 1)[1].split(b"\r\n", 1)[0])
    if body.startswith(b"{"):
        return int(json.loads(body)["chat_id"])
    return int(parse_qs(body.decode())["chat_id"][0])


def most_in_a_second(calls: Iterable[Call]) -> int:
    """The most calls that began within one second of each other."""
    moments = sorted(call.begun for call in calls)
    most = first = 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= 1.0 - 1e-9:
            first += 1
        most = max(most, last - first + 1)
    return most


def too_soon_for_a_chat(calls: Iterable[Call]) -> int:
    """How many calls began within a second after another one to the same chat."""
    latest: dict[int, float] = {}
    soon = 0
    for call in sorted(calls, key=lambda each: each.begun):
        soon += call.begun - latest.get(call.chat_id, -9.0) < 1.0 - 1e-9
        latest[call.chat_id] = call.begun
    return soon


def inside_a_pause(calls: list[Call]) -> int:
    """How many calls began while a pause that was already told had not passed."""
    pauses = sorted(
        (call.answered, call.answered - LATENCY / 2 + call.pause) for call in calls if call.outcome == "429"
    )
    return sum(any(told <= call.begun < over - LATENCY / 2 for told, over in pauses) for call in calls)


def copies(chats: Iterable[int]) -> Counter[int]:
    """How often each chat occurs."""
    return Counter(chats)
