"""What all repositories share: read rows as frozen records, write records as rows, say how many rows changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Delete, Dialect, Executable, Insert, Select, Update, bindparam, inspect
from sqlalchemy import select as select_columns
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.base import Table
from storage.errors import Conflict
from storage.prepared import Prepared, prepared

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlalchemy.dialects import postgresql
    from sqlmodel.sql.expression import SelectOfScalar

Record = TypeVar("Record", bound="DataclassInstance")
Other = TypeVar("Other", bound="DataclassInstance")
_Row = TypeVar("_Row", bound=Table)
_Value = TypeVar("_Value")
_Found: TypeAlias = tuple[tuple[str, ...], Sequence[Sequence[Any]]]
"""The names of the columns, and the rows."""
_COUNTED: Final = {"preserve_rowcount": True}  # PostgreSQL forgets the count otherwise
_READ: Final = "records read by key"
_CONNECTION: Final = "connection"


def to_values(record: DataclassInstance) -> dict[str, Any]:
    """The record as column values."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


@lru_cache
def _by_key(table: type[Table]) -> Select[Any]:
    """The row with one primary key."""
    columns = inspect(table).local_table
    (key,) = columns.primary_key.columns
    return select_columns(*columns.c).where(key == bindparam("key"))


@lru_cache(maxsize=512)
def _reader(record: type[Record], names: tuple[str, ...]) -> Callable[[Sequence[Any]], Record]:
    """How rows with these columns become records."""
    wanted = tuple(field.name for field in fields(record))
    places = tuple(names.index(name) for name in wanted)
    return lambda row: record(**{name: row[place] for name, place in zip(wanted, places, strict=True)})


def forget(session: Session) -> None:
    """Read everything again when it is asked for: a part of this unit of work was undone."""
    session.info.pop(_READ, None)


class Repository:
    """The rows of one subject inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _with_key(self, record: type[Record], table: type[Table], key: str) -> Record | None:
        """The row with this primary key as a record.

        Read once per unit of work, and again after it changed that table: most of the work asks for the same team,
        area and schedule many times over.
        """
        known: dict[str, dict[Any, Any]] = self._session.info.setdefault(_READ, {})
        rows = known.setdefault(str(table.__tablename__), {})
        if key not in rows:
            names, found = self._found(_by_key(table), {"key": key})
            rows[key] = _reader(record, names)(found[0]) if found else None
        return cast("Record | None", rows[key])

    def _records(self, record: type[Record], statement: SelectOfScalar[_Row], **given: object) -> tuple[Record, ...]:
        """All rows as records, as they are now (also when this unit of work read and changed them before).

        ``given``: what stands in the places of a statement that was built once, because it is asked very often.
        """
        names, found = self._found(statement, given)
        return tuple(map(_reader(record, names), found))

    def _found(self, statement: Executable, given: Mapping[str, Any]) -> _Found:
        connection = self._connection
        if known := _prepared(connection, statement, given):
            return known.names, known.rows(connection, given)
        found = connection.execute(statement, given)
        return tuple(found.keys()), found.all()

    def _records_once(
        self, record: type[Record], table: type[Table], statement: SelectOfScalar[_Row], **given: str | int
    ) -> tuple[Record, ...]:
        """Rows of one table, read once per unit of work and again after it changed that table.

        For a statement that was built once; what it is given tells one reading from another.
        """
        known: dict[str, dict[Any, Any]] = self._session.info.setdefault(_READ, {})
        read = known.setdefault(str(table.__tablename__), {})
        asked = (statement, *given.values())
        if asked not in read:
            read[asked] = self._records(record, statement, **given)
        return cast("tuple[Record, ...]", read[asked])

    def _record(self, record: type[Record], statement: SelectOfScalar[_Row], **given: object) -> Record | None:
        """The first row as a record."""
        names, found = self._found(statement, given)
        return _reader(record, names)(found[0]) if found else None

    def _pairs(
        self,
        one: tuple[type[Record], type[Table]],
        other: tuple[type[Other], type[Table]],
        statement: Executable,
        **given: object,
    ) -> tuple[tuple[Record, Other], ...]:
        """All rows of two tables side by side as two records each."""
        names = [tuple(inspect(table).local_table.c.keys()) for _, table in (one, other)]
        first, second = _reader(one[0], names[0]), _reader(other[0], names[1])
        _, found = self._found(statement, given)
        return tuple((first(row[: len(names[0])]), second(row[len(names[0]) :])) for row in found)

    def _values(self, statement: SelectOfScalar[_Value], **given: object) -> tuple[_Value, ...]:
        """One column of all rows."""
        _, found = self._found(statement, given)
        return tuple(row[0] for row in found)

    def _value(self, statement: SelectOfScalar[_Value], **given: object) -> _Value | None:
        """One column of the first row."""
        return next(iter(self._values(statement, **given)), None)

    def _value_once(self, table: type[Table], statement: SelectOfScalar[_Value], **given: object) -> _Value | None:
        """Like ``_value``, read once per unit of work, and again after it changed that table."""
        known: dict[str, dict[Any, Any]] = self._session.info.setdefault(_READ, {})
        rows, asked = known.setdefault(str(table.__tablename__), {}), (statement, *given.values())
        if asked not in rows:
            rows[asked] = self._value(statement, **given)
        return cast("_Value | None", rows[asked])

    def _change(self, statement: Insert | Update | Delete, **given: object) -> int:
        """Write rows; how many it touched. Raises Conflict when a key, a reference or a check forbids it."""
        return self._write(statement, given)

    def _write(self, statement: Insert | Update | Delete, given: dict[str, Any] | list[dict[str, Any]]) -> int:
        self._forget(statement)
        connection = self._connection
        try:
            if isinstance(given, dict) and (known := _prepared(connection, statement, given)):
                return known.count(connection, given)
            return connection.execute(statement, given, execution_options=_COUNTED).rowcount
        except IntegrityError:
            # Without its cause: PostgreSQL quotes the refused values, and this text may reach a log.
            raise Conflict(str(statement.table)) from None

    def _forget(self, statement: Insert | Update | Delete) -> None:
        """Read the changed rows again when they are asked for; what is deleted takes rows of other tables along."""
        known: dict[str, dict[Any, Any]] = self._session.info.get(_READ, {})
        if isinstance(statement, Delete):
            known.clear()
        else:
            known.pop(str(statement.table), None)

    def _insert(self, table: type[Table], values: dict[str, Any]) -> None:
        """Add one row."""
        self._change(_adding(table, self._dialect), **values)

    def _insert_new(self, table: type[Table], values: dict[str, Any]) -> bool:
        """Add one row unless a key of it exists; whether it was added."""
        return self._change(_adding_new(table, self._dialect), **values) == 1

    def _insert_all_new(self, table: type[Table], rows: list[dict[str, Any]]) -> None:
        """Add rows, each unless a key of it exists."""
        if rows:
            self._write(_adding_new(table, self._dialect), rows)

    def _put(self, table: type[Table], values: dict[str, Any], *, key: tuple[str, ...]) -> None:
        """Add one row, or replace all of the row with this key."""
        self._change(_putting(table, self._dialect, key, tuple(values)), **values)

    @property
    def _connection(self) -> Connection:
        """The connection of this unit of work; the session takes long to find it, at every statement anew."""
        known: Connection | None = self._session.info.get(_CONNECTION)
        if known is None or known.closed:
            known = self._session.info[_CONNECTION] = self._session.connection()
        return known

    @property
    def _dialect(self) -> str:
        return self._session.get_bind().dialect.name


_DIALECTS: Final[dict[type[Dialect], Dialect]] = {}
"""One for all databases of a kind: what is worked out for one of them fits the others that this process opens."""


def _prepared(connection: Connection, statement: Executable, given: Mapping[str, Any]) -> Prepared | None:
    """A statement that is given something was built once, and so is worked out once; any other is not."""
    alike = _DIALECTS.setdefault(type(connection.dialect), connection.dialect)
    return prepared(statement, alike, tuple(given)) if given else None


@lru_cache
def _adding(table: type[Table], dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT: SQLite and PostgreSQL spell it alike, other databases are not supported."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # with its drivers, which nobody on SQLite needs

    return postgresql.insert(table)


@lru_cache
def _adding_new(table: type[Table], dialect: str) -> Insert:
    return _adding(table, dialect).on_conflict_do_nothing()


@lru_cache
def _putting(table: type[Table], dialect: str, key: tuple[str, ...], names: tuple[str, ...]) -> Insert:
    statement = _adding(table, dialect)
    rest = {name: statement.excluded[name] for name in names if name not in key}
    return statement.on_conflict_do_update(index_elements=key, set_=rest)
