"""An installation of the first version is brought to this one with everything that was in it, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import JSON, Boolean, Date, DateTime, Integer, LargeBinary, MetaData, inspect
from sqlalchemy.exc import DBAPIError

from bot.compose import open_storage
from bot.settings import load_settings
from storage.database import SchemaKind, alembic_config, known_revisions, open_engine, schema_state
from tests.bot.backups.test_moving import contents
from tests.support.postgres import server
from tests.support.telegram import TOKEN

pytestmark = pytest.mark.thorough

MOMENT = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
SAID = {
    "role": "member", "sector": "jgz", "function": "youth_nurse", "audience": "practice", "tenure": "long",
    "rule": "counts", "split": "sector", "rhythm": "normal", "weekday": "tuesday", "state": "open", "element": "trust",
    "outcome": "published", "month": "2026-11", "floor": 5, "max_uses": 20, "slot": b"s" * 32, "sealed": b"z" * 2096,
    "blob": b"b" * 4136, "topics": ["trust"], "sector_sizes": {"jgz": 2}, "predecessor_id": None, "left_on": None,
}  # fmt: skip
"""Words and sizes that mean something; any other column holds something of its kind."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def settings(request, tmp_path):
    """An installation with the tables of the first version, two rows in each of them, and a folder for keys."""
    on_file = request.param == "sqlite"
    address = f"sqlite:///{tmp_path}/data/bot.db" if on_file else server().new_database(migrated=False)
    engine = open_engine(address)
    config = alembic_config()
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, known_revisions()[0])
    tables = tables_of(engine)
    with engine.begin() as connection:
        for table in tables:
            connection.execute(table.insert(), [_row(table, number) for number in (1, 2)])
    engine.dispose()
    (tmp_path / "keys").mkdir(mode=0o700)
    yield load_settings(telegram_bot_token=TOKEN, database_url=address, key_dir=tmp_path / "keys", dialogues_dir=None)
    if not on_file:
        server().drop(address)


def tables_of(engine):
    """The tables that are there, whoever else is named in them first."""
    found = MetaData()
    found.reflect(engine)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def rows_of(address):
    """Every row of every table, by name and by column, as the database itself has them."""
    engine = open_engine(address)
    tables = tables_of(engine)
    with engine.connect() as connection:
        found = {each.name: [dict(row._mapping) for row in connection.execute(each.select())] for each in tables}
    engine.dispose()
    return found


def _row(table, number):
    return {column.name: _value(column, number) for column in table.columns}


def _value(column, number):
    if column.foreign_keys and column.name not in SAID:
        return f"{next(iter(column.foreign_keys)).column.table.name} {number}"
    if column.name in SAID:
        return SAID[column.name]
    kinds = {
        Boolean: True,
        Integer: number,
        DateTime: MOMENT + timedelta(days=number),
        Date: date(2026, 11, number),
        JSON: {},
        LargeBinary: bytes([number]) * 32,
    }
    for kind, value in kinds.items():
        if isinstance(column.type, kind):
            return value
    return f"{column.table.name} {number}"


def ordered(rows, columns):
    return sorted(([row[name] for name in columns] for row in rows), key=repr)


def test_everything_of_the_first_version_is_there_in_this_one(settings):
    """Not a row less, and every column that still exists holds what it held."""
    before = rows_of(settings.database_url)
    assert len(before) == 17
    open_storage(settings, migrating=True).engine.dispose()
    after = rows_of(settings.database_url)
    for name, rows in before.items():
        kept = [column for column in rows[0] if column in after[name][0]]
        assert ordered(rows, kept) == ordered(after[name], kept), name


def test_what_came_since_is_filled_as_it_was_then(settings):
    """The rhythm that was chosen, when an invitation was made, and what was shown; and the program reads every row."""
    open_storage(settings, migrating=True).engine.dispose()
    after = rows_of(settings.database_url)
    assert {each["recurrence"] for each in after["schedule"]} == {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}
    assert all(each["expires_at"] - each["made_at"] == timedelta(days=14) for each in after["invitation"])
    assert {each["split"] for each in after["team"]} == {"sector"}
    read = contents(settings.database_url)
    assert {name: len(rows) for name, rows in read.items() if rows} == {name: 2 for name, rows in after.items() if rows}


def test_what_was_written_once_is_so_from_then_on(settings):
    """Also where a later version made the table anew."""
    storage = open_storage(settings, migrating=True)
    assert schema_state(storage.engine).kind is SchemaKind.CURRENT
    assert {"maandbeeld", "publication"} <= set(inspect(storage.engine).get_table_names())
    for change in ("UPDATE maandbeeld SET body = 'anders'", "UPDATE publication SET outcome = 'anders'"):
        with pytest.raises(DBAPIError, match="written once"), storage.engine.begin() as connection:
            connection.exec_driver_sql(change)
    storage.engine.dispose()
