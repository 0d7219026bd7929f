"""How fast the outbox may go: under Telegram's limits, and never while Telegram asked for a pause."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final

PER_SECOND: Final = 29.0
"""Just under Telegram's 30 messages a second: also a turn that catches up makes no second with more than that."""
HITCH: Final = 0.15
"""Seconds; a turn that comes later than this was not late but the first after a silence or a pause."""
PER_CHAT_SECONDS: Final = 1.0
KEPT_CHATS: Final = 1000


class Pace:
    """Spreads sends evenly: ``await turn()`` returns at most ``per_second`` times a second, once a second per chat.

    Telegram does not say whether a 429 is about one chat or about the whole bot. So nothing goes until its pause is
    over, unless a call that went later succeeds meanwhile: then it was about that chat, and only that chat waits.

    Args:
        per_second: Messages a second, to everybody together.
        per_chat: Seconds between two messages to one chat.
        now: Real seconds, from any moment.
        sleep: Waits so many of them.
    """

    def __init__(
        self,
        per_second: float = PER_SECOND,
        *,
        per_chat: float = PER_CHAT_SECONDS,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1.0 / per_second
        self._per_chat = per_chat
        self._next = 0.0
        self._now = now
        self._sleep = sleep
        self._row = asyncio.Lock()
        self._tickets = 0
        self._newest_success = 0
        self._pauses: dict[int, float] = {}
        """Ticket of a refused call → when its pause is over; only of those after the newest success."""
        self._chats: dict[int, float] = {}
        """Chat → from when it may have its next message."""

    async def turn(self, chat_id: int) -> int:
        """Wait for a place in the row; gives the number of the call, to tell later what became of it."""
        while True:
            async with self._row:
                # Asked again after every sleep: meanwhile Telegram may have asked for more time.
                while (wait := self._until_all() - self._now()) > 0:
                    await self._sleep(wait)
                wait = self.wait_for_chat(chat_id)
                if wait <= 0:
                    return self._taken(chat_id)
            await self._sleep(wait)

    @property
    def paused(self) -> bool:
        """Whether Telegram asked the whole bot for a pause that is not over."""
        return any(until > self._now() for until in self._pauses.values())

    def wait_for_chat(self, chat_id: int) -> float:
        """Seconds until this chat may have its next message; 0 or less when it may now."""
        return self._chats.get(chat_id, 0.0) - self._now()

    def went_well(self, ticket: int) -> None:
        """This call was taken by Telegram: what was refused before it was not refused to the whole bot."""
        self._newest_success = max(self._newest_success, ticket)
        self._pauses = {refused: until for refused, until in self._pauses.items() if refused > ticket}

    def refused(self, ticket: int, chat_id: int, *, seconds: float) -> None:
        """Telegram asked for a pause in answer to this call."""
        until = self._now() + seconds
        self._chats[chat_id] = max(self._chats.get(chat_id, 0.0), until)
        if ticket > self._newest_success:
            self._pauses[ticket] = until

    def _until_all(self) -> float:
        return max(self._next, *self._pauses.values()) if self._pauses else self._next

    def _taken(self, chat_id: int) -> int:
        now = self._now()
        # A turn that came late is made up for, up to one turn: else every hitch of this machine would add up.
        late = now - self._next
        self._next = now + self._gap - (min(late, self._gap) if late < HITCH else 0.0)
        if len(self._chats) > KEPT_CHATS:
            self._chats = {chat: free for chat, free in self._chats.items() if free > now}
        self._chats[chat_id] = now + self._per_chat
        self._pauses = {refused: until for refused, until in self._pauses.items() if until > now}
        self._tickets += 1
        return self._tickets
