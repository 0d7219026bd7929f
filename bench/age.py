"""Whether a tap costs more in an installation of five years than in an empty one: the same taps, in turns."""

from __future__ import annotations

import statistics
import tempfile
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.province import settle
from bench.rows import NOW, Size
from bench.team import Player
from bench.town import StoppedClock, deps_in
from bot.usecases.deps import Deps

SLOWER: Final = 1.1
ROUNDS_A_YEAR: Final = 26
OLD: Final = Size(teams=60, members=13, rounds=5 * ROUNDS_A_YEAR, maandbeelden=24, due_each=0)
"""What five years leave: every round, and of publications and maandbeelden what is kept, two years."""
YOUNG: Final = Size(teams=60, members=13, rounds=0, maandbeelden=0, due_each=0)
DIALOGUES: Final = 60


def age(*, dialogues: int = DIALOGUES, young: Size = YOUNG, old: Size = OLD) -> list[Figure]:
    """Dialogues in both installations, one in the one and then one in the other."""
    with tempfile.TemporaryDirectory() as folder:
        both = [_installed(Path(folder) / str(at), size) for at, size in enumerate((young, old))]
        spent: list[list[float]] = [[], []]
        for turn, (at, (deps, chats)) in enumerate(islice(cycle(enumerate(both)), 2 * dialogues)):
            spent[at] += Player(deps, chats[turn // 2]).play()
        for deps, _ in both:
            deps.storage.engine.dispose()
    fresh, aged = (statistics.median(each) * 1000 for each in spent)
    return [
        Figure(what="een tik in een lege installatie (mediaan)", measured=fresh, unit="ms", digits=2),
        Figure(
            what="een tik na vijf jaar, keer die in een lege",
            measured=aged / fresh,
            unit="×",
            mark=SLOWER,
            digits=2,
        ),
    ]


def _installed(folder: Path, size: Size) -> tuple[Deps, list[int]]:
    """An installation and the chats of its people, one team after the other."""
    deps = deps_in(folder, StoppedClock(NOW))
    chats = [chat for chat, _ in settle(deps, size)]
    each_team = size.members - 1
    return deps, [chat for first in range(each_team) for chat in chats[first::each_team]]
