"""A clock of seconds for pauses, so that no test waits."""

from __future__ import annotations

import asyncio

from bot.chat.pace import Pace


class FakeTime:
    """A clock of seconds that only sleeping moves."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)

    def pauses(self, pace, *, chat_id, seconds):
        """Let Telegram have asked for a pause for one chat, and a later call to another chat have gone well."""
        pace.refused(0, chat_id, seconds=seconds)


def timeless() -> Pace:
    """A pace in time of its own: who waits for a turn has it at once, and asks no real clock again and again."""
    time = FakeTime()
    return Pace(now=time, sleep=time.sleep)
