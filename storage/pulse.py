"""Whether a database works: takes a write at this moment, all the way to the disk, and is not damaged."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import Unavailable

_NUMBERS = 1_000_000
"""A number in the header of an SQLite file that this product uses for nothing else counts round in these."""

_PAGE = 8192
"""Bytes that PostgreSQL must find room for."""


def prove_writable(engine: Engine) -> None:
    """Commit something that means nothing. Raises Unavailable when that cannot be done now."""
    try:
        with engine.begin() as connection:
            _write(connection)
    except PoolTimeout as error:
        raise Unavailable("de database kan nu niet: andere taken houden haar bezet") from error
    except DBAPIError as error:
        raise Unavailable(f"de database kan nu niet: {type(error.orig).__name__}") from error


def find_damage(engine: Engine) -> str:
    """What is wrong with the file of an SQLite database, in its own words; nothing when it is whole.

    A second for each few hundred megabytes. PostgreSQL looks after its own files. Raises Unavailable when it cannot be
    read now: busy or a full disk is no damage, and nobody may put an old copy back for it.
    """
    if engine.dialect.name != "sqlite":
        return ""
    try:
        with engine.connect() as connection:
            # Straight to the driver: a transaction would keep everybody who writes waiting while it looks.
            (found,) = connection.connection.cursor().execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.OperationalError, OperationalError, PoolTimeout) as error:
        raise Unavailable(f"de database kan nu niet: {type(error).__name__}") from error
    except (sqlite3.DatabaseError, DBAPIError) as error:
        return str(getattr(error, "orig", error))
    return "" if found == "ok" else str(found)


def _write(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        number = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        connection.exec_driver_sql(f"PRAGMA user_version = {(number + 1) % _NUMBERS}")
    else:
        # A page of nothing, in the log that every write goes through, and on the disk before this is over: also where
        # the server may say that something is kept before it is. A number for the transaction alone takes no room.
        connection.exec_driver_sql("SET LOCAL synchronous_commit = local")
        connection.exec_driver_sql(f"SELECT pg_logical_emit_message(true, 'even-stilstaan', repeat(' ', {_PAGE}))")
