"""The processes beside the bot: what makes one of them stop by itself."""

from __future__ import annotations

import asyncio
import errno
from contextlib import nullcontext

import pytest

from bot import looping as room
from bot.looping import Loop
from bot.settings import load_settings
from storage.errors import BeingReplaced
from storage.hold import Hold
from tests.support.telegram import TOKEN


async def test_it_stops_when_it_learns_that_a_copy_is_put_back(house, monkeypatch):
    """The server had forgotten it: before the next round of duties it says so and ends."""
    monkeypatch.setattr(room, "LOOP_SECONDS", 0.01)
    done = []

    def stay():
        if len(done) == 2:
            raise BeingReplaced

    monkeypatch.setattr(house.storage, "at_work", lambda: nullcontext(stay))
    loop = Loop(
        deps=house.deps, settings=load_settings(telegram_bot_token=TOKEN, dialogues_dir=None),
        duties=(done.append,), opens=False, say_on_hold=lambda: None,
    )  # fmt: skip
    with pytest.raises(BeingReplaced, match="teruggezet"):
        await asyncio.wait_for(loop.run(asyncio.Event(), once=False), 10)
    assert done == [house.deps, house.deps]


async def test_a_hold_that_cannot_be_looked_at_ends_nothing(house, monkeypatch):
    """A disk that fails for a moment: no duty is done before it is known whether it may be, and then all goes on."""
    monkeypatch.setattr(room, "LOOP_SECONDS", 0.01)
    looks, done, stopping = [], [], asyncio.Event()

    def is_on(_hold):
        looks.append(len(done))
        if len(looks) == 1:
            raise OSError(errno.EIO, "Input/output error")
        return False

    def duty(_deps):
        done.append(len(looks))
        stopping.set()

    loop = Loop(
        deps=house.deps, settings=load_settings(telegram_bot_token=TOKEN, dialogues_dir=None),
        duties=(duty,), opens=False, say_on_hold=lambda: None,
    )  # fmt: skip
    monkeypatch.setattr(Hold, "is_on", property(is_on))
    await asyncio.wait_for(loop.run(stopping, once=False), 10)
    assert (looks, done) == ([0, 0], [2])
