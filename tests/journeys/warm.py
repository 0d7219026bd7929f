"""The program in a process of its own that begins with everything imported, because it is forked from one that did so.

A cold start takes a second or two of a processor, and the short forms of the faults start dozens of processes. What
they prove is what a process leaves that is killed or asked to stop, and what the next one makes of it. That the
program starts from nothing is proved elsewhere (tests/bot/test_stopping.py), and `make faults` starts it so each time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Final

from bot import cli, compose
from tests.support.shipped import shipped

PRELOADED: Final = ("tests.journeys.warm", "tests.faults.kill_in_release", "tests.journeys.preloaded")
"""Imported once, by the server that forks."""


@cache
def forking() -> ForkServerContext:
    """Makes processes that were forked from the one server of this test process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


class WarmProcess:
    """`python -m bot …`, with as much of `subprocess.Popen` as its owners use.

    Args:
        arguments: of the program.
        environment: all of it.
        folder: where it works.
        log: what it says is written behind what is in this file.
    """

    def __init__(self, arguments: tuple[str, ...], environment: Mapping[str, str], folder: Path, log: Path) -> None:
        self._process = forking().Process(target=_live, args=(arguments, dict(environment), folder, log))
        self._process.start()

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def send_signal(self, sign: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, sign)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended: its exit code, or minus the signal. Raises TimeoutExpired, in seconds."""
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("bot", timeout or 0.0)
        return code


def _live(arguments: tuple[str, ...], environment: dict[str, str], folder: Path, log: Path) -> None:
    with log.open("ab") as told:
        for stream in (1, 2):
            os.dup2(told.fileno(), stream)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["bot", *arguments]
    compose.open_library = lambda _settings: shipped()
    cli.main()
