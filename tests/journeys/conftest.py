"""What every journey starts with: a sandbox, a place for the bot's data, and the bot attached to it.

Journeys run on SQLite; those marked ``heart`` on PostgreSQL too. ``JOURNEYS_ON=postgresql`` lets all of them run on
PostgreSQL, but for those marked ``sqlite``: they look into the file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.usecases.deps import Deps
from storage.keys import KeyFolder
from tests.journeys.running import Home, bot_in_thread, sandbox_in_thread
from tests.support.empty import put_empty_database
from tests.support.phones import Sandbox
from tests.support.postgres import server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every journey on its databases."""
    if "database_kind" not in metafunc.fixturenames:
        return
    marks = {mark.name for mark in metafunc.definition.iter_markers()}
    kinds = ["sqlite", "postgresql"] if "heart" in marks else [os.environ.get("JOURNEYS_ON", "sqlite")]
    metafunc.parametrize("database_kind", ["sqlite"] if "sqlite" in marks else kinds)


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Telegram on this machine, where people may tap as fast as they like."""
    with sandbox_in_thread() as running:
        running.unlimited()
        yield running


@pytest.fixture
def home(sandbox: Sandbox, tmp_path: Path, database_kind: str) -> Iterator[Home]:
    """A place with an empty database and no keys in the folder for them."""
    KeyFolder(tmp_path / "keys").create()
    if database_kind == "sqlite":
        home = Home(tmp_path, sandbox)
        put_empty_database(home.database)
        yield home
        return
    address = server().new_database()
    yield Home(tmp_path, sandbox, postgres=address)
    server().drop(address)


@pytest.fixture
def bot(home: Home) -> Iterator[Deps]:
    """The bot, attached."""
    with bot_in_thread(home) as deps:
        yield deps
