"""Errors of the storage room.

StorageError
├── Conflict               a unique key, a reference or a check of the database forbids this row
├── Unavailable            the database cannot be reached now: locked, full, read-only, gone (try again later)
│   └── BeingReplaced      another database takes its place: this process may not begin, or go on
├── UnsafeDatabase         the database does not keep what the product promises (secure_delete, a file of its own)
├── UnusableBackup         a copy of the database is missing or damaged, or it is of something else
├── CannotMove             the rows of one database do not all come into another one
├── SchemaMismatch         the tables are of another version than this program
├── TooLong                a payload or session does not fit in its one fixed size
├── BrokenSeal             a box that this key does not open, or that holds no payload
├── KeyGone                the key of a round is not in the key folder (any more)
├── KeyUnreadable          the key is there, but this process may not read it: nothing is lost, somebody must mend it
└── UnsafeKeyFolder        the key folder is missing, or readable by others
"""

from __future__ import annotations


class StorageError(Exception):
    """Base of everything this room raises on purpose."""


class Conflict(StorageError):
    """The database refuses the row; leave the unit of work without a commit."""

    def __init__(self, table: str) -> None:
        super().__init__(f"de database weigert een rij in '{table}': die bestaat al, verwijst naar niets of mag niet")
        self.table = table


class Unavailable(StorageError):
    """The database cannot do its work now; nothing of this unit of work is kept."""


class BeingReplaced(Unavailable):
    """Whoever works with the database must stop: what is in it is, or was, replaced."""

    def __init__(self) -> None:
        super().__init__("de database wordt nu teruggezet of verhuisd. Start dit daarna opnieuw")


class UnsafeDatabase(StorageError):
    """Working on would break a promise; the message says what to change."""


class UnusableBackup(StorageError):
    """A copy of the database that cannot be made, or not be put back; the message says which and why."""


class CannotMove(StorageError):
    """Everything stays where it was; the message says what is in the way."""


class SchemaMismatch(StorageError):
    """The tables are of another version than this program; carries both revisions, which count up."""

    def __init__(self, found: str | None, expected: str) -> None:
        if found is not None and found > expected:
            remedy = "Zet het nieuwere programma terug, of een oudere kopie: python -m bot restore KOPIE"
        else:
            remedy = "Draai eerst: python -m bot migrate"
        super().__init__(f"de database heeft versie {found or 'onbekend'}, dit programma verwacht {expected}. {remedy}")
        self.found = found
        self.expected = expected


class TooLong(StorageError):
    """What must be sealed or locked does not fit; carries both sizes in bytes."""

    def __init__(self, what: str, size: int, limit: int) -> None:
        super().__init__(f"{what} is {size} bytes; er passen er {limit} in")
        self.size = size
        self.limit = limit


class BrokenSeal(StorageError):
    """A box that does not open with this key, or that holds something else than expected."""


class KeyGone(StorageError):
    """The key of this round is not in the key folder: destroyed, never made, or not for this process."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"sleutel {key_id} is er niet (meer)")
        self.key_id = key_id


class KeyUnreadable(StorageError):
    """The key file exists but belongs to another user; the round waits until the administrator mends that."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"de sleutel {key_id} is er wel, maar dit proces mag hem niet lezen")


class UnsafeKeyFolder(StorageError):
    """The key folder is missing or open to others; the message says what to change."""
