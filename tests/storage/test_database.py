"""The engine, the schema version and the migrations."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage.database import (
    SchemaKind,
    alembic_config,
    checkpoint,
    known_revisions,
    migrate,
    open_engine,
    schema_state,
)
from storage.errors import SchemaMismatch, Unavailable, UnsafeDatabase
from storage.tables import Table
from tests.storage.builders import person


@pytest.fixture
def new_engine(database_kind, request, tmp_path):
    """An empty database, without tables."""
    server = request.getfixturevalue("postgres") if database_kind == "postgresql" else None
    address = server.new_database(migrated=False) if server else f"sqlite:///{tmp_path}/new folder/100% new.db"
    engine = open_engine(address)
    yield engine
    engine.dispose()
    if server:
        server.drop(address)


def test_an_empty_database_becomes_current(new_engine):
    """Migrating takes a database from EMPTY to CURRENT, and again changes nothing."""
    assert schema_state(new_engine).kind is SchemaKind.EMPTY
    migrate(new_engine)
    migrate(new_engine)
    state = schema_state(new_engine)
    assert state.kind is SchemaKind.CURRENT
    assert state.found == state.expected


def test_migrations_make_exactly_the_tables_of_the_program(new_engine):
    """Alembic finds no difference between the migrated database and the table models."""
    migrate(new_engine)
    with new_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Table.metadata)
    assert differences == []


@pytest.mark.sqlite
def test_migrated_tables_have_the_checks_and_row_layout_of_the_program(new_engine, tmp_path):
    """What Alembic does not compare is the same too: checks, deletion rules, and tables without a rowid."""
    migrate(new_engine)
    direct = open_engine(f"sqlite:///{tmp_path}/direct.db")
    Table.metadata.create_all(direct)
    seen = []
    for engine in (new_engine, direct):
        inspector = inspect(engine)
        names = [table.name for table in Table.metadata.sorted_tables]
        with engine.connect() as connection:
            layout = {row[1]: row[4] for row in connection.exec_driver_sql("PRAGMA table_list")}
        seen.append(
            {
                name: (
                    sorted(check["name"] + check["sqltext"] for check in inspector.get_check_constraints(name)),
                    sorted(key["name"] + str(key["options"]) for key in inspector.get_foreign_keys(name)),
                    layout[name],
                )
                for name in names
            }
        )
    direct.dispose()
    assert seen[0] == seen[1]
    without_rowid = {"envelope", "dialogue_session", "tally_slip", "text_pool"}
    assert {name for name, facts in seen[0].items() if facts[2]} == without_rowid


@pytest.mark.sqlite
def test_no_table_counts_its_rows(new_engine):
    """SQLite keeps no highest id anywhere: no AUTOINCREMENT is used."""
    migrate(new_engine)
    assert "sqlite_sequence" not in inspect(new_engine).get_table_names()


@pytest.mark.thorough
def test_all_migrations_can_be_undone(new_engine):
    """Down to nothing and up again gives the current version."""
    migrate(new_engine)
    config = alembic_config()
    with new_engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(new_engine).get_table_names() == ["alembic_version"]
    migrate(new_engine)
    assert schema_state(new_engine).kind is SchemaKind.CURRENT


def test_the_files_tell_the_revisions_that_alembic_knows():
    """In Alembic's order, so that the last one is the one to migrate to."""
    scripts = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    assert known_revisions() == tuple(script.revision for script in scripts)[::-1]


def test_a_newer_database_is_refused_and_left_alone(new_engine):
    """A revision that this program does not know is OTHER; migrate refuses, and does not name itself as the remedy."""
    migrate(new_engine)
    with new_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    state = schema_state(new_engine)
    assert (state.kind, state.found) == (SchemaKind.OTHER, "9999")
    with pytest.raises(SchemaMismatch, match="nieuwere programma terug") as refused:
        migrate(new_engine)
    assert "migrate" not in str(refused.value)


def test_tables_of_somebody_else_are_not_taken_for_empty(new_engine):
    """A database that holds other tables is not empty, and is not migrated."""
    with new_engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (title TEXT)")
    assert schema_state(new_engine).kind is SchemaKind.OTHER
    with pytest.raises(SchemaMismatch):
        migrate(new_engine)


def test_rows_survive_and_references_hold_after_migrating(storage):
    """Migrating a database in use keeps its rows, and foreign keys are on again afterwards."""
    migrate(storage.engine)
    with storage.begin() as work:
        assert work.people.get("person-1") == person(1)
        work.people.erase("person-1")
        assert work.people.memberships("person-1") == ()


@pytest.mark.sqlite
def test_the_pragmas_are_what_the_promises_need(engine):
    """Deleted content is overwritten, commits are on disk, references hold, waiting is bounded."""
    with engine.connect() as connection:
        values = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "secure_delete", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert values == {
        "journal_mode": "wal",
        "secure_delete": 1,
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
    }


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_database_in_memory_is_refused(url):
    """Several connections would see several databases."""
    with pytest.raises(UnsafeDatabase, match="eigen bestand"):
        open_engine(url)


def test_an_unknown_kind_of_database_is_refused():
    """Only SQLite and PostgreSQL are supported."""
    with pytest.raises(UnsafeDatabase, match="mysql"):
        open_engine("mysql://localhost/x")


@pytest.mark.parametrize("password", ["zeer@geheim", "zeer@geheim:99"])
@pytest.mark.parametrize("server", ["server", "server:poort"])
def test_a_password_that_breaks_an_address_reaches_no_message(password, server):
    """Its end would be taken for the name of the server, and that is in the message when there is no such server."""
    with pytest.raises(UnsafeDatabase, match="PGPASSWORD") as refused:
        open_engine(f"postgresql+psycopg://stilstaan:{password}@{server}/stilstaan")
    assert "geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_file_that_is_no_database_is_named_as_such(tmp_path):
    """A damaged file gives a plain sentence instead of a driver's traceback."""
    path = tmp_path / "broken.db"
    path.write_bytes(b"this is no database at all" * 200)
    engine = open_engine(f"sqlite:///{path}")
    with pytest.raises(UnsafeDatabase, match=r"geen bruikbare database.* restore KOPIE"):
        schema_state(engine)
    engine.dispose()


def test_parameters_stay_out_of_error_texts(storage):
    """What a statement carries is not repeated in the text of its error, nor in the errors behind it."""
    with pytest.raises((Unavailable, DBAPIError)) as caught, storage.begin() as work:
        work._session.connection().execute(text("SELECT * FROM nowhere WHERE x = :x"), {"x": "canary-4711"})
    error = caught.value
    while error is not None:
        assert "canary-4711" not in str(error)
        error = error.__cause__


@pytest.mark.sqlite
def test_a_checkpoint_empties_the_log(storage, tmp_path):
    """After a checkpoint the write-ahead log is empty and the rows are in the file."""
    log = tmp_path / "data" / "test.db-wal"
    assert log.stat().st_size > 0
    assert checkpoint(storage.engine)
    assert log.stat().st_size == 0


@pytest.mark.sqlite
@pytest.mark.thorough
def test_a_checkpoint_says_when_it_did_not_come_through(storage, tmp_path):
    """Another process that still reads the log keeps it alive; the caller is told."""
    reader = sqlite3.connect(tmp_path / "data" / "test.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM person").fetchall()
    with storage.begin() as work:
        work.people.set_reachable("person-1", False)
        work.commit()
    assert not checkpoint(storage.engine)
    reader.close()
    assert checkpoint(storage.engine)


@pytest.mark.sqlite
@pytest.mark.thorough
def test_who_writes_hardly_waits_for_a_log_that_cannot_be_emptied(storage, tmp_path):
    """A backup reads for as long as it copies; whoever taps meanwhile has only so much patience."""
    path = tmp_path / "data" / "test.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as reader, ThreadPoolExecutor() as beside:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM person").fetchall()
        with closing(sqlite3.connect(path, isolation_level=None)) as writer:
            writer.execute("PRAGMA busy_timeout = 3000")
            writer.execute("UPDATE person SET name = name")
            emptying = beside.submit(checkpoint, storage.engine)
            while not emptying.done():
                writer.execute("BEGIN IMMEDIATE")  # raises when its patience is over
                writer.execute("ROLLBACK")
        assert not emptying.result()


@pytest.mark.sqlite
def test_a_database_kept_busy_by_this_process_is_unavailable(storage):
    """A checkpoint inside a unit of work cannot come through; it is told, and the unit goes on."""
    storage.engine.pool._timeout = 0.01
    with storage.begin() as work:
        work.people.set_reachable("person-1", False)
        with pytest.raises(Unavailable, match="bezet"):
            checkpoint(storage.engine)
        work.commit()
    with storage.begin() as work:
        assert work.people.get("person-1").reachable is False
