"""Drawing maandbeelden apart from the chat: one at a time, in a process of its own that lets everybody else go first.

A picture costs a third of a second of two processors. Beside taps in one process that doubled their waiting (see
``make bench``), for both want the processor and, now and then, the interpreter's lock.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import connection, get_context, parent_process
from typing import Final, TypeVar

import structlog

log = structlog.get_logger()

NICENESS: Final = 10
"""How much it lets others go first, from 0 to 19."""
REST: Final = 60.0
"""Seconds without work after which the process is sent home; its memory is worth more than its start."""

What = TypeVar("What")


class Drawing:
    """Makes pictures, pages and sheets one after the other; ten leads at once wait for each other, taps for none.

    ``apart`` gives it a process of its own, which starts with the first maandbeeld; otherwise it is a thread.
    """

    def __init__(self, *, apart: bool = False, rest: float = REST) -> None:
        self._apart, self._rest = apart, rest
        self._pool: Executor | None = None
        self._going_home: asyncio.TimerHandle | None = None
        self._busy = 0

    async def draw(self, form: Callable[[What], bytes], what: What) -> bytes:
        """This form of a maandbeeld or year; its exceptions come through as they are.

        A process that somebody ended is started once more.
        """
        self._busy += 1
        pool = self._started()
        try:
            return await self._draw(form, what)
        except BrokenExecutor:
            log.warning("drawing_process_gone")
            if self._pool is pool:  # whoever else waited for it may have started another one
                self._stop(wait=False)
            return await self._draw(form, what)
        finally:
            self._busy -= 1
            self._plan_rest()

    async def _draw(self, form: Callable[[What], bytes], what: What) -> bytes:
        return await asyncio.get_running_loop().run_in_executor(self._started(), form, what)

    def _started(self) -> Executor:
        if self._pool is None:
            self._pool = _process() if self._apart else ThreadPoolExecutor(1, thread_name_prefix="drawing")
        return self._pool

    def _plan_rest(self) -> None:
        if not self._apart:
            return
        if self._going_home is not None:
            self._going_home.cancel()
        self._going_home = asyncio.get_running_loop().call_later(self._rest, self._go_home)

    def _go_home(self) -> None:
        if not self._busy:
            self._stop(wait=False)

    def close(self) -> None:
        """Finish what is being drawn, drop what still waits, and stop; the next maandbeeld starts it again."""
        self._stop(wait=True)

    def _stop(self, *, wait: bool) -> None:
        pool, self._pool = self._pool, None
        if self._going_home is not None:
            self._going_home.cancel()
        if pool is not None:
            pool.shutdown(wait=wait, cancel_futures=True)


def _process() -> Executor:
    """One process that inherits nothing of this one: no connection, no lock, no key in memory."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), initializer=_step_back)


def _step_back() -> None:
    """In the new process: let others go first, leave stopping to the parent, and never outlive it."""
    if sys.platform != "win32":
        os.nice(NICENESS)
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
