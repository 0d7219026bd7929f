"""Locks of PostgreSQL that belong to a process: the server takes them back when it is gone, however it died."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from enum import IntEnum
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, NullPool, Row, create_engine
from sqlalchemy.exc import DBAPIError

from storage.database import patience
from storage.errors import Unavailable

_KIND_BITS: Final = 56
"""Numbers of chats take 52 bits; the kind of a lock stands above them, so that no two kinds meet."""
_NUMBER: Final = (1 << _KIND_BITS) - 1
_HELD: Final = (
    "SELECT classid::bigint << 32 | objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
    " AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
"""The server keeps a lock of 64 bits as two halves (PostgreSQL, ``pg_locks``)."""


class Kind(IntEnum):
    """What a lock is about. The lock of a unit of work (``storage.database``) is of none of these kinds."""

    SENDER = 1
    PRESENT = 2
    PERSON = 3
    DIALOGUE = 4


class ProcessLocks:
    """Takes and gives back locks on one connection, apart from those of units of work. Safe to call from any thread.

    When the connection breaks, all its locks are lost at once; whoever asks again tries again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = create_engine(
            engine.url,
            hide_parameters=True,
            isolation_level="AUTOCOMMIT",
            poolclass=NullPool,
            connect_args=patience(engine.url),
        )
        self._connection: Connection | None = None
        self._held: set[int] = set()
        self._one_at_a_time = Lock()

    def hold(self, kind: Kind, number: int = 0, *, shared: bool = False) -> bool:
        """Take a lock if it is free; whether this process has it now. It stays until it is given back.

        ``shared``: many processes may have it, as long as none has it for itself. Raises Unavailable when the database
        cannot be reached.
        """
        key = _key(kind, number)
        with self._one_at_a_time:
            if key in self._held:
                return self._ask("SELECT true")
            taken = self._ask(f"SELECT pg_try_advisory_lock{'_shared' if shared else ''}({key})")
            if taken:
                self._held.add(key)
            return taken

    def give_back(self, kind: Kind, number: int = 0, *, shared: bool = False) -> None:
        """Let another process have it; nothing happens when this one does not have it (any more)."""
        key = _key(kind, number)
        with self._one_at_a_time:
            if key in self._held:
                self._held.discard(key)
                self._ask(f"SELECT pg_advisory_unlock{'_shared' if shared else ''}({key})")

    def numbers(self, kind: Kind) -> frozenset[int]:
        """The numbers of this kind that any process of this database has now. Raises Unavailable."""
        with self._one_at_a_time:
            return frozenset(key & _NUMBER for (key,) in self._rows(_HELD) if key >> _KIND_BITS == kind)

    def close(self) -> None:
        """Give everything back; when this returns others may have it."""
        with self._one_at_a_time, suppress(Unavailable):  # then the server did it already
            if self._connection is not None:
                self._ask("SELECT pg_advisory_unlock_all()")  # a server sees later that a connection was closed
            self._forget()

    def _ask(self, question: str) -> bool:
        return bool(self._rows(question)[0][0])

    def _rows(self, question: str) -> Sequence[Row[Any]]:
        try:
            if self._connection is None:
                self._connection = self._engine.connect()
            return self._connection.exec_driver_sql(question).all()
        except DBAPIError as error:
            self._forget()
            raise Unavailable(f"de database kan nu niet: {type(error).__name__}") from error

    def _forget(self) -> None:
        self._held.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _key(kind: Kind, number: int) -> int:
    return kind << _KIND_BITS | number & _NUMBER
