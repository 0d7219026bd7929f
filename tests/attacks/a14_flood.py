"""A14: one who sends fifty a second, two hundred who send five, long texts, a thousand strangers; others go on."""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

from telegram import Update

from bot.chat.arriving import read
from bot.chat.flood import MOST, SPAN, Flood, Verdict
from bot.chat.intake import Intake
from bot.chat.texts import chat_nl as texts
from tests.attacks.outcome import Outcome
from tests.support.house import House, open_house
from tests.support.telegram import Phone, no_sleep, phone_for

BATCH: Final = 100
"""Updates that Telegram hands out at once."""
FLOODERS: Final = 800_000
SOON: Final = 1.0
MOST_MEMORY: Final = 50
MOST_DISK: Final = 1.0
STATUS: Final = Path("/proc/self/status")
LONG_TEXT: Final = "w" * 4096


@dataclass(frozen=True, slots=True)
class Scene:
    """Who sends how much."""

    name: str
    people: int
    per_second: float
    """Updates of each of them."""
    text: str = "hallo"


SCENES: Final = (
    Scene("1 mens met 50 per seconde", 1, 50),
    Scene("200 mensen met 5 per seconde", 200, 5),
    Scene("20 mensen met 5 teksten van 4096 tekens per seconde", 20, 5, LONG_TEXT),
    Scene("1000 nieuwe accounts met /start", 1000, 0.1, "/start"),
)


@dataclass(frozen=True, slots=True)
class Size:
    seconds: float
    """How long each flood goes on."""
    timed: bool
    """Whether it takes real seconds; otherwise only what is handled is counted, by a clock that is set."""


LONG, SHORT = Size(60, timed=True), Size(2, timed=False)


@dataclass(slots=True)
class Told:
    """What came of one flood."""

    waits: list[float] = field(default_factory=list)
    """Seconds until others were answered."""
    unanswered: int = 0
    sent: int = 0
    said: int = 0
    """Answers to those who flooded."""
    recovery: float = 0.0


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Each flood on the real handlers, and once without the limit."""
    del seed
    outcome = Outcome("")
    parts = []
    forget_the_peak()
    before, disk_before = memory("VmRSS"), 0
    for number, scene in enumerate(SCENES):
        (folder / str(number)).mkdir()
        house = open_house(folder / str(number), new=True).furnish()
        others = house.members(8)
        house.storage.checkpoint()
        disk_before = disk(house)
        told = asyncio.run(flood(house, scene, size, others))
        grown = (disk(house) - disk_before) / 2**20 / max(size.seconds / 60, 1)
        parts.append(judged(outcome, scene, size, told, grown))
        house.storage.engine.dispose()
    grown_memory = memory("VmHWM") - before
    if size.timed:
        parts.append(f"{grown_memory:.0f} MB geheugen erbij")
        outcome.must(grown_memory <= MOST_MEMORY, f"{grown_memory:.0f} MB geheugen erbij")
    (folder / "open").mkdir()
    house = open_house(folder / "open", new=True).furnish()
    free = asyncio.run(flood(house, SCENES[0], Size(2, timed=False), house.members(8), limited=False))
    outcome.must(free.said > allowed(SCENES[0], 2), "de tegenproef zonder grens werd ook geremd")
    house.storage.engine.dispose()
    outcome.figure = ". ".join([*parts, f"Tegenproef zonder grens: {free.said} antwoorden aan één mens"])
    return outcome


def judged(outcome: Outcome, scene: Scene, size: Size, told: Told, grown: float) -> str:
    """The marks of one flood, and what is told of it."""
    most = allowed(scene, size.seconds)
    outcome.must(told.said <= most, f"{scene.name}: {told.said} antwoorden aan wie overspoelt, hooguit {most}")
    outcome.must(told.unanswered == 0, f"{scene.name}: {told.unanswered} anderen zonder antwoord")
    outcome.must(grown <= MOST_DISK, f"{scene.name}: {grown:.1f} MB schijf per minuut")
    if not size.timed:
        return f"{scene.name}: {told.sent} gestuurd, {told.said} antwoorden"
    late = statistics.quantiles(told.waits, n=20)[-1]
    outcome.must(late < SOON, f"{scene.name}: anderen wachten {late:.1f} s (p95)")
    outcome.must(told.recovery <= SPAN.total_seconds(), f"{scene.name}: herstel na {told.recovery:.1f} s")
    disk_grown = f"{grown:.2f}".replace(".", ",")
    waited = f"anderen p95 {late * 1000:.0f} ms"
    return f"{scene.name}: {told.sent} gestuurd, {waited}, {disk_grown} MB schijf per minuut"


def allowed(scene: Scene, seconds: float) -> int:
    """The most answers that those who flood may get: twenty in ten seconds each, and a sentence per flood."""
    return round(scene.people * ((seconds // SPAN.total_seconds() + 1) * MOST + 1))


async def flood(house: House, scene: Scene, size: Size, others: tuple[int, ...], *, limited: bool = True) -> Told:
    """The updates as they come, a batch at a time, like the intake's own loop. Eight others ask for help meanwhile."""
    told, limit = Told(), Flood()
    begun = time.monotonic()
    clock = (lambda: time.monotonic() - begun) if size.timed else None
    start = house.clock.moment
    async with phone_for(house) as phone:
        intake = Intake(
            phone.bot, handle=partial(phone.handlers.handle, phone.application), give_up=phone.handlers.give_up,
            judge=(lambda user: limit.judge(user, now=house.clock.now())) if limited else lambda _user: Verdict.HANDLE,
            hold_off=phone.handlers.hold_off, sleep=no_sleep,
        )  # fmt: skip
        numbers = count(1)
        waiting = sorted([*arrivals(scene, size.seconds), *helped(others, size.seconds)])
        told.sent = sum(chat >= FLOODERS for _, chat in waiting)
        at = 0
        while at < len(waiting):
            now = clock() if clock else waiting[min(at + BATCH, len(waiting)) - 1][0]
            batch = [each for each in waiting[at : at + BATCH] if each[0] <= now]
            if not batch:
                await asyncio.sleep(waiting[at][0] - now)
                continue
            house.clock.moment = start + SPAN * (now / SPAN.total_seconds())
            at += len(batch)
            await intake.take(tuple(update(phone, scene, chat, next(numbers)) for _, chat in batch))
            told.waits += [clock() - due for due, chat in batch if clock and chat < FLOODERS]
            heard(phone, told)
        await intake._lanes.drain()
        heard(phone, told)
        told.unanswered += sum(1 for _, chat in waiting if chat < FLOODERS)
        told.recovery = await recovered(house, phone, intake, scene, next(numbers), clock)
    return told


def heard(phone: Phone, told: Told) -> None:
    """Count who was answered, and forget it: what a fake Telegram remembers is not the bot's memory."""
    for call in phone.telegram.of("sendMessage"):
        told.said += call.chat_id >= FLOODERS
        told.unanswered -= call.chat_id < FLOODERS
    phone.telegram.calls.clear()


async def recovered(
    house: House, phone: Phone, intake: Intake, scene: Scene, number: int, clock: Callable[[], float] | None
) -> float:
    """Seconds after the flood until one who flooded is served again."""
    begun = clock() if clock else 0.0
    house.clock.moment += SPAN
    await intake.take((update(phone, scene, FLOODERS, number),))
    await intake._lanes.drain()
    served = [call.text for call in phone.telegram.of("sendMessage") if call.chat_id == FLOODERS]
    if not served or served[-1] == texts.TOO_FAST:
        return float("inf")
    return SPAN.total_seconds() if clock is None else clock() - begun


def arrivals(scene: Scene, seconds: float) -> Iterator[tuple[float, int]]:
    """When which of them sends. Less often than once in that time: once each, in the first ten seconds."""
    if scene.per_second < 1:
        yield from ((min(seconds, 10) * person / scene.people, FLOODERS + person) for person in range(scene.people))
        return
    for person in range(scene.people):
        for number in range(round(scene.per_second * seconds)):
            yield (number + person / scene.people) / scene.per_second, FLOODERS + person


def helped(others: tuple[int, ...], seconds: float) -> Iterator[tuple[float, int]]:
    """Eight others, each once in two seconds at most, so that a limit never meets them."""
    return ((each / 4, others[each % len(others)]) for each in range(round(seconds * 4)))


def update(phone: Phone, scene: Scene, chat: int, number: int) -> Update:
    text = scene.text if chat >= FLOODERS else "/help"
    message = phone.message(chat, text=text)
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    made = read({"update_id": number, "message": message}, phone.bot)
    assert made is not None
    return made


def memory(field: str) -> float:
    """MB this process holds now (VmRSS), or held at most since `forget_the_peak` (VmHWM)."""
    return next(int(line.split()[1]) for line in STATUS.read_text().splitlines() if line.startswith(field)) / 1024


def forget_the_peak() -> None:
    """What rows before this one needed is not counted."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5")


def disk(house: House) -> int:
    return sum(path.stat().st_size for path in house.folder.rglob("*") if path.is_file())
