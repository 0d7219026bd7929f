"""Copies of a PostgreSQL database: made by pg_dump while the bot works, and put back in its place by pg_restore.

A copy holds the database and nothing else. Keys are files in a folder of their own, so a copy opens no envelope.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Final

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.backups import unfinished
from storage.database import SchemaKind, open_engine, patience, schema_state
from storage.disk import sync
from storage.errors import UnusableBackup

_TOKEN_BYTES: Final = 4
"""What is made beside a database ends with so many random bytes: nothing of somebody else is called that."""
_MAINTENANCE: Final = "postgres"
"""The database from which others are made and given another name."""


def dump(address: URL, folder: Path, *, now: datetime) -> Path:
    """Copy a database that may be in use into a folder; the path of the copy.

    Its name says that it is unfinished until ``keep``; it is readable by its owner only. Raises UnusableBackup when
    there is no database of this product, or it cannot be copied.
    """
    _look_at(address, "er is nog geen database")
    made = unfinished(folder, now=now, kind="dump")
    made.unlink(missing_ok=True)
    os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        _run("pg_dump", address, "--format=custom", "--no-owner", "--no-privileges", f"--file={made}")
    except UnusableBackup:
        made.unlink()
        raise
    sync(made)
    sync(folder)
    return made


@contextmanager
def on_trial(copy: Path, address: URL) -> Iterator[URL]:
    """Put a copy into a database of its own that is gone after the block; where that is.

    What a killed trial left is taken away too. Raises UnusableBackup when the copy cannot be put back as a whole.
    """
    _drop_left(address, "proef")
    scratch = address.set(database=f"{_beside(address, 'proef')}{token_hex(_TOKEN_BYTES)}")
    try:
        load(copy, scratch)
        yield scratch
    finally:
        drop(scratch)


def staged(copy: Path, address: URL) -> URL:
    """Put a copy into a database beside the one it will replace; raises UnusableBackup when that cannot be done.

    What a killed restore left is taken away too.
    """
    _drop_left(address, "herstel")
    beside = address.set(database=f"{_beside(address, 'herstel')}{token_hex(_TOKEN_BYTES)}")
    load(copy, beside)
    return beside


def _drop_left(address: URL, what: str) -> None:
    """Throw away what was made here and left: only names that are made here, and none that somebody works with."""
    made_here = re.compile(rf"{re.escape(_beside(address, what))}[0-9a-f]{{{2 * _TOKEN_BYTES}}}")
    with _maintaining(address) as connection:
        names = connection.scalars(text("SELECT datname FROM pg_database")).all()
        for name in filter(made_here.fullmatch, names):
            with suppress(DBAPIError):  # it is another one's, that still works
                connection.execute(text(f'DROP DATABASE "{name}"'))


def load(copy: Path, address: URL) -> None:
    """Make a database out of a copy. Every row must fit and every reference must lead somewhere.

    Raises UnusableBackup when it does not, or when it is no copy of this product.
    """
    if not copy.is_file():
        raise UnusableBackup(f"deze back-up is er niet: {copy}")
    remedy = f"Mag de gebruiker dat? Zo niet: ALTER ROLE {address.username} CREATEDB"
    with _told("er kan geen database naast gemaakt worden", remedy), _maintaining(address) as connection:
        connection.execute(text(f'CREATE DATABASE "{address.database}" TEMPLATE template0'))
    try:
        _run("pg_restore", address, "--exit-on-error", "--no-owner", "--no-privileges", str(copy))
        _look_at(address, "dit is geen database van Even Stilstaan")
    except UnusableBackup:
        drop(address)
        raise


def put_in_place(beside: URL, address: URL, *, now: datetime) -> str:
    """Let a staged database take the name of the other; the name that one has now, '' when there was none.

    Nothing is thrown away, and both names change at once or not at all. Raises UnusableBackup while somebody works
    with either.
    """
    aside = _beside(address, f"voor_herstel_{now.astimezone(UTC):%Y%m%d_%H%M%S}")
    refused = _told("de database kan nu geen andere naam krijgen", "Stop eerst alles wat met haar werkt")
    with refused, _maintaining(address, at_once=True) as connection:
        there = connection.scalar(text("SELECT 1 FROM pg_database WHERE datname = :n"), {"n": address.database})
        if there:
            connection.execute(text(f'ALTER DATABASE "{address.database}" RENAME TO "{aside}"'))
        connection.execute(text(f'ALTER DATABASE "{beside.database}" RENAME TO "{address.database}"'))
    return aside if there else ""


def drop(address: URL) -> None:
    """Throw a database away, if it is there. Raises UnusableBackup when the server does not let it go."""
    refused = _told(f"de database {address.database} kan niet weg", "Gooi haar zelf weg met dropdb")
    with refused, _maintaining(address) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{address.database}" WITH (FORCE)'))


def _beside(address: URL, what: str) -> str:
    return f"{address.database}_{what}"


def _look_at(address: URL, otherwise: str) -> None:
    engine = open_engine(address.render_as_string(hide_password=False))
    try:
        state = schema_state(engine)
    finally:
        engine.dispose()
    if state.kind is SchemaKind.EMPTY or state.found is None:
        raise UnusableBackup(otherwise)


@contextmanager
def _maintaining(address: URL, *, at_once: bool = False) -> Iterator[Connection]:
    """Outside every database of the product; with ``at_once`` all that is asked is done together, or not at all.

    Raises UnusableBackup when the user may not go there.
    """
    there = address.set(database=_MAINTENANCE)
    engine = create_engine(there, hide_parameters=True, poolclass=NullPool, connect_args=patience(there))
    remedy = f"Mag dat niet? GRANT CONNECT ON DATABASE {_MAINTENANCE} TO {address.username}"
    with _told(f"de gebruiker moet bij de database '{_MAINTENANCE}' kunnen", remedy):
        connection = (engine if at_once else engine.execution_options(isolation_level="AUTOCOMMIT")).connect()
    with connection, connection.begin():
        yield connection


@contextmanager
def _told(problem: str, remedy: str) -> Iterator[None]:
    """What the server refuses, with its kind and what to do about it; nothing it says itself, for that has names."""
    try:
        yield
    except DBAPIError as error:
        raise UnusableBackup(f"{problem} ({type(error.orig).__name__}). {remedy}") from None


def _run(program: str, address: URL, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the password goes beside the command, where nobody sees it."""
    path = shutil.which(program)
    if path is None:
        raise UnusableBackup(f"{program} is er niet. Installeer de programma's van PostgreSQL (postgresql-client)")
    where = URL.create(
        "postgresql", address.username, None, address.host, address.port, address.database, address.query
    )
    password = {"PGPASSWORD": str(address.password)} if address.password else {}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, with an address of the administrator
        [path, *arguments, f"--dbname={where.render_as_string()}"],
        env={**os.environ, **password},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        # What pg_restore says may quote a row.
        said = done.stderr.decode(errors="replace").partition("\n")[0] if program == "pg_dump" else ""
        raise UnusableBackup(f"{program} stopte met code {done.returncode}. De database of de kopie klopt niet. {said}")
