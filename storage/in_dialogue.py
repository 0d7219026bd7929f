"""Who is in the middle of a dialogue, told between the processes of one PostgreSQL without writing anything down."""

from __future__ import annotations

from sqlalchemy import Engine

from storage.process_locks import Kind, ProcessLocks


class InDialogue:
    """A session lock per chat that is in a dialogue; the server takes it back when its process is gone.

    No table, no log of changes and no copy ever has it (docs/decisions/0010-no-interruption.md). On SQLite one process
    talks to people, and its own memory is enough.
    """

    def __init__(self, engine: Engine) -> None:
        self._locks = None if engine.dialect.name == "sqlite" else ProcessLocks(engine)

    @property
    def is_shared(self) -> bool:
        """Whether other processes talk to the same people."""
        return self._locks is not None

    def begin(self, chat_id: int) -> None:
        """Let the other processes see it; again does no harm. Raises Unavailable."""
        if self._locks is not None:
            self._locks.hold(Kind.DIALOGUE, chat_id, shared=True)

    def end(self, chat_id: int) -> None:
        """This process no longer says so. Raises Unavailable."""
        if self._locks is not None:
            self._locks.give_back(Kind.DIALOGUE, chat_id, shared=True)

    def everybody(self) -> frozenset[int]:
        """The chats of which some process says so now. Raises Unavailable."""
        return self._locks.numbers(Kind.DIALOGUE) if self._locks is not None else frozenset()

    def close(self) -> None:
        """Say nothing any more."""
        if self._locks is not None:
            self._locks.close()
