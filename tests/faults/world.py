"""The product and a strict Telegram together in virtual time: nothing is played but the line between them."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.chat.intake import Intake
from bot.chat.pace import Pace
from bot.house import TICK_SECONDS, House
from bot.sandbox import DEFAULT_TOKEN, SandboxState, SandboxUser
from bot.sandbox.model import BOT_SENDER, Message
from bot.sandbox.server import build_app
from bot.settings import load_settings
from tests.faults.virtual import VirtualClock, VirtualLoop
from tests.faults.wire import Wire
from tests.support.house import House as Furnished

URL: Final = "http://127.0.0.1"


class World:
    """A furnished house whose people all have a phone.

    Args:
        house: Who lives there; its clock is replaced by the world's.
        start: The moment it begins.
        loop: Whose time it is.
        seed: Of what goes wrong on the line.
    """

    def __init__(self, house: Furnished, *, start: datetime, loop: VirtualLoop, seed: int) -> None:
        self.house = house
        self.loop = loop
        self.clock = VirtualClock(start, loop)
        house.clock = self.clock
        house.deps = replace(house.deps, clock=self.clock)
        self.telegram = SandboxState(start_at=start)
        self.telegram.clock = self.clock
        self.telegram.faults.monotonic = loop.time
        self.wire = Wire(build_app(self.telegram), loop, random.Random(seed))
        self._life: asyncio.Task[None] | None = None
        self._up = asyncio.Event()

    def phones(self, chats: Iterable[int]) -> None:
        """Give these people a phone on which they once started the bot."""
        for chat in chats:
            self.telegram.add_user(SandboxUser(id=chat, name=f"Naam {chat}")).started = True

    async def start(self) -> None:
        """Let the bot begin."""
        self._up.clear()
        self._life = asyncio.create_task(self._live())
        await self._up.wait()

    async def stop(self) -> None:
        """The bot is gone, in the middle of whatever it did."""
        assert self._life is not None
        self._life.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._life

    async def passes(self, **span: float) -> None:
        """Let time pass."""
        await asyncio.sleep(timedelta(**span).total_seconds())

    def shown(self, chat: int, part: str) -> list[Message]:
        """The bot's messages in a chat that hold this part."""
        messages = self.telegram.chats[chat].messages.values()
        return [each for each in messages if each.sender_id == BOT_SENDER and part in each.content.text]

    async def _live(self) -> None:
        settings = load_settings(
            telegram_bot_token=DEFAULT_TOKEN,
            telegram_api_url=URL,
            database_url=f"sqlite:///{self.house.database}",
            key_dir=self.house.folder / "keys",
        )
        house = House(self.house.deps, settings, pace=Pace(now=self.loop.time))
        carried = {"transport": self.wire}
        house._bot = ExtBot(
            DEFAULT_TOKEN,
            base_url=f"{URL}/bot",
            base_file_url=f"{URL}/file/bot",
            request=HTTPXRequest(connection_pool_size=32, httpx_kwargs=carried),
            get_updates_request=HTTPXRequest(httpx_kwargs=carried),
        )
        async with house._started() as (application, handlers):
            intake = Intake(house._bot, handle=partial(handlers.handle, application), give_up=handlers.give_up)
            stopping = asyncio.Event()
            fetching = asyncio.create_task(intake.run(stopping))
            self._up.set()
            try:
                while True:
                    await house.tick()
                    await asyncio.sleep(TICK_SECONDS)
            finally:
                for task in (fetching, house._sending):
                    if task is not None:
                        task.cancel()
                        with contextlib.suppress(asyncio.CancelledError):
                            await task
                stopping.set()  # who waits for it only wakes and ends
                await asyncio.sleep(0)


def folder_of(base: Path, name: str) -> Path:
    """A fresh folder for one house."""
    made = base / name
    made.mkdir(parents=True)
    return made
