"""A numbered list of what happened, on which pages, tests and long polls can wait."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

KEPT_CHANGES = 2000
UNSEEN = frozenset({"update", "answer"})
"""Kinds that leave what a chat shows as it is: what is on its way to the bot, and a passing remark."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened: its number, what it was and in which chat (0 for no chat)."""

    seq: int
    kind: str
    chat_id: int

    def as_json(self) -> dict[str, object]:
        """The change as the phone API shows it."""
        return {"seq": self.seq, "kind": self.kind, "chat_id": self.chat_id}


class Changes:
    """Counts changes and wakes whoever waits for one. Use it from one event loop only."""

    def __init__(self) -> None:
        self.last = 0
        self.closed = False
        self.listeners: list[Callable[[Change], None]] = []
        self._recent: deque[Change] = deque(maxlen=KEPT_CHANGES)
        self._shown: dict[int, int] = {}
        self._wake = asyncio.Event()

    def note(self, kind: str, *, chat_id: int = 0) -> int:
        """Write down one change and return its number."""
        self.last += 1
        change = Change(self.last, kind, chat_id)
        self._recent.append(change)
        if kind not in UNSEEN:
            self._shown[chat_id] = self.last
        for listener in self.listeners:
            listener(change)
        self._wake_all()
        return self.last

    def newest(self, chat_id: int = 0) -> int:
        """Number of the newest change that this chat shows, 0 when there is none; of all changes for no chat."""
        return self._shown.get(chat_id, 0) if chat_id else self.last

    def nudge(self) -> None:
        """Let those who wait look again, though nothing a page shows has changed."""
        self._wake_all()

    def since(self, seq: int) -> list[Change]:
        """The changes after `seq`, oldest first; the very old ones are forgotten."""
        return [change for change in self._recent if change.seq > seq]

    def close(self) -> None:
        """End every wait, now and from now on."""
        self.closed = True
        self._wake_all()

    async def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> bool:
        """Wait until `ready()` holds, looking again at every change.

        Args:
            ready: what to wait for; must be cheap.
            seconds: real seconds to wait at most.

        Returns:
            Whether it holds now.
        """
        deadline = time.monotonic() + seconds
        while not ready():
            left = deadline - time.monotonic()
            if left <= 0 or self.closed:
                return ready()
            try:
                await asyncio.wait_for(self._wake.wait(), left)
            except TimeoutError:
                return ready()
        return True

    def _wake_all(self) -> None:
        self._wake.set()
        self._wake = asyncio.Event()
