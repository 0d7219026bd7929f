"""A migrated database and a key folder for every test; all of them run on SQLite and on a real PostgreSQL.

What is about the file of an SQLite database is marked ``sqlite`` and what only a PostgreSQL does ``postgresql``: that
runs on the one only.
"""

from __future__ import annotations

import pytest

from storage.database import open_engine
from storage.keys import KeyFolder
from storage.work import Storage
from tests.storage.builders import area, membership, person, team
from tests.support.empty import put_empty_database
from tests.support.postgres import server

KINDS = {"sqlite", "postgresql"}


@pytest.fixture
def postgres():
    """A real server, when a test of this process needs one."""
    return server()


def pytest_generate_tests(metafunc):
    """Every test that stores something runs twice, unless it is marked."""
    if "database_kind" in metafunc.fixturenames:
        marks = {mark.name for mark in metafunc.definition.iter_markers()}
        kinds = sorted(KINDS & marks) or sorted(KINDS)
        needing = {"postgresql": pytest.mark.postgresql}
        metafunc.parametrize("database_kind", [pytest.param(kind, marks=needing.get(kind, ())) for kind in kinds])


@pytest.fixture
def database_url(database_kind, request, tmp_path):
    """The address of a migrated, empty database of this test's own."""
    if database_kind == "postgresql":
        postgres = request.getfixturevalue("postgres")
        address = postgres.new_database()
        yield address
        postgres.drop(address)
        return
    path = tmp_path / "data" / "test.db"
    put_empty_database(path)
    yield f"sqlite:///{path}"


@pytest.fixture
def engine(database_url):
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def keys(tmp_path):
    folder = KeyFolder(tmp_path / "keys")
    folder.create()
    return folder


@pytest.fixture
def storage(engine, keys):
    """The storage with one area, one team and three members in it."""
    storage = Storage(engine, keys)
    with storage.begin() as work:
        work.teams.add_area(area())
        work.teams.add(team())
        for number in (1, 2, 3):
            work.people.add(person(number))
            work.people.add_membership(membership(number))
        work.commit()
    return storage


@pytest.fixture
def rival(database_url, keys, storage):
    """What a second process sees: the same database through an engine of its own."""
    engine = open_engine(database_url)
    yield Storage(engine, keys)
    engine.dispose()
