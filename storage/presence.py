"""Who works with an SQLite database: a lock beside it, so that a copy is never put back under a running process.

The system takes it back when its holder is gone, however it died. PostgreSQL guards itself: nobody swaps its files.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import Unavailable, UnusableBackup


@contextmanager
def working_with(database: Path) -> Iterator[None]:
    """Any number of processes at a time. Raises Unavailable while a copy is being put back."""
    with _lock(database, together=True) as got:
        if not got:
            raise Unavailable("er wordt nu een kopie van de database teruggezet. Start dit daarna opnieuw")
        yield


@contextmanager
def alone_with(database: Path) -> Iterator[None]:
    """While the file is replaced. Raises UnusableBackup when any process works with it."""
    with _lock(database, together=False) as got:
        if not got:
            raise UnusableBackup(
                "de bot werkt nog met deze database. Stop eerst alle processen: `run`, `tick` en `release`"
            )
        yield


@contextmanager
def _lock(database: Path, *, together: bool) -> Iterator[bool]:
    try:
        import fcntl  # not there on Windows, where a file in use cannot be replaced
    except ImportError:
        yield True
        return
    # Not the database's own file: closing another handle on that would drop SQLite's locks. The opener is another
    # user of the same group, and takes it too.
    handle = os.open(f"{database}-working", os.O_RDWR | os.O_CREAT, 0o660)
    try:
        fcntl.flock(handle, (fcntl.LOCK_SH if together else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
