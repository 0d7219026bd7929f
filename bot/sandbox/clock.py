"""The sandbox clock: real time from an offset, with jumps, and what the bot announced about its next moments."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the bot said after a tick.

    Attributes:
        as_of: sandbox time of that tick.
        next: its next due moment, if it has one.
        maandbeeld: the moment of the next maandbeeld, if known.
        idle: whether its outbox was empty.
    """

    as_of: datetime
    next: datetime | None
    maandbeeld: datetime | None
    idle: bool


class SandboxClock:
    """A clock that runs in real time between jumps.

    Args:
        start_at: the aware moment at which the sandbox begins.
    """

    def __init__(self, start_at: datetime) -> None:
        if start_at.tzinfo is None:
            raise ValueError("the sandbox clock needs an aware moment, for instance one with tzinfo=UTC")
        self._moment = start_at.astimezone(UTC)
        self._real = time.monotonic()
        self.last_activity = self._moment
        self.announced: Announcement | None = None

    def now(self) -> datetime:
        """The sandbox moment, aware and in UTC."""
        return self._moment + timedelta(seconds=time.monotonic() - self._real)

    def touch(self) -> None:
        """Remember that something happened that the bot's next tick has to have seen."""
        self.last_activity = self.now()

    def jump(self, moment: datetime, *, allow_backwards: bool = False) -> bool:
        """Set the clock to `moment`; backwards only when allowed.

        Returns:
            Whether the clock moved.
        """
        if moment < self.now():
            if not allow_backwards:
                return False
            self.announced = None
        self._moment = moment.astimezone(UTC)
        self._real = time.monotonic()
        self.touch()
        return True

    def bot_has_caught_up(self) -> bool:
        """Whether the bot ticked since the last jump or update, has nothing to send and nothing overdue."""
        said = self.announced
        if said is None or not said.idle or said.as_of < self.last_activity:
            return False
        return said.next is None or said.next > self.now()
