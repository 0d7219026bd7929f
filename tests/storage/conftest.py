"""A migrated database and a key folder for every test; the URL of the database comes from one place."""

from __future__ import annotations

import shutil

import pytest

from storage.database import checkpoint, migrate, open_engine
from storage.keys import KeyFolder
from storage.work import Storage
from tests.storage.builders import area, membership, person, team


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """One migrated SQLite file to copy, because migrating takes longer than most tests."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    checkpoint(engine)
    engine.dispose()
    return path


@pytest.fixture
def database_url(tmp_path, migrated_file):
    """The address of a migrated, empty database of this test's own."""
    path = tmp_path / "data" / "test.db"
    path.parent.mkdir()
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


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
