"""Stopping when asked: finish what was begun, and be gone within ten seconds whatever hangs.

Being cut off is safe at every point: what was not committed is due again at the next start.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from typing import Final

import structlog

log = structlog.get_logger()
FINISHING_SECONDS: Final = 9.0
"""Real seconds to finish; systemd and containers get ten before they kill."""


def stop_when_asked() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set; who then does not finish in time is ended, in the running event loop."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _stop, stopping)
    return stopping


def _stop(stopping: asyncio.Event) -> None:
    if stopping.is_set():
        return
    stopping.set()
    last = threading.Timer(FINISHING_SECONDS, _end)
    last.daemon = True
    last.start()


def _end() -> None:
    """A thread that waits for a locked database cannot be told to stop."""
    log.warning("stopped_midway")
    os._exit(0)
