"""Who works with a database: a lock, so that nobody replaces what is in it under a running process.

For an SQLite file it lies beside it, PostgreSQL keeps its own. Either takes it back when its holder is gone, however it
died.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine

from storage.errors import Unavailable, UnusableBackup
from storage.process_locks import Kind, ProcessLocks


@contextmanager
def working_with(engine: Engine) -> Iterator[None]:
    """Any number of processes at a time. Raises Unavailable while a copy is being put back."""
    with _lock(engine, together=True) as got:
        if not got:
            raise Unavailable("de database wordt nu teruggezet of verhuisd. Start dit daarna opnieuw")
        yield


@contextmanager
def alone_with(engine: Engine) -> Iterator[None]:
    """While the database is replaced. Raises UnusableBackup when any process works with it."""
    with _lock(engine, together=False) as got:
        if not got:
            raise UnusableBackup(
                "de bot werkt nog met deze database. Stop eerst alle processen: `run`, `tick` en `release`"
            )
        yield


@contextmanager
def _lock(engine: Engine, *, together: bool) -> Iterator[bool]:
    if engine.dialect.name != "sqlite":
        locks = ProcessLocks(engine)
        try:
            yield locks.hold(Kind.PRESENT, shared=together)
        finally:
            locks.close()
        return
    try:
        import fcntl  # not there on Windows, where a file in use cannot be replaced
    except ImportError:
        yield True
        return
    # Not the database's own file: closing another handle on that would drop SQLite's locks. The opener is another
    # user of the same group, and takes it too.
    handle = os.open(f"{engine.url.database}-working", os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
