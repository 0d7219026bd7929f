"""Where tests keep their files, in which order they begin, and how what goes wrong in them is logged.

Files are in memory where there is room, since each commit waits until a disk has it for good. Tracebacks are plain:
drawn in a frame, as they are when nobody set logging up, each takes longer than most tests. Nothing that is collected
ever goes away, so the search for rubbish passes over it. No test is about time: a slow machine may take as long as it
needs for an example, and `make fast` tries few of them.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import pytest
import structlog
from hypothesis import settings

from tests.support.chance import FAST, WHOLE
from tests.support.order import dealt

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM: Final = 2 << 30
"""Bytes that a whole run needs at most; a container often has less."""
SELDOM: Final = (20_000, 50, 50)
"""How many objects more there must be before rubbish is searched for, and how often the search goes further back."""

if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))  # for the processes that tests start, too
    tempfile.tempdir = None

settings.register_profile("whole", deadline=None, max_examples=WHOLE)
settings.register_profile("fast", deadline=None, max_examples=FAST)
settings.load_profile("whole")

gc.disable()


def pytest_collection_finish() -> None:
    """From here on rubbish is searched for among what the tests make themselves."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(*SELDOM)


structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)

LONG: Final = frozenset({"journey", "browser", "process"})
"""Marks of what takes many seconds."""


@pytest.hookimpl(trylast=True)  # when what is not asked for has been left out
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests begin first in each of the processes that share them."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    items[:] = dealt(items, is_long=lambda item: any(map(item.get_closest_marker, LONG)), workers=workers)
