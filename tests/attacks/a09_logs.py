"""A9: logs at their loudest, while everything that can fail fails with what somebody wrote in its message."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import logging
import pkgutil
import random
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, Final
from unittest.mock import patch

import bot.chat
from bot import logs as product_logs
from bot.chat.intake import Intake
from bot.usecases.release_round import release_due
from tests.attacks.outcome import Outcome
from tests.privacy.test_canaries import MARK, marked_library
from tests.support.house import ANNE, COORDINATOR, LEAD, open_house
from tests.support.logs import logs
from tests.support.telegram import TOKEN, Phone, no_sleep, phone_for

TYPED: Final = "De vader van Kanariepiet belde zaterdag"
CANARIES: Final = (MARK, "Kanariepiet", "zaterdag")
COMMANDS: Final = (
    "/start", "/help", "/privacy", "/ikhebeven", "/stop", "/logboek", "/vertrek", "/rustig", "/pauze", "/hervat",
    "/beheer", "/mijngegevens", "/wisantwoord", "/onbekend",
)  # fmt: skip
STEP: Final = re.compile(r"\b[dpat]\d\.[\w-]{10,}")
"""What a button carries: a round and an answer step."""


@dataclass(frozen=True, slots=True)
class Size:
    malformed: int
    doors: int
    """How many use cases are made to fail, one after the other."""


LONG, SHORT = Size(1000, 10), Size(60, 2)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """The product's logs, in both forms; then the logs of the libraries as they are, which must hold something."""
    told, tried, forced = [], 0, 0
    for form in ("json", "console"):
        with logs(level="DEBUG", form=form) as printed:
            (folder / form).mkdir()
            done = asyncio.run(everything_fails(folder / form, size, seed=seed))
            tried, forced = tried + done[0], forced + done[1]
            told.append(printed())
    text = "\n".join(told)
    with logs(level="DEBUG") as printed, unfiltered():
        (folder / "open").mkdir()
        asyncio.run(everything_fails(folder / "open", Size(20, 0), seed=seed))
        control = found_in(printed())
    found = found_in(text)
    outcome = Outcome(
        f"{forced} gedwongen fouten en {tried} kapotte updates op DEBUG, samen {len(text.splitlines())} regels. "
        f"{found['canary']} antwoorden of teksten, {found['token']} tokens, {found['chat']} chatnummers met een "
        f"antwoordstap. Controle: zonder filters {sum(control.values())} vondsten."
    )
    outcome.must(found["canary"] == 0, f"{found['canary']} antwoorden of teksten")
    outcome.must(found["token"] == 0, f"{found['token']} tokens")
    outcome.must(found["chat"] == 0, f"{found['chat']} chatnummers met een antwoordstap")
    outcome.must(forced > 0 and "ValueError" in text, "er is geen fout gedwongen")
    outcome.must(control["canary"] > 0 and control["token"] > 0, f"zonder filters is ook niets te vinden: {control}")
    return outcome


def found_in(text: str) -> dict[str, int]:
    """Canaries, tokens, and lines with a chat number beside a step of an answer."""
    lines = text.splitlines()
    return {
        "canary": sum(text.count(each) for each in CANARIES),
        "token": text.count(TOKEN),
        "chat": sum(bool(re.search(rf"\b{ANNE}\b", line) and STEP.search(line)) for line in lines),
    }


async def everything_fails(folder: Path, size: Size, *, seed: int) -> tuple[int, int]:
    """Each door of the chat in turn; malformed updates; a duty that fails. Returns how many of both."""
    house = open_house(folder, new=True)
    house.deps = replace(house.deps, library=marked_library())
    house.furnish()
    about = house.open_round()
    chance = random.Random(seed)
    forced = tried = 0
    async with phone_for(house) as phone:
        intake = Intake(phone.bot, handle=partial(phone.handlers.handle, phone.application),
                        give_up=phone.handlers.give_up, sleep=no_sleep)  # fmt: skip
        await story(phone, intake, about.id)
        with ExitStack() as all_broken:
            calls: list[str] = []
            for module, name in all_doors():
                all_broken.enter_context(patch.object(module, name, failing(name, calls)))
            await story(phone, intake, about.id)
        forced += len(calls)
        doors = chance.sample(all_doors(), min(size.doors, len(all_doors())))
        for module, name in doors:
            calls = []
            with patch.object(module, name, failing(name, calls)):
                await story(phone, intake, about.id)
            forced += len(calls)
        for number in range(size.malformed):
            await malformed(phone, intake, chance, 900_000 + number)
            tried += 1
    with suppress(ValueError), patch("bot.usecases.release_round.release_round", failing("release_round", [])):
        house.clock.moment = about.closes_at
        release_due(house.deps)
    house.storage.engine.dispose()
    return tried, forced


def all_doors() -> list[tuple[ModuleType, str]]:
    """Every use case, where a module of the chat calls it."""
    names = [each.name for each in pkgutil.walk_packages(bot.chat.__path__, "bot.chat.")]
    found = []
    for module in map(importlib.import_module, names):
        for name, what in vars(module).items():
            if inspect.isfunction(what) and what.__module__.startswith("bot.usecases."):
                found.append((module, name))
    return found


def failing(name: str, calls: list[str]) -> Callable[..., Any]:
    """A use case that fails with all it was given, and more, in its message."""

    def fail(*arguments: Any, **keywords: Any) -> Any:
        calls.append(name)
        answer = f"{MARK}-4"
        raise ValueError(f"{TYPED} {answer} {TOKEN} {keywords} {arguments[1:]}")

    fail.__name__ = name
    return fail


async def story(phone: Phone, intake: Intake, round_id: str) -> None:
    """Everybody says and taps everything once; whatever goes wrong is the handlers' affair."""
    number = phone.house.message() * 10
    updates = [message(phone, chat, command) for command in COMMANDS for chat in (ANNE, LEAD, COORDINATOR)
               if command != "/stop"]  # fmt: skip
    updates += [tap(phone, ANNE, f"p1.{round_id}.{verb}") for verb in ("go", "brief", "later", "week")]
    updates += [tap(phone, ANNE, f"d1.{round_id}.1.{choice}.0") for choice in ("0", "4", "stop", "back")]
    updates += [message(phone, ANNE, TYPED), message(phone, COORDINATOR, TYPED), message(phone, ANNE, TYPED * 60)]
    shown = [call for call in phone.telegram.calls if call.method in {"sendMessage", "editMessageText"}][-40:]
    updates += [tap(phone, call.chat_id, data) for call in shown for data in list(call.buttons.values())[:2]]
    for at, body in enumerate(updates):
        await fetched(phone, intake, [{"update_id": number * 100 + at, **body}])


def message(phone: Phone, chat: int, text: str) -> dict[str, Any]:
    """Something typed."""
    content: dict[str, Any] = {"text": text}
    if text.startswith("/"):
        content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"message": phone.message(chat, **content)}


def tap(phone: Phone, chat: int, data: str) -> dict[str, Any]:
    """A button."""
    below = phone.message(chat, message_id=7, text=TYPED)
    return {"callback_query": {"id": "1", "from": below["from"], "chat_instance": "1", "data": data, "message": below}}


async def malformed(phone: Phone, intake: Intake, chance: random.Random, number: int) -> None:
    """An update with a part taken away, replaced or swapped; sometimes no JSON at all."""
    if chance.random() < 0.1:
        phone.telegram.trouble["getUpdates"].append(f"{{{TYPED} {TOKEN}".encode())
        await intake._fetch()
        return
    body = chance.choice([message(phone, ANNE, TYPED), tap(phone, ANNE, f"d1.{MARK}-kapot.1.4.0")])
    for _ in range(chance.randint(1, 3)):
        spoil(body, chance)
    await fetched(phone, intake, [{"update_id": number, **body}])


def spoil(body: Any, chance: random.Random) -> None:
    """Somewhere inside."""
    while isinstance(body, dict) and body:
        key = chance.choice(sorted(body))
        if isinstance(body[key], dict) and chance.random() < 0.7:
            body = body[key]
            continue
        body[key] = chance.choice([None, TYPED, -1, [], {}, [TYPED], {"text": TYPED}, 10**30])
        return


async def fetched(phone: Phone, intake: Intake, updates: list[dict[str, Any]]) -> None:
    """Let Telegram deliver these, and handle them as the product does."""
    phone.telegram.updates.append(updates)
    with suppress(Exception):
        await intake.take(await intake._fetch())


@contextmanager
def unfiltered() -> Iterator[None]:
    """The logs of the libraries and of failures as they come: what the product's filters keep out."""

    def as_it_is(_logger: Any, _method: str, event: Any) -> Any:
        info = event.pop("exc_info", None)
        event["error"] = repr(info[1] if isinstance(info, tuple) else sys.exc_info()[1])
        return event

    (handler,) = logging.getLogger().handlers
    chain = handler.formatter.processors  # type: ignore[union-attr]
    before = list(chain)
    kept = [each for each in before if each is not product_logs.without_tokens]
    changed = [as_it_is if each is product_logs.exception_class_only else each for each in kept]
    handler.formatter.processors = changed  # type: ignore[union-attr]
    try:
        yield
    finally:
        handler.formatter.processors = before  # type: ignore[union-attr]
