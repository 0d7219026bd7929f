"""Who is in the middle of a dialogue: in memory and in locks that go with their process, so that no copy tells."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from storage.errors import Unavailable
from storage.in_dialogue import InDialogue

GONE_QUIET: Final = timedelta(minutes=2)
"""Who did not tap for this long is no longer in the middle of something."""


class Activity:
    """The last tap of each chat in a dialogue that has not ended; ``shared``: what other processes know of it too."""

    def __init__(self, shared: InDialogue | None = None) -> None:
        self._shared = shared if shared is not None and shared.is_shared else None
        self._taps: dict[int, tuple[str, datetime]] = {}
        self._since: datetime | None = None

    async def saw(self, chat_id: int, *, about: str, ended: bool, at: datetime) -> None:
        """Note a step in a dialogue. ``about``: the round it is of, or whatever else tells it from another."""
        self._since = self._since or at
        if not ended:
            self._taps[chat_id] = (about, at)
            await self._tell(chat_id)
        elif self._taps.get(chat_id, ("",))[0] == about:
            await self._forget(chat_id)

    async def missed(self, chat_id: int, *, about: str) -> None:
        """Note a dialogue of before this process began to look; a step that it saw since then says more."""
        if self._since is not None and chat_id not in self._taps:
            await self.saw(chat_id, about=about, ended=False, at=self._since)

    async def busy(self, now: datetime) -> frozenset[int]:
        """The chats that are in a dialogue now; what went quiet is forgotten. Raises Unavailable."""
        self._since = self._since or now
        for chat_id, seen in list(self._taps.items()):
            # Asked again for each: while others were told of the one before, this one may have tapped or ended.
            if abs(now - seen[1]) >= GONE_QUIET and self._taps.get(chat_id) == seen:
                await self._forget(chat_id)
        own = frozenset(self._taps)
        return own if self._shared is None else own | await asyncio.to_thread(self._shared.everybody)

    def may_have_missed(self, now: datetime) -> bool:
        """Whether this process began to look so lately that somebody may be busy since before it did."""
        return self._since is not None and abs(now - self._since) < GONE_QUIET

    async def _forget(self, chat_id: int) -> None:
        del self._taps[chat_id]
        await self._tell(chat_id)

    async def _tell(self, chat_id: int) -> None:
        """Let the other processes see how it is with this chat, also when that changes while they are told."""
        told = None
        with suppress(Unavailable):  # a dialogue goes on, also when nobody else can be told; then all that was is gone
            while self._shared is not None and told != (goes_on := chat_id in self._taps):
                await asyncio.to_thread(self._shared.begin if goes_on else self._shared.end, chat_id)
                told = goes_on
