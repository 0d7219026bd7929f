"""What the bot asks of a machine with ten thousand members: seconds to the first reply, memory, and open files."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from bench.figures import Figure
from bench.processes import product, telegram
from bench.province import settle
from bench.rows import NOW, Size
from bench.town import StoppedClock, deps_in
from bot.chat.callback_data import PromptTap, encode

START: Final = 3.0
"""Seconds from the start of the process to the first reply."""
MEMORY: Final = 150.0
"""MB that the process of the bot may have in memory."""
TOWN: Final = Size(teams=500, members=20, rounds=26, maandbeelden=24, due_each=0)
"""Ten thousand members after two years."""


def presence(town: Size = TOWN, *, seconds: float = 20.0, at_once: int = 32) -> list[Figure]:
    """Start the bot on an existing database, let people tap, and look what it holds."""
    with tempfile.TemporaryDirectory() as folder:
        deps = deps_in(Path(folder), StoppedClock(NOW))
        people = [(chat, [encode(PromptTap(about, "go"))]) for chat, about in settle(deps, town)]
        deps.storage.checkpoint()
        deps.storage.engine.dispose()
        with telegram() as at:
            begun = time.perf_counter()
            with product(Path(folder), at, moment=NOW.isoformat()) as process:
                at.load(people=people, per_second=1.0, warm_up=0.0, seconds=0.001)
                started = time.perf_counter() - begun
                at.load(warm_up=1.0, seconds=seconds, at_once=at_once, pid=process.pid)
                held, files = memory_of(process.pid), open_files_of(process.pid)
                at.load(warm_up=1.0, seconds=seconds, at_once=at_once, pid=process.pid)
                more_files = open_files_of(process.pid) - files
    there = town.teams * town.members
    return [
        Figure(what="van start tot het eerste antwoord", measured=started, unit="s", mark=START, digits=2),
        Figure(what=f"geheugen met {there} leden", measured=held, unit="MB", mark=MEMORY, digits=0),
        Figure(what="open bestanden erbij na nog eens zo veel tikken", measured=more_files, unit="", mark=0, digits=0),
    ]


def memory_of(pid: int) -> float:
    """MB that a process holds in memory; nan where the machine does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return float("nan")
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def open_files_of(pid: int) -> int:
    """How many files and connections a process has open; 0 where the machine does not tell."""
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0
