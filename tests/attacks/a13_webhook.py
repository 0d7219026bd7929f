"""A13: updates that Telegram never sent, posted to the webhook in every way, between real ones that come through."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
from starlette.requests import Request
from telegram import Bot, Update

from bot.chat.intake import Intake
from bot.refused import SettingsInvalid
from bot.settings import load_settings
from bot.web.webhook import SECRET_HEADER, Webhook, build_app
from tests.attacks.outcome import Outcome
from tests.support.logs import logs
from tests.support.telegram import TOKEN, FakeTelegram, user

PATH: Final = "/in"
LARGE: Final = 20_000_000
PIECE: Final = bytes(65_536)
MOST_READ: Final = 2_000_000
"""Bytes of a body of 20 MB that may be read before it is refused."""
FORGED: Final = 10**9
"""Numbers of forged updates count up from here; those of real ones from 1."""
CROWD: Final = 50
"""Requests at the same time."""
WRITTEN: Final = "Kees kwam weer niet"


@dataclass(frozen=True, slots=True)
class Size:
    requests: int
    large: int
    """Bodies of 20 MB."""


LONG, SHORT = Size(10_000, 60), Size(400, 6)


@dataclass(slots=True)
class Seen:
    """What came of all requests."""

    sent: int = 0
    real: int = 0
    handled: list[int] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    most_read: int = 0

    @property
    def forged(self) -> int:
        return sum(number >= FORGED for number in self.handled)


class OpenWebhook(Webhook):
    """The control: it lets everybody in."""

    def _admit(self, request: Request) -> None:
        return


class Large:
    """A body of 20 MB in pieces, that counts what was read of it."""

    def __init__(self) -> None:
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for _ in range(LARGE // len(PIECE)):
            self.read += len(PIECE)
            yield PIECE


@dataclass(frozen=True, slots=True)
class Request13:
    """One request and the status it must get."""

    way: str
    expected: int
    method: str = "POST"
    path: str = PATH
    headers: dict[str, bytes] = field(default_factory=dict)
    body: bytes | Large = b""


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """So many requests at the webhook of the product, and fewer at one without a lock, which must let them in."""
    chance = random.Random(seed)
    secret = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz0123456789") for _ in range(40))
    with logs() as printed:
        seen = asyncio.run(attack(Webhook, secret, chance, size))
        control = asyncio.run(attack(OpenWebhook, secret, random.Random(seed), Size(200, 0)))
        told = printed()
    unlocked = [each for each in (None, "", "kort", "é" * 40) if starts(each)]
    codes = ", ".join(f"{number} keer {code}" for code, number in sorted(seen.statuses.items()))
    outcome = Outcome(
        f"{seen.sent} vervalste verzoeken tussen {seen.real} echte: {seen.forged} verwerkt, {len(seen.wrong)} keer een "
        f"verkeerd antwoord. Antwoorden: {codes}. Van 20 MB is hooguit {seen.most_read / 1e6:.1f} MB gelezen. "
        f"Zonder goed geheim gestart: {len(unlocked)} van 4. Controle: zonder slot zijn er {control.forged} verwerkt."
    )
    outcome.must(seen.forged == 0, f"{seen.forged} vervalste berichten verwerkt")
    outcome.must(not seen.wrong, f"verkeerd antwoord: {seen.wrong[:3]}")
    genuine = sorted(number for number in seen.handled if number < FORGED)
    outcome.must(genuine == list(range(1, seen.real + 1)), "niet elk echt bericht is precies één keer verwerkt")
    outcome.must(seen.real > 0, "er kwam geen echt bericht tussendoor")
    outcome.must(seen.most_read <= MOST_READ, f"{seen.most_read} bytes gelezen van een te grote tekst")
    outcome.must(not unlocked, f"start met geheim {unlocked}")
    outcome.must(starts(secret), "start ook met een goed geheim niet")
    outcome.must(control.forged > 0, "de tegenproef zonder slot verwerkte niets")
    outcome.must(secret not in told and WRITTEN not in told, "een geheim of een tekst staat in het logboek")
    return outcome


async def attack(kind: type[Webhook], secret: str, chance: random.Random, size: Size) -> Seen:
    """Forged and real requests through each other, many at a time, at the real intake."""
    seen = Seen()
    telegram = FakeTelegram()

    async def handle(update: Update) -> None:
        await asyncio.sleep(0)
        seen.handled.append(update.update_id)

    async def give_up(_update: Update, error: Exception) -> None:
        seen.wrong.append(type(error).__name__)

    intake = Intake(Bot(TOKEN, request=telegram, get_updates_request=telegram), handle=handle, give_up=give_up)
    app = build_app(kind(secret=secret, take=intake.receive), path=PATH)
    forge = Forger(secret, chance)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bot") as client:
        while seen.sent < size.requests:
            crowd = [forge(seen.sent + each) for each in range(min(CROWD, size.requests - seen.sent))]
            seen.sent += len(crowd)
            seen.real += 1
            crowd.append(Request13("echt", 200, headers=forge.known, body=update(seen.real)))
            await asyncio.gather(*(ask(client, each, seen) for each in crowd))
        for number in range(size.large):
            known = number % 2 == 0
            headers = forge.known if known else {**forge.known, SECRET_HEADER: b"x" * 40}
            await ask(client, Request13("20 MB", 413 if known else 403, headers=headers, body=Large()), seen)
            seen.sent += 1
    await intake.finish()
    return seen


async def ask(client: httpx.AsyncClient, each: Request13, seen: Seen) -> None:
    """Send one request and compare its status with what it must be."""
    answer = await client.request(each.method, each.path, headers=each.headers, content=each.body)
    seen.statuses[answer.status_code] += 1
    if answer.status_code != each.expected or answer.content not in {b"", b"Not Found", b"Method Not Allowed"}:
        seen.wrong.append(f"{each.way}: {answer.status_code} in plaats van {each.expected}")
    if isinstance(each.body, Large):
        seen.most_read = max(seen.most_read, each.body.read)


class Forger:
    """Makes requests that must not come through."""

    def __init__(self, secret: str, chance: random.Random) -> None:
        self._secret = secret
        self._chance = chance
        self.known = {SECRET_HEADER: secret.encode(), "Content-Type": b"application/json"}

    def __call__(self, number: int) -> Request13:
        body = update(FORGED + number)
        way = self._chance.randrange(10)
        if way < 5:
            return self._without_secret(body)
        if way == 5:
            path = self._chance.choice(("/", "/in/", "/in/x", "/IN", "/health", f"/bot{TOKEN}/getUpdates", "/in%2f"))
            return Request13("ander pad", 404, path=path, headers=self.known, body=body)
        if way == 6:
            method = self._chance.choice(("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"))
            return Request13("andere methode", 405, method=method, headers=self.known, body=body)
        if way == 7:
            kind = self._chance.choice((b"", b"text/plain", b"application/x-www-form-urlencoded", b"text/json"))
            return Request13("ander soort", 415, headers={**self.known, "Content-Type": kind}, body=body)
        if way == 8:
            return Request13("geen JSON", 400, headers=self.known, body=body[: self._chance.randrange(len(body))])
        odd = self._chance.choice((b"[]", b"{}", b"null", b"7", b'{"update_id": "7"}', b"\xff" * 9, b"[" * 20_000))
        return Request13("zonder nummer", 400, headers=self.known, body=odd)

    def _without_secret(self, body: bytes) -> Request13:
        """No secret, an empty one, a part of it, one sign wrong, in capitals, or whatever."""
        at = self._chance.randrange(len(self._secret))
        tried = self._chance.choice((
            None, b"", b"x", b"null", self._secret[:at].encode(), f"{self._secret}x".encode(),
            f"{self._secret[:at]}-{self._secret[at + 1 :]}".encode(), self._secret.upper().encode(), TOKEN.encode(),
            self._chance.randbytes(40).replace(b"\n", b"n").replace(b"\r", b"r").replace(b"\0", b"0"),
        ))  # fmt: skip
        headers = {"Content-Type": b"application/json"} | ({} if tried is None else {SECRET_HEADER: tried})
        return Request13("zonder geheim", 403, headers=headers, body=body)


def update(number: int) -> bytes:
    """An update that would be handled."""
    sender = 1 + number % 7
    message = {"message_id": 1, "date": 1, "chat": {"id": sender, "type": "private"}, "from": user(sender)}
    return json.dumps({"update_id": number, "message": {**message, "text": WRITTEN}}).encode()


def starts(secret: str | None) -> bool:
    """Whether the settings let a webhook begin with this secret."""
    try:
        load_settings(
            telegram_bot_token=TOKEN, webhook_url="https://voorbeeld.nl/in", webhook_secret=secret, dialogues_dir=None
        )
    except SettingsInvalid:
        return False
    return True
