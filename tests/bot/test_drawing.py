"""Drawing apart: the same bytes, with low priority, in a process that comes back, goes home and never outlives us."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.drawing import NICENESS, Drawing
from bot.render import picture
from dialogues.insight import Maandbeeld

pytestmark = pytest.mark.process

MADE = Maandbeeld(title="Maandbeeld november 2026", team="Samen in Noord", month="november 2026", intro="x")
ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
"""Seconds for a process to start or end on a busy machine; a test that passes waits a fraction of it."""
SCRIPT = """
import asyncio, os, signal
from tests.bot.test_drawing import MADE, who
from bot.drawing import Drawing

async def main():
    print((await Drawing(apart=True).draw(who, MADE)).decode(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    asyncio.run(main())
"""


def who(_maandbeeld: Maandbeeld) -> bytes:
    """The process this runs in, and how much it lets others go first."""
    return f"{os.getpid()} {os.nice(0)}".encode()


def fails(_maandbeeld: Maandbeeld) -> bytes:
    raise OSError("no font")


@pytest.fixture
def apart():
    drawing = Drawing(apart=True)
    yield drawing
    drawing.close()


def runs(pid: int) -> bool:
    """Whether a process is there; one that ended and waits for its parent is not."""
    try:
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


async def ends(pid: int) -> bool:
    for _ in range(int(PATIENCE / 0.05)):
        if not runs(pid):
            return True
        await asyncio.sleep(0.05)
    return False


async def test_another_process_draws_the_same(apart):
    """Byte by byte what is drawn here; in a process of its own, that lets others go first."""
    assert await apart.draw(picture, MADE) == picture(MADE)
    pid, nice = map(int, (await apart.draw(who, MADE)).split())
    assert pid != os.getpid()
    assert nice >= NICENESS


async def test_what_goes_wrong_there_comes_through(apart):
    """An error is raised here as it was there, and the next one is drawn."""
    with pytest.raises(OSError, match="no font"):
        await apart.draw(fails, MADE)
    assert await apart.draw(who, MADE)


async def test_a_process_that_was_ended_is_started_again(apart):
    """Somebody, or the machine for want of memory, kills it: the next maandbeeld is drawn all the same."""
    first = int((await apart.draw(who, MADE)).split()[0])
    os.kill(first, signal.SIGKILL)
    assert await ends(first)
    second = int((await apart.draw(who, MADE)).split()[0])
    assert second != first


async def test_it_goes_home_when_there_is_nothing_to_do():
    """After a while without work there is no process, and with new work there is one again."""
    drawing = Drawing(apart=True, rest=0.01)
    first = int((await drawing.draw(who, MADE)).split()[0])
    assert await ends(first)
    second = int((await drawing.draw(who, MADE)).split()[0])
    drawing.close()
    assert second != first
    assert not runs(second)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see a process end")
async def test_it_does_not_outlive_a_bot_that_was_killed():
    """After kill -9 of the bot nothing stays behind."""
    killed = subprocess.run(  # noqa: ASYNC221, S603 - our own script, which ends itself
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE * 2, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert await ends(int(killed.stdout.split()[0]))


async def test_without_a_process_a_thread_does_it():
    """What is replaced in a test is replaced for the thread too."""
    drawing = Drawing()
    assert int((await drawing.draw(who, MADE)).split()[0]) == os.getpid()
    drawing.close()
