"""Up and back as docs/beheer.md tells it: a copy first, `migrate`, and back is the copy with the earlier program."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from alembic import command

from bot.backups.copying import restore
from bot.compose import open_storage
from bot.settings import load_settings
from storage.backups import copy_database, keep, put_in_place, stage
from storage.database import SchemaKind, alembic_config, known_revisions, open_engine, schema_state
from storage.errors import SchemaMismatch, UnusableBackup
from storage.presence import working_with
from tests.support.telegram import TOKEN

BEFORE = known_revisions()[-2]
NOW = datetime.now(UTC)


def quiet(_done, _of):
    """Nobody watches."""


@pytest.fixture
def settings(tmp_path):
    """An installation as the program before this one left it: with its tables, keys, and an area in it."""
    database = tmp_path / "data" / "bot.db"
    engine = open_engine(f"sqlite:///{database}")
    config = alembic_config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, BEFORE)
    engine.dispose()
    with closing(sqlite3.connect(database, isolation_level=None)) as rows:
        rows.execute("INSERT INTO area VALUES ('a', 'Zuid', 'Zuidstad', '')")
    settings = load_settings(
        telegram_bot_token=TOKEN, database_url=f"sqlite:///{database}", key_dir=tmp_path / "keys", dialogues_dir=None
    )
    (tmp_path / "keys").mkdir(mode=0o700)
    return settings


def found(settings):
    """Which version the tables are, and what is in them."""
    engine = open_engine(settings.database_url)
    state = schema_state(engine)
    with engine.connect() as connection:
        areas = connection.exec_driver_sql("SELECT name FROM area ORDER BY name").scalars().all()
    engine.dispose()
    return state.found, areas


def test_up_and_back(settings, tmp_path):
    """The new program refuses the old tables and names `migrate`; the copy is as it was, for the program of before."""
    database = tmp_path / "data" / "bot.db"
    copy = keep(copy_database(database, tmp_path / "copies", now=NOW, progress=quiet))
    with pytest.raises(SchemaMismatch, match="migrate"):
        open_storage(settings)
    open_storage(settings, migrating=True).engine.dispose()
    engine = open_engine(settings.database_url)
    assert schema_state(engine).kind is SchemaKind.CURRENT
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE area SET name = 'Later'")
    engine.dispose()
    aside = put_in_place(stage(copy, database, progress=quiet), database, now=NOW)
    assert found(settings) == (BEFORE, ["Zuid"])
    assert aside is not None
    assert found(settings.model_copy(update={"database_url": f"sqlite:///{aside}"}))[1] == ["Later"]


def test_the_tables_do_not_change_under_a_process_that_works(settings):
    """A bot of before that was not stopped would write what the new tables do not take."""
    engine = open_engine(settings.database_url)
    with working_with(engine), pytest.raises(UnusableBackup, match="Stop eerst alle processen"):
        open_storage(settings, migrating=True)
    engine.dispose()
    assert found(settings) == (BEFORE, ["Zuid"])
    open_storage(settings, migrating=True).engine.dispose()
    assert found(settings) == (known_revisions()[-1], ["Zuid"])


def test_an_old_copy_in_a_new_program_is_brought_up(settings, tmp_path):
    """Who restores without going back gets the tables of this program, and everything that was in them."""
    copy = keep(copy_database(tmp_path / "data" / "bot.db", tmp_path / "copies", now=NOW, progress=quiet))
    open_storage(settings, migrating=True).engine.dispose()
    restore(settings, copy, tell=quiet)
    assert found(settings) == (known_revisions()[-1], ["Zuid"])
