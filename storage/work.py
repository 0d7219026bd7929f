"""The unit of work: one transaction, the repositories as attributes, an explicit commit."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    PendingRollbackError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from storage.changes import Changes
from storage.database import checkpoint
from storage.deliveries import Deliveries
from storage.disk import free
from storage.envelopes import Answers
from storage.erasures import PART as ERASED
from storage.erasures import ErasureList
from storage.errors import Unavailable, UnsafeDatabase
from storage.forms import Forms
from storage.handover_notes import HandoverNotes
from storage.hold import Hold
from storage.improvement_actions import ImprovementActions
from storage.in_dialogue import InDialogue
from storage.invitations import Invitations
from storage.keys import KeyFolder, KeyStock
from storage.maandbeelden import Maandbeelden
from storage.own_rows import OwnRows
from storage.people import People
from storage.pool import TextPool, TextReleases
from storage.prepared import say
from storage.presence import working_with
from storage.publications import Publications
from storage.pulse import find_damage, prove_writable
from storage.repository import forget
from storage.responses import Responses
from storage.rounds import Rounds
from storage.schedules import Schedules
from storage.sender import OnlySender
from storage.tallies import AreaMonths, Tallies
from storage.team_figures import TeamFigures
from storage.teams import Teams
from storage.texts import DialogueTexts
from storage.turns import Turns

LEAST_FREE = 32_000_000
"""Bytes. A day of many teams takes a few; so somebody has time to make room."""


class Work:
    """One transaction. Without ``commit()`` nothing of it is kept; after ``commit()`` it is over."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.people = People(session)
        self.own_rows = OwnRows(session)
        self.teams = Teams(session)
        self.invitations = Invitations(session)
        self.schedules = Schedules(session)
        self.rounds = Rounds(session)
        self.answers = Answers(session)
        self.keys = KeyStock(session)
        self.pool = TextPool(session)
        self.text_releases = TextReleases(session)
        self.publications = Publications(session)
        self.maandbeelden = Maandbeelden(session)
        self.responses = Responses(session)
        self.improvement_actions = ImprovementActions(session)
        self.team_figures = TeamFigures(session)
        self.deliveries = Deliveries(session)
        self.forms = Forms(session)
        self.handover_notes = HandoverNotes(session)
        self.texts = DialogueTexts(session)
        self.changes = Changes(session)
        self.tallies = Tallies(session)
        self.area_months = AreaMonths(session)

    def commit(self) -> None:
        """Keep everything of this unit of work, at once."""
        self._session.commit()


class Storage:
    """The database and the key folder that belongs to it.

    Args:
        engine: From ``open_engine``; its tables are those of this version.
        keys: The key folder, outside the database and its backups.
    """

    def __init__(self, engine: Engine, keys: KeyFolder) -> None:
        self.engine = engine
        self.keys = keys
        self.sender = OnlySender(engine)
        self.turns = Turns(engine)
        self.in_dialogue = InDialogue(engine)
        self._here = threading.local()
        self.is_new = False
        """Whether the tables were made by this process, because there were none."""
        self.owes_checkpoint = True
        """Whether the log may still hold what was deleted: the last run was killed, or it was busy."""
        self.tidied_on: date | None = None
        """The day on which this process last dropped what is past its time; None: not yet."""
        self.erasures = ErasureList(keys.path / ERASED)
        self.hold = Hold(keys.path)

    def checkpoint(self) -> bool:
        """Empty the write-ahead log, so that deleted content leaves no copy there; False when that cannot be done now.

        Then it is owed: what was deleted stays deleted, and whoever clears traces next tries again.
        """
        self.owes_checkpoint = emptied = False  # before it begins: what somebody takes back meanwhile is owed as well
        try:
            with suppress(Unavailable):
                emptied = checkpoint(self.engine)
        finally:
            if not emptied:
                self.owes_checkpoint = True
        return emptied

    def clear_soon(self) -> None:
        """Leave no copy of what somebody just took back: at once, or at the next tick where that would hold up others.

        PostgreSQL locks each table while it writes it anew, and people who tap would wait for that.
        """
        if self.engine.dialect.name == "sqlite":
            self.checkpoint()
        else:
            self.owes_checkpoint = True

    def prove_writable(self) -> None:
        """Commit something that means nothing. Raises Unavailable when that cannot be done now."""
        prove_writable(self.engine)

    def find_damage(self) -> str:
        """What is wrong with the file of the database; nothing when it is whole."""
        return find_damage(self.engine)

    def has_room(self) -> bool:
        """Whether there is still room on the disks of the database and the keys, before they are full."""
        folders = [self.keys.path]
        if self.engine.dialect.name == "sqlite":
            folders.append(Path(str(self.engine.url.database)).parent)
        return all(free(folder) >= LEAST_FREE for folder in folders)

    @contextmanager
    def at_work(self) -> Iterator[Callable[[], None]]:
        """For a process that stays: within the block no copy is put back. Raises BeingReplaced while one is.

        Gives what it calls again and again to stay so, which raises the same.
        """
        with working_with(self.engine) as stay:
            if self.engine.dialect.name == "sqlite":
                self.engine.dispose()  # what was opened before may be of the file that was there before
            yield stay

    @contextmanager
    def begin(self) -> Iterator[Work]:
        """Start a unit of work; leaving it without ``commit()`` undoes it.

        Do not start one inside another: SQLite has one writer, so the second waits for the first and fails.
        Raises Unavailable when the database is locked, full, read-only or gone, or ended this unit of work, and
        UnsafeDatabase when it is damaged.
        """
        part: _Part | None = getattr(self._here, "part", None)
        if part is None:
            with _told(), self._session() as session:
                yield Work(session)
        else:
            with _told(), part.begun():
                yield part

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of the units of work that this thread begins within the block, kept at its end.

        One that is undone leaves the others as they are. Nothing of any of them is kept before the end: who began them
        may not tell anybody before. Raises what ``begin`` raises; then none was kept.
        """
        with _told(), self._session() as session:
            self._here.part = part = _Part(session)
            try:
                yield
            finally:
                del self._here.part
            part.keep_all()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with Session(self.engine, autobegin=False, expire_on_commit=False) as session:
            session.begin()
            yield session


class _Part(Work):
    """One of several units of work in one transaction, one after the other."""

    _kept = _broken = False

    def commit(self) -> None:
        """Keep this part, when the whole is kept."""
        self._kept = True

    @contextmanager
    def begun(self) -> Iterator[None]:
        """Undo what was done within the block, unless it was kept."""
        if self._broken:
            raise Unavailable("de database kon een eerdere stap niet doen")
        self._broken, self._kept = True, False  # until it is certain what is left of this part
        connection = self._session.connection()
        say(connection, "SAVEPOINT part")
        certain = True
        try:
            yield
        except DatabaseError as error:
            # What a refused row leaves behind is certain; after any other trouble nothing of the transaction is.
            certain = isinstance(error, DataError | IntegrityError | ProgrammingError)
            raise
        finally:
            if certain:
                if not self._kept:
                    say(connection, "ROLLBACK TO SAVEPOINT part")
                    forget(self._session)
                say(connection, "RELEASE SAVEPOINT part")
                self._broken = False

    def keep_all(self) -> None:
        """Keep every part that was kept; raises Unavailable when the database gave up on one."""
        if self._broken:
            raise Unavailable("de database kon een stap niet doen")
        self._session.commit()


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with the database, in words of our own."""
    try:
        yield
    except (OperationalError, InternalError, PendingRollbackError, PoolTimeout) as error:
        # PostgreSQL ended a silent one: internal. What comes after trouble that went by unseen: a rollback is pending.
        raise Unavailable(f"de database kan nu niet: {type(error).__name__}") from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:  # a row that is refused is told by its repository
            raise
        raise UnsafeDatabase("de database is beschadigd. Zet een kopie terug: python -m bot restore") from error
