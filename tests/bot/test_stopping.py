"""Stopping: every process goes in peace when asked, also while the database does not let it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from bot import stopping as room

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
PATIENCE = 120
"""Real seconds before a test gives up on a busy machine."""


@contextmanager
def process(house, *arguments, **environment):
    """A process of the product that has just begun to work."""
    running = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *arguments],
        env={
            "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": f"sqlite:///{house.database}", "KEY_DIR": str(house.folder / "keys"),
            "TELEGRAM_API_URL": "http://127.0.0.1:1", "TELEGRAM_BOT_TOKEN": "123456:abcdefghijklmnopqrst",
            "LOG_FORMAT": "json", **environment,
        },
        cwd=house.folder, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def said(running, word):
    """Read what it logs until this word is there."""
    assert running.stderr is not None
    for line in running.stderr:
        if word in line:
            return line
    pytest.fail(f"{word} was never said")


@pytest.mark.parametrize(
    ("arguments", "how"),
    [(("run",), signal.SIGTERM), (("tick",), signal.SIGINT), (("release",), signal.SIGTERM)],
    ids=["run", "tick", "release"],
)
def test_a_process_goes_in_peace(house, arguments, how):
    """SIGTERM of systemd or Ctrl-C: exit code 0, without a traceback; run even before it reached Telegram."""
    with process(house, *arguments) as running:
        said(running, "telegram_unreachable" if arguments == ("run",) else "started")
        running.send_signal(how)
        assert running.wait(PATIENCE) == 0
        left = running.stderr.read()
        assert "Traceback" not in left
        assert "Unclosed" not in left


def test_a_process_that_hangs_is_ended_all_the_same(house):
    """The database is locked by somebody else for as long as it takes: gone within the ten seconds all the same."""
    with process(house, "tick") as running, closing(sqlite3.connect(house.database, isolation_level=None)) as other:
        said(running, "started")
        other.execute("BEGIN IMMEDIATE")
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0


async def test_who_does_not_finish_is_cut_off(monkeypatch):
    """After the seconds that systemd and containers give, whatever still hangs."""
    ended = []
    monkeypatch.setattr(room.os, "_exit", ended.append)
    monkeypatch.setattr(room, "FINISHING_SECONDS", 0.0)
    timers = []
    monkeypatch.setattr(room.threading, "Timer", lambda seconds, end: timers.append((seconds, end)) or _Timer(end))
    stopping = room.stop_when_asked()
    os.kill(os.getpid(), signal.SIGTERM)
    await stopping.wait()
    assert ended == [0]


class _Timer:
    """Rings at once."""

    daemon = False

    def __init__(self, end):
        self.start = end
