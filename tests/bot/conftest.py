"""A furnished house for every test of the edge."""

from __future__ import annotations

import pytest

from bot import compose
from dialogues.authoring.loader import shipped_folder
from tests.support.house import copied, furnished, open_house
from tests.support.shipped import shipped
from tests.support.telegram import phone_for


@pytest.fixture(autouse=True)
def _dialogues_are_read_once(monkeypatch):
    """Who starts without dialogues of its own gets the shipped ones; reading these anew takes half a second."""
    load = compose.load_library

    def from_memory(*folders, **how):
        return shipped() if folders == (shipped_folder(),) else load(*folders, **how)

    monkeypatch.setattr(compose, "load_library", from_memory)


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
def empty_house(tmp_path):
    """A house with nobody in it."""
    house = open_house(tmp_path, new=True)
    yield house
    house.storage.engine.dispose()


@pytest.fixture
async def phone(house):
    """The chats of the house, over a fake Telegram."""
    async with phone_for(house) as phone:
        yield phone
