"""The updates a bot has not confirmed yet, kept as Telegram keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.sandbox.changes import Changes

FIRST_UPDATE_ID = 500_000_001


@dataclass(slots=True)
class Update:
    """One update: its id, its kind, the chat that orders it, and how often it is still to be delivered."""

    id: int
    kind: str
    chat_id: int
    body: dict[str, object]
    deliveries_left: int = 1

    def as_json(self) -> dict[str, object]:
        """The update as the Bot API words it."""
        return {"update_id": self.id, self.kind: self.body}


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered; an empty address means that the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: tuple[datetime, str] | None = None


@dataclass(slots=True)
class UpdateQueue:
    """Keeps updates until they are confirmed by an offset or accepted by a webhook.

    Attributes:
        allowed: the kinds the bot asked for; None means all the sandbox makes.
        redeliver: how often an update is delivered when its confirmation is to get lost.
        redeliver_next: for how many of the coming updates that holds.
        poller: number of the latest getUpdates call; an earlier one that still waits has lost its turn.
    """

    changes: Changes
    allowed: tuple[str, ...] | None = None
    redeliver: int = 1
    redeliver_next: int = 0
    pending: list[Update] = field(default_factory=list)
    last_id: int = FIRST_UPDATE_ID - 1
    poller: int = 0

    def add(self, kind: str, body: dict[str, object], *, chat_id: int) -> int | None:
        """Queue an update for the bot and return its id, or None when the bot did not ask for this kind."""
        if self.allowed and kind not in self.allowed:
            return None
        self.last_id += 1
        deliveries = 1
        if self.redeliver_next:
            deliveries = self.redeliver
            self.redeliver_next -= 1
        self.pending.append(Update(self.last_id, kind, chat_id, body, deliveries))
        self.changes.note("update", chat_id=chat_id)
        return self.last_id

    def confirm(self, offset: int) -> bool:
        """Forget the updates before a positive offset, or all but the last `-offset` for a negative one.

        Returns:
            Whether there was anything to forget.
        """
        old = self.pending[:offset] if offset < 0 else [update for update in self.pending if update.id < offset]
        self.remove(old)
        return bool(old)

    def remove(self, updates: Collection[Update]) -> None:
        """Forget these updates, except those that are to be delivered again."""
        gone = set()
        for update in updates:
            update.deliveries_left -= 1
            if update.deliveries_left <= 0:
                gone.add(update.id)
        if gone:
            self.pending = [update for update in self.pending if update.id not in gone]
            self.changes.note("confirmed")

    def clear(self) -> None:
        """Drop everything that waits (drop_pending_updates)."""
        self.pending = []
        self.changes.note("confirmed")
