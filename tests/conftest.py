"""Where tests keep their files, and how what goes wrong in them is logged.

Files are in memory where there is room, since each commit waits until a disk has it for good. Tracebacks are plain:
drawn in a frame, as they are when nobody set logging up, each takes longer than most tests. Nothing that is collected
ever goes away, so the search for rubbish passes over it.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

import structlog

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
ROOM: Final = 2 << 30
"""Bytes that a whole run needs at most; a container often has less."""

if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
    os.environ.setdefault("TMPDIR", str(MEMORY))  # for the processes that tests start, too
    tempfile.tempdir = None

gc.disable()


def pytest_collection_finish() -> None:
    """From here on rubbish is searched for among what the tests make themselves."""
    gc.enable()
    gc.freeze()


structlog.configure(
    processors=[
        *structlog.get_config()["processors"][:-1],
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)
