"""What every journey starts with: a sandbox, a place for the bot's data, and the bot attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.usecases.deps import Deps
from tests.journeys.running import Home, bot_in_thread, sandbox_in_thread
from tests.support.phones import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A Telegram on this machine, where people may tap as fast as they like."""
    with sandbox_in_thread() as running:
        running.unlimited()
        yield running


@pytest.fixture
def home(sandbox: Sandbox, tmp_path: Path) -> Home:
    """An empty place for a database and keys."""
    return Home(tmp_path, sandbox)


@pytest.fixture
def bot(home: Home) -> Iterator[Deps]:
    """The bot, attached."""
    with bot_in_thread(home) as deps:
        yield deps
