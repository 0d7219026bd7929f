"""The database itself: an engine with the pragmas the product needs, its schema version and its migrations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import SchemaMismatch, Unavailable, UnsafeDatabase
from storage.samples import keep_no_samples

if TYPE_CHECKING:
    from alembic.config import Config

_BUSY_MILLISECONDS = 5000
"""How long a unit of work waits for another one, on both databases."""
_SILENT_MILLISECONDS = 12_000
"""PostgreSQL ends a unit of work of which it hears nothing for so long: its process is stuck, and everybody waits."""
_STATEMENT_MILLISECONDS = 30_000
_GLANCE_MILLISECONDS = 200
_EMPTYING_MILLISECONDS = 1000
"""How long emptying the log of SQLite waits for who reads, a backup for one: everybody who writes waits behind it."""
_PATIENCE = {
    "connect_timeout": "5",  # the rest is for a line that went dead without a word
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
_TURN = 20_190_612
"""The name of the lock that every unit of work takes on PostgreSQL: any number that nobody else uses there."""
_UNREADABLE = (
    "het adres van de database is niet te lezen. Het is postgresql+psycopg://gebruiker@server/database. "
    "Zet het wachtwoord in PGPASSWORD: in een adres mogen tekens als @, / en : niet"
)
_MIGRATIONS = Path(__file__).parent / "migrations"
_QUEUE_SECONDS = 5


class SchemaKind(StrEnum):
    """How the tables found compare with the tables this program knows."""

    EMPTY = "empty"
    CURRENT = "current"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The version of the tables."""

    kind: SchemaKind
    found: str | None
    """Revision in the database; None when there is none."""
    expected: str
    """Revision of this program."""


def open_engine(url: str) -> Engine:
    """An engine for an SQLite file or a PostgreSQL database.

    SQLite gets one connection in this process (threads queue for it in order; other processes wait up to five
    seconds) and makes the file's folder when it is missing. Raises UnsafeDatabase for a database in memory,
    for another kind of database, and when ``secure_delete`` cannot be had.
    """
    address = address_of(url)
    match address.get_backend_name():
        case "sqlite":
            return _open_sqlite(address)
        case "postgresql":
            return _open_postgresql(address)
        case other:
            raise UnsafeDatabase(f"een database van de soort '{other}' kan niet; wel sqlite of postgresql")


def address_of(url: str) -> URL:
    """The parts of an address; raises UnsafeDatabase, without a word of it, when it cannot be read as it was meant."""
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UnsafeDatabase(_UNREADABLE) from None
    if "@" in (address.host or ""):  # the end of a password, that every message about this server would quote
        raise UnsafeDatabase(_UNREADABLE)
    return address


def _open_sqlite(address: URL) -> Engine:
    if address.database in (None, "", ":memory:") or address.query.get("mode") == "memory":
        raise UnsafeDatabase("een SQLite-database heeft een eigen bestand nodig: sqlite:///map/bestand.db")
    Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(address, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=_QUEUE_SECONDS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    event.listen(engine, "reset", _end_what_is_open)
    return engine


def _open_postgresql(address: URL) -> Engine:
    try:
        engine = create_engine(address, hide_parameters=True, pool_pre_ping=True, connect_args=patience(address))
    except ImportError:
        needed = "pip install 'psycopg[binary]>=3.3,<4'"
        raise UnsafeDatabase(f"voor PostgreSQL is een pakket meer nodig: {needed}") from None
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "begin", _take_turn)
    return engine


def patience(address: URL) -> dict[str, str]:
    """How long a connection to PostgreSQL waits for the other side; what the address says itself goes before it."""
    return {name: value for name, value in _PATIENCE.items() if name not in address.query}


def _prepare_postgresql(connection: Any, _record: object) -> None:
    """Nobody waits without end: not for a lock, not for an answer, and not for a process that is stuck."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SET lock_timeout = {_BUSY_MILLISECONDS}; SET statement_timeout = {_STATEMENT_MILLISECONDS};"
            f"SET idle_in_transaction_session_timeout = {_SILENT_MILLISECONDS}"
        )
    connection.commit()  # a setting that is rolled back is gone


def _take_turn(connection: Connection) -> None:
    # One unit of work at a time over all processes, as SQLite has it: what was read is still so when it is written
    # (docs/decisions/0020-one-unit-of-work-at-a-time.md). The lock goes with the transaction, also with a kill.
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_TURN})")


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set what is per connection; the driver may not begin transactions of its own (it would do so too late)."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
    if cursor.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")
    if cursor.execute("PRAGMA secure_delete").fetchone() != (1,):
        raise UnsafeDatabase("deze SQLite wist niet echt (secure_delete staat uit)")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    # A plain BEGIN takes the write lock at the first write and then fails when somebody else wrote meanwhile.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _end_what_is_open(connection: Any, _record: object, _state: object) -> None:
    # After a COMMIT that failed (a full disk) SQLite still has its transaction, and SQLAlchemy takes it to be over:
    # the next unit of work, and every one after it, would fail. Where nothing is open this does nothing.
    connection.rollback()


def schema_state(engine: Engine) -> SchemaState:
    """Which version of the tables the database has."""
    expected = known_revisions()[-1]
    with _told_plainly(), engine.connect() as connection:
        tables = set(inspect(connection).get_table_names())
        marked = "alembic_version" in tables
        found = connection.scalar(text("SELECT version_num FROM alembic_version")) if marked else None
        empty = found is None and tables <= {"alembic_version"}
    if empty:
        return SchemaState(SchemaKind.EMPTY, None, expected)
    return SchemaState(SchemaKind.CURRENT if found == expected else SchemaKind.OTHER, found, expected)


def known_revisions() -> tuple[str, ...]:
    """The revisions of this program, oldest first.

    From the names of their files: Alembic knows them too, but half of the time of a start went into importing it.
    """
    return tuple(sorted(path.name.partition("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")))


def migrate(engine: Engine) -> None:
    """Bring the tables to this program's version, all in one transaction.

    Raises SchemaMismatch when the database has tables of a version that this program does not know.
    """
    from alembic import command

    state = schema_state(engine)
    if state.kind is SchemaKind.OTHER and state.found not in known_revisions():
        raise SchemaMismatch(state.found, state.expected)
    config = alembic_config()
    with _told_plainly(), engine.connect() as connection:
        _set_foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _take_time(connection)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                keep_no_samples(connection)
                _assert_references(connection)
        finally:
            _set_foreign_keys(connection, on=True)


def checkpoint(engine: Engine) -> bool:
    """Leave no copy of deleted content: SQLite empties its log into the file, PostgreSQL writes its tables anew.

    False when another process was busy with them for too long: try again later. PostgreSQL's own log is not emptied
    (docs/decisions/0023-many-processes.md).
    """
    if engine.dialect.name != "sqlite":
        return _written_anew(engine)
    with _told_plainly(), engine.connect() as connection:
        # Straight to the driver: inside a transaction the log cannot be emptied.
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_EMPTYING_MILLISECONDS}")
        try:
            busy, _frames, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            raise Unavailable(f"de database kan nu niet: {error}") from error
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
            cursor.close()
    return not busy


def _written_anew(engine: Engine) -> bool:
    with _told_plainly(), engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Who waits for a whole table keeps everybody behind it waiting.
        connection.exec_driver_sql(f"SET lock_timeout = {_GLANCE_MILLISECONDS}")
        try:
            for name in inspect(connection).get_table_names():
                connection.exec_driver_sql(f'VACUUM FULL "{name}"')
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")  # samples of before storage.samples
        except OperationalError:
            return False
        finally:
            connection.exec_driver_sql(f"SET lock_timeout = {_BUSY_MILLISECONDS}")
    return True


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Errors of the driver as errors of this room."""
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable("de database kan nu niet: andere taken houden haar bezet") from error
    except OperationalError as error:
        raise Unavailable(f"de database kan nu niet: {error.orig}") from error
    except DatabaseError as error:
        remedy = "Is zij beschadigd, zet dan een kopie terug: python -m bot restore KOPIE"
        raise UnsafeDatabase(f"dit is geen bruikbare database: {error.orig}. {remedy}") from error


def alembic_config() -> Config:
    """Where the migrations are."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite rebuilds a table by dropping it, which with foreign keys on would delete the rows that point at it."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")
        cursor.close()


def _take_time(connection: Connection) -> None:
    """A large table may take longer than any statement of the product."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")


def _assert_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise UnsafeDatabase("na de migratie verwijzen rijen naar niets; er is niets veranderd")
