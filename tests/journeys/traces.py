"""What a bot leaves on its disk: rows to compare, and raw bytes to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.database import open_engine
from storage.tables import Table

if TYPE_CHECKING:
    from tests.journeys.running import Home
    from tests.support.phones import Phone

ID_BYTES = 6
"""SQLite keeps a number between 2**31 and 2**47 in six bytes."""
RECOGNISABLE = 0x3A5B7C9D1E2F
"""A chat number whose bytes occur nowhere by chance."""


def rows(home: Home) -> list[str]:
    """Everything in the database, to compare; without the stock of unused keys, which fills itself up."""
    engine = open_engine(home.database_url)
    with engine.connect() as database:
        found = [
            f"{table.name} {row}"
            for table in Table.metadata.sorted_tables
            if table.name != "key_stock"
            for row in database.execute(table.select())
        ]
    engine.dispose()
    return sorted(found)


def is_on_disk(home: Home, person: Phone) -> bool:
    """Whether any file of the bot (database, write-ahead log, keys) holds this person's chat number or name."""
    marks = (person.user.to_bytes(ID_BYTES, "big"), str(person.user).encode(), person.name.encode())
    return any(mark in file.read_bytes() for file in home.folder.rglob("*") if file.is_file() for mark in marks)
