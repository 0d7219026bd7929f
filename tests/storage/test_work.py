"""The unit of work: everything at once, or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, nullcontext, suppress
from threading import Barrier, Thread

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlmodel import select

from storage import work as storage_work
from storage.errors import Conflict, Unavailable
from storage.prepared import say
from storage.tables import PersonRow
from tests.storage.builders import person


def test_nothing_is_kept_without_a_commit(storage):
    """Leaving the unit undoes its work."""
    with storage.begin() as work:
        work.people.add(person(9))
    with storage.begin() as work:
        assert work.people.get("person-9") is None


def test_an_error_undoes_everything(storage):
    """A unit that breaks half-way leaves nothing behind."""

    def break_half_way():
        with storage.begin() as work:
            work.people.add(person(9))
            work.people.add(person(1))

    with pytest.raises(Conflict):
        break_half_way()
    with storage.begin() as work:
        assert work.people.get("person-9") is None


def test_a_committed_unit_is_over(storage):
    """Work after the commit would be lost silently, so it is refused."""
    with storage.begin() as work:
        work.people.add(person(9))
        work.commit()
        with pytest.raises(InvalidRequestError):
            work.people.get("person-9")
    with storage.begin() as work:
        assert work.people.get("person-9") == person(9)


def test_a_record_is_read_as_it_is_now(storage):
    """A unit sees its own changes to a row that it read before, also while the session still holds that row."""
    with storage.begin() as work:
        held = work._session.exec(select(PersonRow)).all()
        assert held[0].reachable
        work.people.set_reachable("person-1", False)
        assert work.people.get("person-1").reachable is False


def test_a_conflict_names_the_table_and_no_value(storage):
    """The error of a refused row can be logged: it holds no data."""
    with storage.begin() as work:
        with pytest.raises(Conflict, match="person") as caught:
            work.people.add(person(1))
        assert "Naam" not in str(caught.value)
        assert caught.value.__suppress_context__


@pytest.mark.sqlite
def test_a_locked_database_is_unavailable(storage, tmp_path):
    """When another process holds the lock too long, the caller gets an error of this room."""
    with storage.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(tmp_path / "data" / "test.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable), storage.begin() as work:
        work.people.get("person-1")
    other.close()
    with storage.begin() as work:
        assert work.people.get("person-1") == person(1)


@pytest.mark.sqlite
def test_a_database_that_cannot_be_written_is_unavailable(storage):
    """A write that the disk refuses is an error of this room, and nothing is kept."""
    with storage.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA query_only = ON")
    with pytest.raises(Unavailable), storage.begin() as work:
        work.people.add(person(9))


def test_threads_of_two_processes_lose_no_update(storage, rival):
    """Read, add one, write, from eight threads over two engines: every step counts."""
    barrier = Barrier(8)

    def add_up(which):
        barrier.wait()
        for _ in range(5):
            with which.begin() as work:
                work.people.set_chat("person-3", work.people.get("person-3").chat_id + 1)
                work.commit()

    threads = [Thread(target=add_up, args=(which,)) for which in (storage, rival) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with storage.begin() as work:
        assert work.people.get("person-3").chat_id == person(3).chat_id + 40


def test_units_together_are_kept_at_once_at_the_end(storage):
    """Until the block ends another connection sees none of them; after it, all that committed."""
    with storage.together():
        for number in (8, 9):
            with storage.begin() as work:
                work.people.add(person(number))
                work.commit()
        with storage.begin() as work:
            work.people.set_reachable("person-8", False)  # and no commit
        with storage.begin() as work:
            assert work.people.get("person-8") == person(8)
        seen_inside = _seen_by_another(storage, "person-9")
    assert seen_inside is False
    assert _seen_by_another(storage, "person-9")
    with storage.begin() as work:
        assert work.people.get("person-8") == person(8)


def test_one_unit_that_breaks_leaves_the_others(storage):
    """Before it and after it, also when it had written already."""

    def breaks():
        with storage.begin() as work:
            work.people.add(person(7))
            work.people.add(person(1))

    with storage.together():
        with storage.begin() as work:
            work.people.add(person(8))
            work.commit()
        with pytest.raises(Conflict):
            breaks()
        with storage.begin() as work:
            assert work.people.get("person-7") is None
            work.people.add(person(9))
            work.commit()
    with storage.begin() as work:
        assert [work.people.get(f"person-{number}") is not None for number in (7, 8, 9)] == [False, True, True]


def test_when_the_database_gives_up_on_one_none_is_kept(storage):
    """What is left of such a transaction is not certain: nobody may be told that theirs was done."""

    def gives_up():
        with storage.begin() as work:
            work.people.add(person(9))
            raise OperationalError("lost", None, Exception())

    def all_of_it():
        with storage.together():
            with storage.begin() as work:
                work.people.add(person(8))
                work.commit()
            with pytest.raises(Unavailable):
                gives_up()
            with pytest.raises(Unavailable), storage.begin():
                pass

    with pytest.raises(Unavailable):
        all_of_it()
    assert not _seen_by_another(storage, "person-8")
    with storage.begin() as work:
        assert work.people.get("person-8") is None


@pytest.mark.parametrize("lost", ["SAVEPOINT", "RELEASE"])
def test_a_database_that_goes_away_between_two_parts_keeps_none(storage, lost, monkeypatch):
    """Also around a part nothing is certain then: all who share it hear that the database cannot."""

    def goes_away(connection, statement):
        if statement.startswith(lost):
            raise OperationalError("lost", None, Exception())
        say(connection, statement)

    def two_of_them():
        with storage.together():
            for number in (8, 9):
                with suppress(Unavailable), storage.begin() as work:
                    work.people.add(person(number))
                    work.commit()

    with monkeypatch.context() as there:
        there.setattr(storage_work, "say", goes_away)
        with pytest.raises(Unavailable):
            two_of_them()
    with storage.begin() as work:
        assert [work.people.get(f"person-{number}") for number in (8, 9)] == [None, None]


@pytest.mark.sqlite
def test_what_was_deleted_is_cleared_later_when_it_cannot_be_now(storage):
    """Whoever erased something is not told that it failed: the log is emptied as soon as the database can."""
    assert storage.checkpoint()
    storage.engine.pool._timeout = 0.01
    with storage.begin() as work:
        work.people.get("person-1")
        assert not storage.checkpoint()
    assert storage.owes_checkpoint
    assert storage.checkpoint()
    assert not storage.owes_checkpoint


def test_what_is_taken_back_while_the_database_is_cleared_is_owed_as_well(storage, monkeypatch):
    """It may have come after its own table was done."""

    def with_somebody_meanwhile(_engine):
        storage.owes_checkpoint = True
        return True

    monkeypatch.setattr(storage_work, "checkpoint", with_somebody_meanwhile)
    storage.checkpoint()
    assert storage.owes_checkpoint


@pytest.mark.sqlite
def test_what_somebody_takes_back_is_cleared_at_once_on_sqlite(storage):
    """It takes a few milliseconds, and nobody waits for it."""
    storage.owes_checkpoint = True
    storage.clear_soon()
    assert not storage.owes_checkpoint


@pytest.mark.postgresql
def test_what_somebody_takes_back_is_cleared_at_the_next_tick_on_postgresql(storage):
    """In the reply it would lock every table, while others tap."""
    assert storage.checkpoint()
    storage.clear_soon()
    assert storage.owes_checkpoint


@pytest.mark.sqlite
def test_busy_is_no_damage(storage, tmp_path):
    """Who reads that the database is damaged puts an old copy back; that may not be said of one that is in use."""
    with sqlite3.connect(tmp_path / "data" / "test.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        assert storage.find_damage() == ""
    other.close()
    with pytest.raises(Unavailable), refused_by_the_disk(storage):
        storage.find_damage()


@contextmanager
def refused_by_the_disk(storage):
    """No connection can be opened any more."""

    def refuse(*_):
        raise sqlite3.OperationalError("disk I/O error")

    storage.engine.dispose()
    event.listen(storage.engine, "do_connect", refuse)
    yield
    event.remove(storage.engine, "do_connect", refuse)


def _seen_by_another(storage, person_id):
    """Whether a connection of somebody else sees this person."""
    engine = create_engine(storage.engine.url)
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql(f"SELECT 1 FROM person WHERE id = '{person_id}'").first()  # noqa: S608
    finally:
        engine.dispose()
    return found is not None


@pytest.mark.sqlite
@pytest.mark.parametrize("how", ["alone", "together"])
def test_a_commit_that_fails_leaves_the_database_free_for_the_next(storage, how):
    """Nothing of it is there, and the next unit of work does what it came for."""

    def fails_at_the_end():
        with storage.together() if how == "together" else nullcontext(), storage.begin() as work:
            work.people.add(person(8))
            work._session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            work.people.add_coordinator("person-8", "nowhere")
            work.commit()

    with pytest.raises(IntegrityError):
        fails_at_the_end()
    with storage.begin() as work:
        assert work.people.get("person-8") is None
        work.people.add(person(9))
        work.commit()
    assert _seen_by_another(storage, "person-9")
