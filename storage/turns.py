"""Whose turn it is: on PostgreSQL one process at a time answers a person; elsewhere there is only one process."""

from __future__ import annotations

from sqlalchemy import Engine

from storage.process_locks import Kind, ProcessLocks


class Turns:
    """The turn of each person, over all processes of an installation."""

    def __init__(self, engine: Engine) -> None:
        self._locks = None if engine.dialect.name == "sqlite" else ProcessLocks(engine)

    @property
    def are_shared(self) -> bool:
        """Whether other processes may answer the same people."""
        return self._locks is not None

    def take(self, person: int) -> bool:
        """Take a person's turn if it is free, by a number that is theirs alone; whether this process has it now."""
        return self._locks is None or self._locks.hold(Kind.PERSON, person)

    def give_back(self, person: int) -> None:
        """The person was answered."""
        if self._locks is not None:
            self._locks.give_back(Kind.PERSON, person)

    def close(self) -> None:
        """Give back whatever is left."""
        if self._locks is not None:
            self._locks.close()
