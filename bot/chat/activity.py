"""Who is in the middle of a dialogue, as far as this process saw; in memory only, so that no copy of the data tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

GONE_QUIET: Final = timedelta(minutes=2)
"""Who did not tap for this long is no longer in the middle of something."""


class Activity:
    """The last tap of each chat in a dialogue that has not ended."""

    def __init__(self) -> None:
        self._taps: dict[int, tuple[str, datetime]] = {}

    def saw(self, chat_id: int, *, round_id: str, ended: bool, at: datetime) -> None:
        """Note a step in the dialogue of a round."""
        if not ended:
            self._taps[chat_id] = (round_id, at)
        elif self._taps.get(chat_id, ("",))[0] == round_id:
            del self._taps[chat_id]

    def busy(self, now: datetime) -> frozenset[int]:
        """The chats that are in a dialogue now; the others are forgotten."""
        self._taps = {chat: (about, at) for chat, (about, at) in self._taps.items() if abs(now - at) < GONE_QUIET}
        return frozenset(self._taps)
