"""A furnished house for every test of the edge."""

from __future__ import annotations

import pytest

from tests.support.house import build, migrated_file


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """One migrated database to copy."""
    return migrated_file(tmp_path_factory.mktemp("template"))


@pytest.fixture
def empty_house(tmp_path, template):
    """A house with nobody in it."""
    yield from build(tmp_path, template=template)


@pytest.fixture
def house(empty_house):
    """A house with the standing cast: see tests/support/house.py."""
    return empty_house.furnish()
