"""What one tick costs with thousands of teams of which few are due: all duties of the ticker, one after the other."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.province import settle
from bench.rows import NOW, Size
from bench.town import StoppedClock, deps_in
from bot.ticking import TICKER
from bot.usecases.deps import Deps
from bot.usecases.publish_participation import publish_due_participation
from bot.usecases.release_round import fill_stock, release_due

MARK: Final = 1.0
"""Seconds that one tick may take."""
DUTIES: Final[tuple[Callable[[Deps], object], ...]] = (release_due, publish_due_participation, *TICKER)
BEFORE: Final = (timedelta(hours=2), timedelta(minutes=45), timedelta(minutes=44))
"""The ticks before: the first of the day forgets what may be forgotten, the next makes keys, the last does nothing."""


def ticks(size: Size | None = None) -> list[Figure]:
    """The tick in which one team in a hundred opens a round, and those before it."""
    size = size or Size()
    with tempfile.TemporaryDirectory() as folder:
        clock = StoppedClock(NOW)
        deps = deps_in(Path(folder), clock)
        fill_stock(deps)
        settle(deps, size)
        spent = []
        for before in (*BEFORE, timedelta()):
            clock.moment = NOW - before
            spent.append(tick(deps))
        opened = _opened(deps)
        deps.storage.engine.dispose()
    first, _, idle, due = spent
    there = f"{size.teams} teams, {size.teams * size.members} leden"
    wanted = len(range(0, size.teams, size.due_each))
    return [
        Figure(
            what=f"één slag van de klok: {there}, {opened} teams aan de beurt",
            measured=due,
            unit="s",
            mark=MARK,
            digits=2,
        ),
        Figure(
            what="teams die aan de beurt waren en geen ronde kregen",
            measured=wanted - opened,
            unit="",
            mark=0,
            digits=0,
        ),
        Figure(what="een slag waarin niets te doen is", measured=idle * 1000, unit="ms"),
        Figure(what="de eerste slag van de dag, met opruimen", measured=first, unit="s", mark=MARK, digits=2),
    ]


def tick(deps: Deps) -> float:
    """Do everything once; how many seconds it took."""
    begun = time.perf_counter()
    for duty in DUTIES:
        duty(deps)
    return time.perf_counter() - begun


def _opened(deps: Deps) -> int:
    """How many rounds opened at this very moment."""
    with deps.storage.begin() as work:
        every = work.rounds.closed_due(NOW + timedelta(days=60))
    return sum(each.opens_at == NOW for each in every)
