"""F9: another process holds the database, or the disk takes half a second for each time it must be sure."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.disturbed import Scene, scene
from tests.faults.invariants import broken_invariants
from tests.faults.outcome import Outcome

SILENCE: Final = 10.0
NORMAL: Final = 5.0
STRACE: Final = shutil.which("strace")


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    locks: tuple[float, ...]
    """Seconds."""
    slow: float
    """Seconds of a slow disk; 0: not done."""
    timed: bool


LONG, SHORT = Size(40, (1, 5, 30), slow=20, timed=True), Size(5, (1.5,), slow=0, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Taps while the database is locked, and on a slow disk; then everybody finishes."""
    outcome = Outcome(
        "F9",
        f"database {', '.join(f'{each:g}' for each in size.locks)} s op slot; fsync 500 ms",
        "0 kwijt; antwoord of ‘even geduld’ binnen 10 s; gewoon binnen 5 s erna",
        seed,
    )
    with scene(folder, people=size.people, timed=size.timed) as here:
        troubles = [(f"{each:g} s op slot", _locked(here), each) for each in size.locks]
        if size.slow and STRACE:
            troubles.append(("fsync 500 ms", injected(here.pid, "fsync,fdatasync", "delay_enter=500000"), size.slow))
        told = []
        for name, trouble, seconds in troubles:
            here.warm_up(3)
            seen = here.disturb(name, trouble, seconds=seconds, red=False)
            told.append(seen.told())
            outcome.must(seen.lost == 0, f"{name}: {seen.lost} bevestigde antwoorden kwijt")
            outcome.must(not size.timed or seen.silent <= SILENCE, f"{name}: {seen.silent:.1f} s niets gehoord")
            outcome.must(not size.timed or seen.normal <= NORMAL, f"{name}: pas na {seen.normal:.1f} s weer gewoon")
        here.finish()
        outcome.must(len(here.crowd.finished) == size.people, "niet iedereen kwam er uit")
    outcome.done = "; ".join(told)
    if size.slow and not STRACE:
        outcome.done += "; trage schijf NIET beproefd: strace is er niet"
    outcome.missed += broken_invariants(folder / "data" / "bot.db")
    return outcome


@contextlib.contextmanager
def _locked(here: Scene) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(here.home.database, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextlib.contextmanager
def injected(pid: int, calls: str, what: str) -> Iterator[None]:
    """Let the kernel seem to answer these calls of a process otherwise; needs strace and leave to use it."""
    assert STRACE is not None
    tracer = subprocess.Popen(  # noqa: S603 - a tool of the machine, on a process of ours
        [
            STRACE,
            "-f",
            "-qq",
            "-p",
            str(pid),
            "-e",
            f"trace={calls}",
            "-e",
            f"inject={calls}:{what}",
            "-o",
            "/dev/null",
        ],
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1)
    try:
        assert tracer.poll() is None, tracer.stderr and tracer.stderr.read()
        yield
    finally:
        tracer.terminate()
        tracer.communicate()
