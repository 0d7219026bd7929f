"""F10: no room left, a disk that became read-only, and too many open files; then it passes."""

from __future__ import annotations

import contextlib
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.faults.disturbed import Scene, scene
from tests.faults.invariants import broken_invariants
from tests.faults.locked_database import STRACE, injected
from tests.faults.outcome import Outcome

MINUTE: Final = 60.0
DISK: Final = "192m"
"""A disk in memory for the long form: room for the database, and quickly full."""
Trouble = tuple[str, Callable[[Scene], AbstractContextManager[None]]]


@dataclass(frozen=True, slots=True)
class Size:
    people: int
    seconds: float
    whole: bool
    """With a real full disk and a read-only one, where this machine allows that."""
    timed: bool


LONG, SHORT = Size(60, 20, whole=True, timed=True), Size(5, 2, whole=False, timed=False)


def run(size: Size, *, seed: int, folder: Path) -> Outcome:
    """Taps while nothing can be written, or no file can be opened; then everybody finishes."""
    outcome = Outcome(
        "F10",
        "schijf vol, alleen-lezen, te veel open bestanden",
        "nooit ‘Opgeslagen’ zonder commit; bestand gaaf; rood ≤ 60 s; vanzelf weer goed ≤ 60 s",
        seed,
    )
    with contextlib.ExitStack() as kept:
        data = folder / "data"
        data.mkdir()
        mounted = size.whole and kept.enter_context(small_disk(data))
        troubles: list[Trouble] = [("geen byte erbij (RLIMIT_FSIZE)", no_growth), ("geen bestand erbij", no_files)]
        left_out = []
        if mounted:
            troubles.append((f"schijf van {DISK} vol", lambda here: filled(here.home.folder / "data")))
        elif size.whole:
            left_out.append("echte volle schijf: mount mag hier niet")
        if size.whole and STRACE:
            troubles.append(("alleen-lezen (EROFS)", lambda here: injected(here.pid, "pwrite64", "error=EROFS")))
        elif size.whole:
            left_out.append("alleen-lezen: strace is er niet")
        told = []
        with scene(folder, people=size.people, timed=size.timed) as here:
            for name, trouble in troubles:
                here.warm_up(3)
                seen = here.disturb(name, trouble(here), seconds=size.seconds, red=True)
                told.append(seen.told())
                outcome.must(seen.lost == 0, f"{name}: {seen.lost} × bevestigd en niet bewaard")
                outcome.must(not size.timed or seen.red <= MINUTE, f"{name}: pas rood na {seen.red:.1f} s")
                recovered = max(seen.green, seen.normal)
                outcome.must(not size.timed or recovered <= MINUTE, f"{name}: pas na {recovered:.1f} s weer goed")
            here.finish()
            outcome.must(len(here.crowd.finished) == size.people, "niet iedereen kwam er uit")
        outcome.done = "; ".join([*told, *(f"NIET beproefd: {each}" for each in left_out)])
        outcome.missed += broken_invariants(data / "bot.db")
    return outcome


@contextlib.contextmanager
def limited(pid: int, kind: int, soft: int) -> Iterator[None]:
    """Lower a limit of a running process, and lift it again; whoever owns the process may do so."""
    before, hard = resource.prlimit(pid, kind)
    resource.prlimit(pid, kind, (soft, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, kind, (before, hard))


def no_growth(here: Scene) -> AbstractContextManager[None]:
    """Every write of the bot past its first bytes fails, as on a disk with a full quota."""
    return limited(here.pid, resource.RLIMIT_FSIZE, 512)


def no_files(here: Scene) -> AbstractContextManager[None]:
    """The bot can open no file and no connection any more."""
    return limited(here.pid, resource.RLIMIT_NOFILE, len(list(Path(f"/proc/{here.pid}/fd").iterdir())) // 2)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of its own for a folder; False where this user may not make one."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder)]
    made = subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - our own words
    try:
        yield made
    finally:
        if made:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)  # noqa: S603, S607


@contextlib.contextmanager
def filled(folder: Path) -> Iterator[None]:
    """No byte is left on the disk of a folder."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0" * 65_536) == 65_536:
            pass
    with ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(b"\0"):
            pass
    try:
        yield
    finally:
        ballast.unlink()
