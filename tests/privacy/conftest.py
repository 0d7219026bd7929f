"""A furnished house for the tests of privacy."""

from __future__ import annotations

import logging

import pytest
import structlog

from bot.logs import set_up_logs
from tests.support.house import copied, furnished
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
def loud_logs(capsys):
    """Logs at their loudest; gives what was printed so far."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    levels = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    set_up_logs(level="DEBUG", form="console")
    printed = []

    def so_far():
        captured = capsys.readouterr()
        printed.append(captured.out + captured.err)
        return "".join(printed)

    yield so_far
    root.handlers = handlers
    root.setLevel(level)
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).setLevel(levels.get(name, logging.NOTSET))
    structlog.reset_defaults()
