"""Whether drawing maandbeelden keeps people waiting: taps on their own, and beside a hundred pictures and PDFs."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count, cycle
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.team import onward, open_round_of
from bench.town import TUESDAY, StoppedClock, build, deps_in, open_rounds
from bot.bridge import Bridge
from bot.drawing import Drawing
from bot.render import pdf, picture
from bot.usecases.answer_step import answer_step
from bot.usecases.deps import Deps
from bot.usecases.start_dialogue import start_dialogue
from dialogues.authoring.library import Library
from dialogues.authoring.loader import load_library
from dialogues.insight import Maandbeeld, PublishedElement, TeamFacts, compose, publish, publish_listing

MAANDBEELDEN: Final = 100
THOUSAND: Final = 1000
MEMBERS: Final = 25
LONGEST_P95: Final = 300.0
"""Milliseconds."""
BETWEEN_TAPS: Final = 0.02
"""Seconds: fifty taps a second, far more than a bot may answer."""


@dataclass(frozen=True, slots=True)
class Waited:
    """How long taps took, in seconds."""

    taps: int
    median: float
    p95: float

    @classmethod
    def of(cls, spent: list[float]) -> Waited:
        """From the time each tap took; at least two."""
        return cls(len(spent), statistics.median(spent), statistics.quantiles(spent, n=20)[18])


@dataclass(frozen=True, slots=True)
class Beside:
    """Taps by themselves and beside rendering, and how long it took to render them all."""

    alone: Waited
    beside: Waited
    rendering: float


def taps_beside_rendering(
    deps: Deps, chats: list[int], round_id: str, *, number: int = MAANDBEELDEN, seconds_alone: float = 15.0
) -> Beside:
    """Let the members of an open round tap, first alone and then while maandbeelden are drawn as the bot draws them."""
    return asyncio.run(_measure(deps, chats, round_id, number, seconds_alone))


def drawing(*, number: int = THOUSAND) -> list[Figure]:
    """Taps while a thousand maandbeelden are drawn as picture and as PDF; takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        clock = StoppedClock(TUESDAY)
        chats = build(Path(folder), teams=1, members=MEMBERS)
        open_rounds(Path(folder))
        deps = deps_in(Path(folder), clock)
        seen = taps_beside_rendering(deps, chats, open_round_of(deps, chats[0]), number=number)
        deps.storage.engine.dispose()
    what = f"p95 van een tik terwijl {number} maandbeelden worden getekend ({seen.rendering:.0f} s)"
    return [Figure(what=what, measured=seen.beside.p95 * 1000, unit="ms", mark=LONGEST_P95)]


async def _measure(deps: Deps, chats: list[int], round_id: str, number: int, seconds_alone: float) -> Beside:
    months, bridge = [a_full_month(each) for each in range(number)], Bridge(deps)
    drawing = Drawing(apart=True)
    taps = _taps(bridge, chats, round_id)
    try:
        for drawn in (picture, pdf):
            await drawing.draw(drawn, a_full_month(number))  # the library is imported at its first use
        alone, _ = await _while(asyncio.sleep(seconds_alone), taps)
        beside, rendering = await _while(_draw(drawing, months), taps)
    finally:
        bridge.close()
        drawing.close()
    return Beside(Waited.of(alone), Waited.of(beside), rendering)


async def _draw(drawing: Drawing, months: list[Maandbeeld]) -> None:
    """One after the other, as the outbox does."""
    for made in months:
        await drawing.draw(picture, made)
        await drawing.draw(pdf, made)


async def _while(work: Awaitable[None], taps: Iterator[Callable[[], Awaitable[None]]]) -> tuple[list[float], float]:
    """Tap as long as this goes on; the seconds of each tap, and of the whole."""
    begun = time.perf_counter()
    going, spent = asyncio.ensure_future(work), []
    while not going.done() or len(spent) < 2:
        tap = next(taps)
        start = time.perf_counter()
        await tap()
        spent.append(time.perf_counter() - start)
        await asyncio.sleep(BETWEEN_TAPS)
    await going
    return spent, time.perf_counter() - begun


def _taps(bridge: Bridge, chats: list[int], round_id: str) -> Iterator[Callable[[], Awaitable[None]]]:
    """One tap after the other, without end: every member plays the dialogue to its end, and then the next one does."""
    for chat, message in zip(cycle(chats), count(1000), strict=False):
        here = {"chat_id": chat, "round_id": round_id, "message_id": message}
        views = []

        async def begin(here: dict[str, object] = here, views: list = views) -> None:  # type: ignore[type-arg]
            views.append(await bridge.commit(start_dialogue, **here))

        async def go_on(here: dict[str, object] = here, views: list = views) -> None:  # type: ignore[type-arg]
            views.append(await bridge.commit(answer_step, **here, tap=onward(views[-1].screen)))

        yield begin
        while not views[-1].ended:
            yield go_on


@cache
def _library() -> Library:
    return load_library()


def a_full_month(number: int = 0) -> Maandbeeld:
    """Two topics with sectors and themes, and a map that half a year has filled; each number gives another one.

    Nothing would be measured if all were the same: Typst remembers what it drew.
    """
    library, bands = _library(), ("high", "mid", "low", "no_view")
    names = {each.id: each.short_title for each in library.definitions.values() if each.is_element}
    ids = tuple(names)

    def about(place: int, month: str) -> PublishedElement:
        definition = library.get(ids[(number + place) % len(ids)])
        band = [bands[(number // each + place) % len(bands)] for each in (1, 4, 16)]
        sectors = {"jgz": {band[0]: 6}, "wijkteam": {band[1]: 6}, "onderwijs": {band[2]: 6}}
        themes = publish_listing({theme.id: 6 for theme in definition.themes[:4]}, 18)
        cells = {
            "statement": {"kind": "bands", **publish(sectors, "words").to_json()},
            "themes": {"kind": "listing", **themes.to_json()},
        }
        return PublishedElement(definition=definition, month=month, cells=cells)

    facts = TeamFacts(
        team=f"Samen in Noord {number}",
        month="november 2026",
        elements=names,
        earlier=tuple(about(place, "oktober 2026") for place in range(2, 6)),
        feedback=f"Onderwerp {number}: doen we. Waarom: “We bellen voortaan eerst.”",
    )
    return compose(facts, (about(0, "november 2026"), about(1, "november 2026")))
