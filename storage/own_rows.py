"""Every row about one person, from every table that points at persons: found by the schema, so none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Table as SqlTable
from sqlalchemy import select

from storage.base import Table
from storage.repository import Repository
from storage.tables import PersonRow

_PERSON: Final = PersonRow.__tablename__


class OwnRows(Repository):
    """What is stored about somebody. Envelopes and sessions point at nobody, so they can never be among it."""

    def of(self, person_id: str) -> Mapping[str, tuple[Mapping[str, Any], ...]]:
        """Table → its rows about this person, all columns; the person's own row first."""
        found = {}
        for table, columns in about_people().items():
            rows: list[Mapping[str, Any]] = []
            for name in columns:
                statement = select(table).where(table.c[name] == person_id).order_by(*table.primary_key)
                rows += [dict(row) for row in self._session.connection().execute(statement).mappings()]
            found[table.name] = tuple(rows)
        return found


def about_people() -> dict[SqlTable, tuple[str, ...]]:
    """The tables with a person in them, each with the columns that name one; the table of persons first."""
    tables = Table.metadata.tables
    person = tables[str(_PERSON)]
    pointing = {
        table: tuple(key.parent.name for key in table.foreign_keys if key.column.table is person)
        for _, table in sorted(tables.items())
    }
    return {person: ("id",), **{table: columns for table, columns in pointing.items() if columns}}
