"""Whose turn it is, when two processes answer the same people from one PostgreSQL."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from bot import turns as room
from bot.turns import turn_of
from storage.database import open_engine
from storage.turns import Turns
from tests.support.postgres import server

pytestmark = pytest.mark.postgresql

ANNE, BRAM = 20_190_612, -1_001_234_567_890
"""The first is also the name of the lock of a unit of work; the second is as far below nothing as chats go."""


@pytest.fixture
def two():
    """The turns of two processes."""
    address = server().new_database()
    engines = [open_engine(address) for _ in range(2)]
    opened = [Turns(engine) for engine in engines]
    yield opened
    for each, engine in zip(opened, engines, strict=True):
        each.close()
        engine.dispose()
    server().drop(address)


async def test_a_person_is_answered_by_one_process_at_a_time(two):
    """What begins later elsewhere waits until the first answer is given; another person does not wait."""
    mine, other = map(turn_of, two)
    seen = []

    async def answers(turn, person, words):
        async with turn(person):
            seen.append(words)

    async with asyncio.TaskGroup() as group, mine(ANNE):
        group.create_task(answers(other, ANNE, "the second of Anne"))
        await answers(other, BRAM, "Bram")
        await answers(other, BRAM, "Bram again")
        seen.append("the first of Anne")
    assert seen == ["Bram", "Bram again", "the first of Anne", "the second of Anne"]


async def test_a_process_that_hangs_silences_nobody(two, monkeypatch):
    """After a while a person is answered all the same, and the turn of the other stays the other's."""
    monkeypatch.setattr(room, "LONGEST_SECONDS", 0.0)
    mine, other = map(turn_of, two)
    async with AsyncExitStack() as both:
        await both.enter_async_context(mine(ANNE))
        async with other(ANNE):
            pass
        assert not two[1].take(ANNE)
    assert two[1].take(ANNE)


def test_a_bot_on_sqlite_has_no_turns_to_wait_for(tmp_path):
    """There is one process, and its lanes keep the order."""
    engine = open_engine(f"sqlite:///{tmp_path}/bot.db")
    assert turn_of(Turns(engine)) is None
    engine.dispose()
