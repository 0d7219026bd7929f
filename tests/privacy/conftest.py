"""A furnished house for the tests of privacy."""

from __future__ import annotations

import pytest

from tests.support.house import copied, furnished
from tests.support.logs import logs
from tests.support.telegram import phone_for


@pytest.fixture(scope="session")
def model_house(tmp_path_factory):
    """One house with the standing cast (see tests/support/house.py), to copy."""
    return furnished(tmp_path_factory.mktemp("model"))


@pytest.fixture
def house(tmp_path, model_house):
    """A house with the standing cast."""
    house = copied(model_house, tmp_path)
    yield house
    house.storage.engine.dispose()


@pytest.fixture
async def phone(house):
    """The chats of the house."""
    async with phone_for(house) as phone:
        yield phone


@pytest.fixture
def loud_logs():
    """Logs at their loudest; gives what was printed so far."""
    with logs(level="DEBUG", form="console") as printed:
        yield printed
