"""Who sends from this database: a lock that the system itself takes back when its holder is gone, however it died."""

from __future__ import annotations

import os
import weakref

from sqlalchemy import Engine

from storage.process_locks import Kind, ProcessLocks


class OnlySender:
    """Tells whether this process is the only one that sends.

    On SQLite that is a lock on a file beside the database, on PostgreSQL one of the server's; a ``kill -9`` of its
    holder frees it at once, so whoever gets it knows that every other sender is dead. Where there is neither, it is
    never known, and a lease has to lapse by itself.
    """

    def __init__(self, engine: Engine) -> None:
        on_file = engine.dialect.name == "sqlite"
        self._path = f"{engine.url.database}-sender" if on_file else ""
        self._locks = None if on_file else ProcessLocks(engine)
        self._release: weakref.finalize[..., OnlySender] | None = None

    @property
    def others_wait(self) -> bool:
        """Whether a process that is not the only sender sends nothing, because many processes serve one database."""
        return self._locks is not None

    def is_this_process(self) -> bool:
        """Take the lock if it is free; whether this process has it. It stays taken until ``release``."""
        if self._locks is not None:
            return self._locks.hold(Kind.SENDER)
        if self._release is not None:
            return True
        try:
            import fcntl  # not there on Windows, where leases lapse by themselves
        except ImportError:
            return False
        # Not the database's own file: closing another handle on that would drop SQLite's locks.
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._release = weakref.finalize(self, os.close, handle)
        return True

    def release(self) -> None:
        """Let another process send."""
        if self._locks is not None:
            self._locks.close()
        if self._release is not None:
            self._release()
            self._release = None
