"""What all repositories share: read rows as frozen records, write records as rows, say how many rows changed."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Delete, Insert, Update, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.base import Table
from storage.errors import Conflict

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from sqlmodel.sql.expression import SelectOfScalar

Record = TypeVar("Record", bound="DataclassInstance")
_Row = TypeVar("_Row", bound=Table)
_Value = TypeVar("_Value")
_FRESH: Final = {"populate_existing": True}
_COUNTED: Final = {"synchronize_session": False, "preserve_rowcount": True}  # PostgreSQL forgets the count otherwise


def to_record(record: type[Record], row: Table) -> Record:
    """The row as a record: every field of the record is a column of the same name."""
    return record(**{field.name: getattr(row, field.name) for field in fields(record)})


def to_values(record: DataclassInstance) -> dict[str, Any]:
    """The record as column values."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


class Repository:
    """The rows of one subject inside one unit of work."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def _records(self, record: type[Record], statement: SelectOfScalar[_Row]) -> tuple[Record, ...]:
        """All rows as records, as they are now (also when this unit of work read and changed them before)."""
        return tuple(to_record(record, row) for row in self._session.exec(statement, execution_options=_FRESH))

    def _record(self, record: type[Record], statement: SelectOfScalar[_Row]) -> Record | None:
        """The first row as a record."""
        row = self._session.exec(statement, execution_options=_FRESH).first()
        return None if row is None else to_record(record, row)

    def _values(self, statement: SelectOfScalar[_Value]) -> tuple[_Value, ...]:
        """One column of all rows."""
        return tuple(self._session.exec(statement).all())

    def _value(self, statement: SelectOfScalar[_Value]) -> _Value | None:
        """One column of the first row."""
        return self._session.exec(statement).first()

    def _change(self, statement: Insert | Update | Delete) -> int:
        """Write rows; how many it touched. Raises Conflict when a key, a reference or a check forbids it."""
        try:
            return self._session.exec(statement, execution_options=_COUNTED).rowcount
        except IntegrityError:
            # Without its cause: PostgreSQL quotes the refused values, and this text may reach a log.
            raise Conflict(str(statement.table)) from None

    def _insert(self, table: type[Table], values: dict[str, Any]) -> None:
        """Add one row."""
        self._change(insert(table).values(**values))

    def _insert_new(self, table: type[Table], values: dict[str, Any]) -> bool:
        """Add one row unless a key of it exists; whether it was added."""
        return self._change(self._dialect_insert(table).values(**values).on_conflict_do_nothing()) == 1

    def _put(self, table: type[Table], values: dict[str, Any], *, key: tuple[str, ...]) -> None:
        """Add one row, or replace all of the row with this key."""
        rest = {name: value for name, value in values.items() if name not in key}
        statement = self._dialect_insert(table).values(**values)
        self._change(statement.on_conflict_do_update(index_elements=key, set_=rest))

    def _dialect_insert(self, table: type[Table]) -> sqlite.Insert | postgresql.Insert:
        """An INSERT that knows ON CONFLICT: SQLite and PostgreSQL spell it alike, other databases are not supported."""
        if self._session.get_bind().dialect.name == "sqlite":
            return sqlite.insert(table)
        return postgresql.insert(table)
