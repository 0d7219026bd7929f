"""Who works with a database: a lock, so that nobody replaces what is in it under a running process.

For an SQLite file it lies beside it, PostgreSQL keeps its own. Either takes it back when its holder is gone, however it
died. PostgreSQL also loses it when the connection breaks, so who stays takes it again and again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from storage.errors import BeingReplaced, Unavailable, UnusableBackup
from storage.process_locks import Kind, ProcessLocks


@contextmanager
def working_with(engine: Engine) -> Iterator[Callable[[], None]]:
    """Any number of processes at a time. Raises BeingReplaced while a copy is being put back.

    Gives what a process that stays calls again and again, in case the server lost its lock; that raises the same.
    """
    with _lock(engine, together=True) as take:
        if not take():
            raise BeingReplaced

        def stay() -> None:
            try:
                there = take()
            except Unavailable:  # nobody can do anything with it now; the next call tells more
                return
            if not there:
                raise BeingReplaced

        yield stay


@contextmanager
def alone_with(engine: Engine) -> Iterator[None]:
    """While the database is replaced. Raises UnusableBackup when any process works with it."""
    with _lock(engine, together=False) as take:
        if not take():
            raise UnusableBackup(
                "de bot werkt nog met deze database. Stop eerst alle processen: `run`, `tick` en `release`"
            )
        yield


@contextmanager
def _lock(engine: Engine, *, together: bool) -> Iterator[Callable[[], bool]]:
    """Gives what takes the lock, or tells that this process has it; it is given back after the block."""
    if engine.dialect.name != "sqlite":
        locks = ProcessLocks(engine)
        try:
            yield lambda: _taken(locks, together=together)
        finally:
            locks.close()
        return
    try:
        import fcntl  # not there on Windows, where a file in use cannot be replaced
    except ImportError:
        yield lambda: True
        return

    def take() -> bool:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    # Not the database's own file: closing another handle on that would drop SQLite's locks. The opener is another
    # user of the same group, and takes it too.
    handle = os.open(f"{engine.url.database}-working", os.O_RDWR | os.O_CREAT, 0o660)
    try:
        yield take
    finally:
        os.close(handle)


def _taken(locks: ProcessLocks, *, together: bool) -> bool:
    try:
        return locks.hold(Kind.PRESENT, shared=together)
    except Unavailable:  # the connection broke, and the lock is lost with it
        return locks.hold(Kind.PRESENT, shared=together)
