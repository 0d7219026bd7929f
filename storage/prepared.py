"""Statements that are asked very often, worked out once: what the driver gets, and how values go in and come out.

SQLAlchemy stays who writes the SQL and who knows the types. Only what it does at every execution anew is left out: that
took six times as long as the database itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, methodcaller
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import Connection, Dialect, Executable, Insert, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler

Process: TypeAlias = Callable[[Any], Any]
MOST: Final = 512
"""Statements that are remembered; there are some two hundred."""
_ALL: Final = methodcaller("fetchall")
_TOUCHED: Final = attrgetter("rowcount")


class Prepared:
    """One statement for one kind of database.

    Args:
        compiled: The statement as SQLAlchemy wrote it.
        given: The names of what every execution gives; what else it needs stands in the statement.
    """

    def __init__(self, statement: Executable, compiled: SQLCompiler, given: tuple[str, ...]) -> None:
        dialect = compiled.dialect
        self._text = compiled.string
        self._places = compiled.positiontup
        columns = tuple(statement.selected_columns) if isinstance(statement, Select) else ()
        self.names = tuple(str(column.key) for column in columns)
        """Of the columns that come out."""
        self._out = _those(
            (place, column.type.dialect_impl(dialect).result_processor(dialect, None))
            for place, column in enumerate(columns)
        )
        processors = {  # by name: one value may stand in several places
            name: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind, name in compiled.bind_names.items()
        }
        self._in = _those(processors.items())
        self._fixed = {
            name: value for name, value in compiled.construct_params(dict.fromkeys(given)).items() if name not in given
        }

    def rows(self, connection: Connection, given: Mapping[str, Any]) -> list[Any]:
        """All rows that are found, each a sequence of values."""
        found: list[Any] = self._run(connection, given, _ALL)
        return [self._read(row) for row in found] if self._out else found

    def count(self, connection: Connection, given: Mapping[str, Any]) -> int:
        """Write; how many rows it touched."""
        touched: int = self._run(connection, given, _TOUCHED)
        return touched

    def _run(self, connection: Connection, given: Mapping[str, Any], take: Process) -> Any:
        values = {**self._fixed, **given}
        for name, process in self._in:
            values[name] = process(values[name])
        parameters = values if self._places is None else tuple(values[name] for name in self._places)
        return _executed(connection, self._text, parameters, take)

    def _read(self, row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for place, process in self._out:
            values[place] = process(values[place])
        return values


def say(connection: Connection, text: str) -> None:
    """Give the driver a statement that needs nothing and gives nothing back."""
    _executed(connection, text, (), _TOUCHED)


@lru_cache(maxsize=MOST)
def prepared(statement: Executable, dialect: Dialect, given: tuple[str, ...]) -> Prepared | None:
    """The statement as the driver takes it; None for one that is written anew for what it is given, as with IN."""
    names = list(given) if isinstance(statement, Insert) else None
    compiled = statement.compile(dialect=dialect, column_keys=names)  # type: ignore[attr-defined]
    if compiled.post_compile_params or compiled.literal_execute_params:
        return None
    return Prepared(statement, compiled, given)


def _executed(connection: Connection, text: str, parameters: Any, take: Process) -> Any:
    """What ``take`` takes from the cursor. SQLite looks up most rows only then, so that can go wrong as well."""
    cursor = None
    try:
        cursor = connection.connection.cursor()
        cursor.execute(text, parameters)
        taken = take(cursor)
        cursor.close()
    except connection.dialect.loaded_dbapi.Error as error:
        raise _told(error, connection, cursor) from error
    return taken


def _those(of: Iterable[tuple[Any, Process | None]]) -> tuple[tuple[Any, Process], ...]:
    """Without what needs no processing."""
    return tuple((which, process) for which, process in of if process is not None)


def _told(error: Any, connection: Connection, cursor: Any) -> BaseException:
    """An error of the driver as SQLAlchemy tells it; a connection that is gone is not used again."""
    dialect, base = connection.dialect, connection.dialect.loaded_dbapi.Error
    gone = dialect.is_disconnect(error, connection.connection, cursor)
    told = DBAPIError.instance(
        None, None, error, base, hide_parameters=True, connection_invalidated=gone, dialect=dialect
    )
    if gone:
        connection.invalidate(error)
    return cast("BaseException", told)
