"""The processes of one measurement: a fast Telegram with people, and the bot that is measured at it."""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeAlias

from bench.town import TUESDAY

ROOT: Final = Path(__file__).parents[1]
PRODUCT: Final = (sys.executable, "-m", "bench.product")
STOPS_WITHIN: Final = 15.0
LONGEST: Final = 600.0
People: TypeAlias = list[tuple[int, list[str]]]
"""Chats, and what the buttons of their message carry."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a load gave: taps replied to, and how long each waited."""

    served: int
    seconds: float
    waited: list[float]
    unanswered: int
    cpu: float
    """Seconds of processor the bot used meanwhile; nan where the machine does not tell."""
    people: People
    """What everybody looks at now."""
    came_at: list[float]
    """When each message came that the bot sent of its own accord, in seconds after the beginning."""

    @property
    def per_second(self) -> float:
        """Taps replied to in a second."""
        return self.served / self.seconds

    @property
    def cpu_per_thousand(self) -> float:
        """Seconds of processor per thousand taps."""
        return self.cpu / max(1, self.served) * 1000

    def quantile(self, share: float) -> float:
        """How long the fastest ``share`` of the taps waited at most, in seconds."""
        return statistics.quantiles(self.waited, n=1000)[round(share * 1000) - 1] if len(self.waited) > 1 else 0.0


class Telegram:
    """A fast Bot API server with people, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self._process = process
        self.url = f"http://127.0.0.1:{port}"

    def load(self, **how: Any) -> Seen:
        """Let people tap; see ``bench.telegram``. Without ``people`` those of the last load go on."""
        body = json.dumps(how).encode()
        request = urllib.request.Request(  # noqa: S310 - this machine
            f"{self.url}/load", data=body, headers={"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=LONGEST) as answer:  # noqa: S310
            return Seen(**json.loads(answer.read()))


@contextlib.contextmanager
def telegram() -> Iterator[Telegram]:
    """Start the server; it ends with the block."""
    with running([sys.executable, "-m", "bench.telegram"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield Telegram(process, int(process.stdout.readline()))


@contextlib.contextmanager
def product(folder: Path, at: Telegram, *, moment: str = TUESDAY.isoformat()) -> Iterator[subprocess.Popen[str]]:
    """The product on the town in this folder."""
    with running([*PRODUCT, str(folder), at.url, moment]) as process:
        yield process


@contextlib.contextmanager
def product_in_sandbox(folder: Path, url: str) -> Iterator[subprocess.Popen[str]]:
    """The product on the town in this folder, by the clock of the sandbox at this address."""
    with running([*PRODUCT, str(folder), url]) as process:
        yield process


@contextlib.contextmanager
def running(command: Sequence[str], *, stdout: int | None = None) -> Iterator[subprocess.Popen[str]]:
    """A process in the root of the project, asked to stop at the end and stopped when it does not."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=stdout, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)})  # noqa: S603 - our own commands
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOPS_WITHIN)
        if process.poll() is None:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def first_reply(at: Telegram, people: People) -> float:
    """Let one person tap and wait for the reply: seconds since now. The bot is up after it."""
    begun = time.perf_counter()
    at.load(people=people, per_second=1.0, warm_up=0.0, seconds=0.001)
    return time.perf_counter() - begun
