"""What only a PostgreSQL does: nobody waits on it without end."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from sqlalchemy import create_engine

from storage import database
from storage.errors import BeingReplaced, Unavailable, UnsafeDatabase, UnusableBackup
from storage.presence import alone_with
from storage.work import Storage
from tests.storage.builders import person

pytestmark = pytest.mark.postgresql


@pytest.fixture
def impatient(database_url, keys, storage, monkeypatch):
    """A second process, in a world in which five seconds are fifty milliseconds."""
    monkeypatch.setattr(database, "_BUSY_MILLISECONDS", 50)
    monkeypatch.setattr(database, "_SILENT_MILLISECONDS", 50)
    engine = database.open_engine(database_url)
    yield Storage(engine, keys)
    engine.dispose()


def test_who_waits_for_a_stuck_unit_of_work_is_told(storage, impatient):
    """Not without end, and not for ever: when the other one is done, everything works again."""
    with storage.begin() as work:
        work.people.set_reachable("person-1", False)
        with pytest.raises(Unavailable), impatient.begin() as other:
            other.people.get("person-1")
    with impatient.begin() as work:
        assert work.people.get("person-1") == person(1)


def test_a_unit_of_work_that_falls_silent_is_ended_by_the_server(storage, impatient):
    """Its process hangs in the middle: what it wrote is undone, others go on, and it may begin again itself."""

    def hangs():
        with impatient.begin() as stuck:
            stuck.people.set_reachable("person-1", False)
            with storage.begin() as other:
                assert other.people.get("person-1").reachable
            stuck.people.set_reachable("person-2", False)

    with pytest.raises(Unavailable):
        hangs()
    with impatient.begin() as work:
        assert work.people.get("person-1").reachable
        assert work.people.get("person-2").reachable


def test_what_was_erased_is_in_no_table_file_any_more(storage, postgres):
    """PostgreSQL only marks a row as deleted; its bytes stay until the table is written anew."""

    def is_there():
        with storage.engine.connect() as connection:
            file = connection.exec_driver_sql("SELECT pg_relation_filepath('person')").scalar_one()
        postgres.flush()
        return b"Kanariepiet" in (postgres.data / file).read_bytes()

    with storage.begin() as work:
        work.people.add(replace(person(9), name="Kanariepiet"))
        work.commit()
    assert is_there()
    with storage.begin() as work:
        work.people.erase(person(9).id)
        work.commit()
    assert is_there()
    copying = create_engine(storage.engine.url)  # as pg_dump does: it reads, and waits for no turn
    with copying.begin() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM person")
        assert not storage.checkpoint()
    copying.dispose()
    assert storage.checkpoint()
    assert not is_there()


def test_nothing_is_sampled_for_the_planner(storage):
    """It would keep values of every column after their rows went; the server does this by itself once much changed."""
    with storage.begin() as work:
        work.people.add(replace(person(9), name="Kanariepiet"))
        work.commit()
    assert sampled(storage) == []


def test_what_an_older_version_let_be_sampled_goes_when_it_is_brought_up_to_date(storage, postgres):
    """Also from the files, and the rows stay as they were."""
    with storage.begin() as work:
        work.people.add(replace(person(9), name="Kanariepiet"))
        work.commit()
    with storage.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE person ALTER COLUMN name SET STATISTICS -1")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0017'")
    assert sampled(storage) == ["name"]
    with storage.begin() as work:
        work.people.erase(person(9).id)
        work.commit()
    assert storage.checkpoint()
    assert in_any_file(postgres, b"Kanariepiet")
    database.migrate(storage.engine)
    assert storage.checkpoint()
    assert not in_any_file(postgres, b"Kanariepiet")
    assert sampled(storage) == []
    with storage.begin() as work:
        assert work.people.get("person-1") == person(1)


def sampled(storage):
    """The columns of ours of which the server keeps values, after it looked at all of them."""
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
        return connection.exec_driver_sql("SELECT attname FROM pg_stats WHERE schemaname = 'public'").scalars().all()


def in_any_file(postgres, content):
    postgres.flush()
    files = [file for file in (postgres.data / "base").rglob("*") if file.is_file()]
    return any(content in file.read_bytes() for file in files)


def test_a_machine_without_the_driver_is_told_what_to_install(monkeypatch):
    """The driver is an extra: most installations have no PostgreSQL."""

    def missing(*_arguments, **_how):
        raise ImportError

    monkeypatch.setattr(database, "create_engine", missing)
    with pytest.raises(UnsafeDatabase, match="psycopg"):
        database.open_engine("postgresql+psycopg://nergens/niets")


def test_who_wants_the_database_alone_sees_every_process(storage, rival):
    """A bot that does not send is seen too; and nobody begins while somebody works alone."""
    with storage.at_work(), rival.at_work(), pytest.raises(UnusableBackup), alone_with(storage.engine):
        pass
    with alone_with(storage.engine), pytest.raises(Unavailable, match="teruggezet"), rival.at_work():
        pass
    with rival.at_work():
        pass


def test_a_process_whose_connection_broke_is_seen_again(storage, rival):
    """The server restarted or dropped it, and the lock with it."""
    with storage.at_work() as stay:
        drop_holders(rival)
        stay()
        with pytest.raises(UnusableBackup), alone_with(rival.engine):
            pass
    with alone_with(rival.engine):
        pass


def test_a_process_under_which_the_database_is_replaced_is_told(storage, rival):
    """Nobody saw it while its connection was broken: it may not go on."""
    with storage.at_work() as stay:
        drop_holders(rival)
        with alone_with(rival.engine), pytest.raises(BeingReplaced, match="teruggezet"):
            stay()


def test_a_process_that_cannot_reach_the_server_waits_and_is_seen_when_it_can(storage, rival, monkeypatch):
    """No reason to stop: nobody else can do anything with the database either."""
    with storage.at_work() as stay:
        drop_holders(rival)
        with monkeypatch.context() as away:
            away.setattr(storage.engine.dialect.loaded_dbapi, "connect", refuses)
            stay()
        stay()
        with pytest.raises(UnusableBackup), alone_with(rival.engine):
            pass


def refuses(*_arguments, **_how):
    """No server."""
    raise psycopg.OperationalError


def drop_holders(rival):
    """Break the connection of every process that holds a lock, as a restart of the server does."""
    with rival.engine.connect() as connection:
        holders = (
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
        )
        connection.exec_driver_sql(holders)


def test_a_sender_whose_connection_broke_is_told_and_may_try_again(storage, rival):
    """The server dropped it, and the lock with it: another process may send by now."""
    assert storage.sender.is_this_process()
    drop_holders(rival)
    with pytest.raises(Unavailable):
        storage.sender.is_this_process()
    assert rival.sender.is_this_process()
    assert not storage.sender.is_this_process()
    rival.sender.release()
    assert storage.sender.is_this_process()
    storage.sender.release()
