"""How fast taps are answered, beside other bots on the same Telegram in interleaved rounds.

Of the product each tap is decoded, taken through the engine, sealed, committed with synchronous=FULL and then answered.
"""

from __future__ import annotations

import contextlib
import shutil
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from rich.table import Table

from bench.figures import Figure, machine
from bench.processes import ROOT, People, Seen, Telegram, first_reply, product, running, telegram
from bench.town import build, in_memory, open_rounds, play_a_while

Start: TypeAlias = Callable[[Telegram], contextlib.AbstractContextManager[int]]
"""Starts a bot at this Telegram; gives its process id."""

PEERS: Final = ROOT / ".venv-peers" / "bin" / "python"
PRODUCT, PLAIN, SURVEY, AIOGRAM = "Even Stilstaan", "ptb_plain", "ptb_survey", "aiogram_survey"
NAMES: Final = {
    PRODUCT: "Even Stilstaan, verzegeld en op schijf",
    PLAIN: "python-telegram-bot, kale handler, niets bewaard",
    SURVEY: "python-telegram-bot, ConversationHandler en PicklePersistence",
    AIOGRAM: "aiogram 3, vragenlijst in het geheugen",
    "ptb_sqlite": "python-telegram-bot, elke stap in SQLite",
    "aiogram_sqlite": "aiogram 3, elke stap in SQLite",
    "ptb_fast": "python-telegram-bot, snel gemaakt, niets bewaard",
    "ptb_fast_sqlite": "python-telegram-bot, snel gemaakt, elke stap in SQLite",
    "ptb_limiter": "python-telegram-bot, kale handler met AIORateLimiter",
    "bare_aiohttp": "alleen aiohttp, zonder raamwerk, niets bewaard",
}
USUAL: Final = (PLAIN, SURVEY, AIOGRAM)
ALL: Final = tuple(name for name in NAMES if name != PRODUCT)
TIMES_PLAIN: Final = 4.0
"""How many times as many taps a second as the plain handler."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much to measure. People must be many: who taps faster than people can is slowed down by the product.

    From three taps in three seconds by one person, that is, while the house is busy: so more people than taps a second.
    """

    teams: int = 400
    members: int = 10
    rounds: int = 3
    at_once: int = 64
    warm_up: float = 2.0
    seconds: float = 8.0
    peers: tuple[str, ...] = USUAL
    half_of_plain: float | None = None
    """Taps a second of the open load; None: half of what the plain handler reached."""


def taps(size: Size | None = None, *, show: Callable[[Table], object] | None = None) -> list[Figure]:
    """Saturation of each bot, then how long people wait at half of what the plain handler can do.

    ``show`` gets the table of all bots.
    """
    size = size or Size()
    with tempfile.TemporaryDirectory() as folder:
        town = Path(folder)
        people = make_town(town, size)
        bots: dict[str, Start] = {PRODUCT: lambda at: _product(town, at)}
        bots |= {peer: _peer(peer) for peer in size.peers}
        looking = dict.fromkeys(bots, people)
        full: dict[str, list[Seen]] = defaultdict(list)
        for _ in range(size.rounds):
            for name, start in bots.items():
                full[name].append(_load(start, looking[name], size, at_once=size.at_once))
                looking[name] = full[name][-1].people
        if show is not None:
            show(beside(full))
        rate = size.half_of_plain or _middle(full[PLAIN]) / 2
        half: dict[str, list[Seen]] = defaultdict(list)
        for _ in range(size.rounds):
            for name in (name for name in (PRODUCT, PLAIN) if name in bots):
                half[name].append(_load(bots[name], looking[name], size, per_second=rate))
                looking[name] = half[name][-1].people
    return [*_saturation(full), *_waiting(half, rate)]


def make_town(folder: Path, size: Size) -> People:
    """A town whose rounds are open; who taps what first. Made in memory: on a disk it takes long."""
    with tempfile.TemporaryDirectory(dir=in_memory()) as making:  # moved to the disk before anything is measured
        build(Path(making), teams=size.teams, members=size.members)
        open_rounds(Path(making))
        buttons = play_a_while(Path(making))
        shutil.copytree(making, folder, dirs_exist_ok=True)
    return buttons


def _load(start: Start, people: People, size: Size, **how: float) -> Seen:
    """Start a bot afresh, wait until it answers, and let people tap."""
    with telegram() as at, start(at) as pid:
        first_reply(at, people)
        return at.load(warm_up=size.warm_up, seconds=size.seconds, pid=pid, **how)


@contextlib.contextmanager
def _product(town: Path, at: Telegram) -> Iterator[int]:
    with product(town, at) as process:
        yield process.pid


def _peer(name: str) -> Start:
    @contextlib.contextmanager
    def started(at: Telegram) -> Iterator[int]:
        with (
            tempfile.TemporaryDirectory() as kept,  # PicklePersistence cannot read what it wrote when it was stopped
            running([str(PEERS), "-m", f"bench.peers.{name}", at.url, kept]) as process,
        ):
            yield process.pid

    return started


def _middle(seen: list[Seen]) -> float:
    return statistics.median(each.per_second for each in seen)


def beside(full: Mapping[str, list[Seen]]) -> Table:
    """What each bot reached and what that cost, one under the other."""
    table = Table(title=f"Steeds tikken onderweg · {machine()}")
    for heading in ("Bot", "Tikken per seconde", "Keer de kale handler", "Processortijd per 1.000"):
        table.add_column(heading, justify="left" if heading == "Bot" else "right")
    for name, seen in full.items():
        times = f"{_middle(seen) / _middle(full[PLAIN]):.2f} ×" if PLAIN in full else ""
        cost = statistics.median(each.cpu_per_thousand for each in seen)
        table.add_row(NAMES[name], f"{_middle(seen):.0f}", times, f"{cost:.2f} s")
    return table


def _saturation(full: dict[str, list[Seen]]) -> list[Figure]:
    reached = {name: _middle(seen) for name, seen in full.items()}
    mine = reached[PRODUCT]
    lost = sum(each.unanswered for each in full[PRODUCT])
    marks = {PLAIN: ("keer de kale handler", TIMES_PLAIN), AIOGRAM: ("keer aiogram in het geheugen", 1.0)}
    figures = [
        Figure(what=f"Even Stilstaan, {what}", measured=mine / reached[name], unit="×", mark=mark, at_least=True)
        for name, (what, mark) in marks.items()
        if name in reached
    ]
    return [
        *figures,
        Figure(what="tikken van Even Stilstaan zonder antwoord", measured=lost, unit="", mark=0, digits=0),
    ]


def _waiting(half: dict[str, list[Seen]], rate: float) -> list[Figure]:
    """The middle of the rounds, for one round in which the machine did something else says little."""
    p50, p99 = (
        {name: statistics.median(each.quantile(share) for each in seen) * 1000 for name, seen in half.items()}
        for share in (0.5, 0.99)
    )
    figures = [
        Figure(what=f"p50 bij {rate:.0f} tikken/s: {NAMES[name]}", measured=waited, unit="ms")
        for name, waited in p50.items()
    ]
    if PLAIN in p99:
        figures.append(Figure(what=f"p99 bij {rate:.0f} tikken/s: {NAMES[PLAIN]}", measured=p99[PLAIN], unit="ms"))
    mine = f"p99 bij {rate:.0f} tikken/s: {NAMES[PRODUCT]}"
    return [*figures, Figure(what=mine, measured=p99[PRODUCT], unit="ms", mark=p99.get(PLAIN))]
