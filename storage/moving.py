"""Everything of one database into another, empty one: table by table, and looked at row by row on both sides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Column, Connection, CursorResult, Engine, Row, func, insert, select, text, update
from sqlalchemy import Table as Columns
from sqlalchemy.exc import DBAPIError

import storage.loop_tables
import storage.tables  # noqa: F401 - puts every table into the schema
from storage.base import Table
from storage.database import SchemaKind, migrate, schema_state
from storage.errors import CannotMove, SchemaMismatch

_AT_ONCE: Final = 500
"""Rows of one transaction: what a kill can make undone."""
_UNDER_WAY: Final = "verhuizing-"
"""Stands where the version of the tables stands until everything is there, so that no bot starts on half of it."""
_SHOWN: Final = 20
"""Hexadecimal digits of the source's fingerprint that fit behind it."""
Progress = Callable[[int, int], None]
"""Is told how far it is, and of how much: each row counts when read, when it is there, and when compared."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one side holds: per table the number of rows, and a digest that does not hang on their order."""

    tables: dict[str, tuple[int, str]]

    @property
    def rows(self) -> int:
        """How many in all."""
        return sum(number for number, _ in self.tables.values())

    @property
    def fingerprint(self) -> str:
        """The same for the same rows."""
        return sha256(json.dumps(self.tables, sort_keys=True).encode()).hexdigest()


def move(source: Engine, target: Engine, *, progress: Progress, approve: Callable[[], None]) -> Look:
    """Copy every row; what there is, the same on both sides. After a kill it goes on where it was.

    ``approve`` looks at the target once more when all is there, and raises what it finds wrong: no bot starts on it
    before. Done again after its end it only looks. Nobody may write in either meanwhile. Raises SchemaMismatch when the
    source is of another version, CannotMove when the target holds something else or a side differs in the end: nobody
    can use the target then.
    """
    state = schema_state(source)
    if state.kind is not SchemaKind.CURRENT:
        raise SchemaMismatch(state.found, state.expected)
    count = _Counter(progress)
    try:
        with source.connect() as reading:
            count.of = 3 * _rows(reading)
            there = _look(reading, count)
            if _was_finished(target, there, count):
                approve()
                return there
            _make_room(target, f"{_UNDER_WAY}{there.fingerprint[:_SHOWN]}")
            for table in Table.metadata.sorted_tables:
                _copy(reading, target, table, count)
            for table in Table.metadata.sorted_tables:
                _point(reading, target, table)
        with target.connect() as looking:
            here = _look(looking, count)
        _compare(there, here)
        approve()
        _finish(target, state.expected)
    except DBAPIError as error:
        raise CannotMove(f"de verhuizing stopte: {type(error.orig).__name__}. Doe het nog een keer") from None
    return here


def _was_finished(target: Engine, look: Look, count: _Counter) -> bool:
    """Whether these very rows were moved there before, and no bot has gone on with them since."""
    if schema_state(target).kind is not SchemaKind.CURRENT:
        return False
    with target.connect() as looking:
        return _look(looking, count) == look


def _compare(there: Look, here: Look) -> None:
    different = [name for name, found in there.tables.items() if here.tables[name] != found]
    if different:
        raise CannotMove(
            f"na het kopiëren is niet alles gelijk: {', '.join(different)}. De nieuwe database is niet te gebruiken. "
            "Maak haar leeg en begin opnieuw"
        )


def _make_room(target: Engine, mark: str) -> None:
    """Tables of this version, empty or with the first part of these very rows; raises CannotMove otherwise."""
    state = schema_state(target)
    if state.kind is SchemaKind.EMPTY:
        migrate(target)
        state = schema_state(target)
    with target.begin() as connection:
        half = (state.found or "").startswith(_UNDER_WAY)
        if not half and (state.kind is not SchemaKind.CURRENT or _rows(connection)):
            raise CannotMove("in de nieuwe database staat al iets. Kies een lege")
        if half and state.found != mark:  # the source went on since: what was copied of it is no longer so
            for table in reversed(Table.metadata.sorted_tables):
                connection.execute(table.delete())
        connection.execute(text("UPDATE alembic_version SET version_num = :mark"), {"mark": mark})


def _finish(target: Engine, version: str) -> None:
    with target.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :version"), {"version": version})


def _copy(reading: Connection, target: Engine, table: Columns, count: _Counter) -> None:
    """The rows that are not there yet. They went in the order of their key, so their number tells where to go on."""
    with target.begin() as connection:
        done = connection.scalar(select(func.count()).select_from(table)) or 0
    count.add(done)
    own = _to_itself(table)
    for batch in _batches(reading.execute(_in_order(table).offset(done).limit(-1))):
        rows = [dict(row._mapping) | dict.fromkeys(own) for row in batch]  # noqa: SLF001 - that is its public name
        with target.begin() as connection:
            connection.execute(insert(table), rows)
        count.add(len(batch))


def _point(reading: Connection, target: Engine, table: Columns) -> None:
    """References to other rows of the same table, now that all of those are there."""
    key = next(iter(table.primary_key.columns))
    for column in map(table.c.__getitem__, _to_itself(table)):
        found = reading.execute(select(key, column).where(column.is_not(None)))
        for batch in _batches(found):
            with target.begin() as connection:
                for row in batch:
                    connection.execute(update(table).where(key == row[0]).values({column: row[1]}))


def _to_itself(table: Columns) -> tuple[str, ...]:
    return tuple(column.name for column in table.c if any(each.column.table is table for each in column.foreign_keys))


def _look(connection: Connection, count: _Counter) -> Look:
    found = {}
    for table in Table.metadata.sorted_tables:
        digests, columns = [], tuple(table.columns)
        for batch in _batches(connection.execute(select(table).execution_options(stream_results=True))):
            digests += [_digest(row, columns) for row in batch]
            count.add(len(batch))
        found[table.name] = (len(digests), sha256(b"".join(sorted(digests))).hexdigest())
    return Look(found)


def _digest(row: Row[Any], columns: Sequence[Column[Any]]) -> bytes:
    words = [f"{column.name}={_plain(row._mapping[column])}" for column in columns]  # noqa: SLF001 - its public name
    return sha256("\n".join(words).encode()).digest()


def _plain(value: Any) -> str:
    """A value so that two are alike exactly when they are the same, whichever database they came from."""
    if isinstance(value, datetime):
        return f"moment {value.astimezone(UTC).isoformat()}"
    if isinstance(value, date):
        return f"day {value.isoformat()}"
    if isinstance(value, bytes):
        return f"bytes {value.hex()}"
    return json.dumps(value, sort_keys=True)


def _in_order(table: Columns) -> Any:
    return select(table).order_by(*table.primary_key.columns)


def _batches(rows: CursorResult[Any]) -> Iterator[Sequence[Any]]:
    with closing(rows):
        yield from rows.partitions(_AT_ONCE)


def _rows(connection: Connection) -> int:
    counts = (select(func.count()).select_from(table) for table in Table.metadata.sorted_tables)
    return sum(connection.scalar(count) or 0 for count in counts)


class _Counter:
    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._done = 0
        self.of = 0

    def add(self, number: int) -> None:
        self._done += number
        self._progress(self._done, self.of)
