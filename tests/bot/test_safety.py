"""Refuse to start when unsafe (privacy rule 18): each refusal with a plain reason, and none without one."""

from __future__ import annotations

import logging
import sqlite3

import pytest

from bot import safety
from bot.logs import talkative
from bot.refused import UnsafeStart
from bot.safety import refuse_unsafe
from storage import database
from storage.errors import UnsafeDatabase
from tests.support.logs import logs


@pytest.fixture(autouse=True)
def quiet_logs(monkeypatch):
    """Logs as the product sets them up, at their loudest."""
    monkeypatch.delenv("PYTHONASYNCIODEBUG", raising=False)
    with logs(level="DEBUG") as printed:
        yield printed


def refusal(house, *, opens=True):
    with pytest.raises(UnsafeStart) as refused:
        refuse_unsafe(house.storage, opens=opens, slots=True)
    return str(refused.value)


def test_a_safe_house_starts(house):
    """Also at DEBUG: the loggers that print bodies stay silent whatever the level is."""
    refuse_unsafe(house.storage, opens=True, slots=True)
    refuse_unsafe(house.storage, opens=False, slots=True)


@pytest.mark.parametrize("table", ["team", "round"])
def test_a_floor_below_five_is_refused(house, table):
    """However it came into the database: here past the check of the table itself."""
    connection = sqlite3.connect(house.database)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute(f"UPDATE {table} SET floor = 4")  # noqa: S608 - our own table names
    connection.commit()
    connection.close()
    assert "De ondergrens staat op 4 antwoorden" in refusal(house)


@pytest.mark.parametrize("name", ["FLOOR", "LOWEST_FLOOR"])
def test_a_program_with_a_lower_floor_is_refused(house, monkeypatch, name):
    """A number changed in the code starts nothing."""
    monkeypatch.setattr(safety, name, 3)
    assert "De ondergrens staat op 3 antwoorden" in refusal(house)


@pytest.mark.parametrize("name", ["telegram.ext", "telegram.Bot", "httpx", "httpcore.http11", "sqlalchemy.engine"])
@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
def test_a_logger_that_prints_bodies_or_tokens_is_refused(house, name, level):
    """By its name, so that it can be found."""
    logging.getLogger(name).setLevel(level)
    assert f"Deze logboeken staan te luid: {name}" in refusal(house)


def test_a_debugging_event_loop_is_refused(house, monkeypatch):
    """It prints what it calls, with what it is called with."""
    monkeypatch.setenv("PYTHONASYNCIODEBUG", "1")
    assert talkative() == ("asyncio",)
    assert "PYTHONASYNCIODEBUG" in refusal(house)


def test_who_opens_needs_the_folder_and_who_does_not_open_does_not(house):
    """`run --without-release` starts where `release` cannot."""
    for path in (house.folder / "keys" / "opener").iterdir():
        path.unlink()
    (house.folder / "keys" / "opener").rmdir()
    assert "opener is er niet" in refusal(house)
    refuse_unsafe(house.storage, opens=False, slots=True)


def test_a_part_of_another_user_is_refused(house, monkeypatch):
    """Also for an administrator, who may read everything: what it makes there the bot could not read later."""
    monkeypatch.setattr("storage.keys.os.geteuid", lambda: 4242)
    told = refusal(house).splitlines()
    assert ["opener" in line for line in told] == [True, False]
    assert ["keys/bot" in line for line in told] == [False, True]


def test_a_page_that_is_damaged_is_found(house):
    """In the middle of the file, where the version of the tables says nothing about."""
    house.storage.checkpoint()
    house.storage.engine.dispose()
    content = bytearray(house.database.read_bytes())
    content[5 * 4096 : 9 * 4096] = b"\xff" * (4 * 4096)
    house.database.write_bytes(content)
    with pytest.raises((UnsafeStart, UnsafeDatabase), match="beschadigd"):
        refuse_unsafe(house.storage, opens=True, slots=True)


def test_every_reason_is_told_at_once(house, monkeypatch):
    """One a line."""
    monkeypatch.setattr(safety, "FLOOR", 2)
    logging.getLogger("httpx").setLevel(logging.DEBUG)
    assert [line.split()[0] for line in refusal(house).splitlines()] == ["De", "Deze"]


def test_an_sqlite_that_does_not_really_delete_is_refused(tmp_path, monkeypatch):
    """A library that ignores the pragma would leave deleted answers on the disk."""

    class Deaf(sqlite3.Cursor):
        def execute(self, statement, *values):
            if statement == "PRAGMA secure_delete":
                statement = "SELECT 2"  # what FAST answers
            return super().execute(statement, *values)

    class Connection(sqlite3.Connection):
        def cursor(self, factory=Deaf):
            return super().cursor(factory)

    connection = sqlite3.connect(tmp_path / "x.db", factory=Connection)
    with pytest.raises(UnsafeDatabase, match="secure_delete staat uit"):
        database._prepare_sqlite(connection, None)
    connection.close()
