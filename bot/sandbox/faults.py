"""Rate limits as Telegram has them, and faults that a test asks for."""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from bot.sandbox.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Callable

FaultKind = Literal["429", "5xx", "timeout_before", "timeout_after", "far"]
PER_SECOND_OVERALL = 30.0
PER_SECOND_PER_CHAT = 1.0
BURST_PER_CHAT = 5.0
PER_SECOND_PER_GROUP = 20 / 60
BURST_PER_GROUP = 20.0


def too_many_requests(seconds: int) -> ApiError:
    """Telegram's 429."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


@dataclass(slots=True)
class Bucket:
    """A token bucket: `size` at once, then `rate` a second."""

    rate: float
    size: float
    level: float
    at: float

    def seconds_until(self, amount: float, *, now: float) -> float:
        """How long to wait until `amount` may pass; 0 when it may pass now."""
        self.level = min(self.size, self.level + (now - self.at) * self.rate)
        self.at = now
        return max(0.0, (min(amount, self.size) - self.level) / self.rate)


@dataclass(slots=True)
class Fault:
    """A fault to inject.

    Attributes:
        kind: what goes wrong. `timeout_before` drops the call, `timeout_after` performs it and loses the answer.
            `far` performs it halfway and answers at the end of its seconds, as a Telegram at a distance does.
        method: the Bot API method it strikes in lower case; empty for all but getUpdates.
        chat_id: the chat it strikes; 0 for all.
        times: how often it strikes; None for always.
        share: the part of the calls it strikes, 0 to 1.
        retry_after: seconds, for 429.
        seconds: how long a timeout keeps the line open, or the way there and back takes, in real seconds.
    """

    kind: FaultKind
    method: str = ""
    chat_id: int = 0
    times: int | None = 1
    share: float = 1.0
    retry_after: int = 1
    seconds: float = 30.0

    def strikes(self, method: str, chat_id: int, *, chance: float) -> bool:
        """Whether it strikes this call; uses up one of its `times` when it does."""
        meant = method == self.method if self.method else method != "getupdates"
        if not meant or (self.chat_id and chat_id != self.chat_id) or self.times == 0 or chance >= self.share:
            return False
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(slots=True)
class Faults:
    """The limiter (on unless switched off) and the injected faults."""

    limiter: bool = True
    injected: list[Fault] = field(default_factory=list)
    monotonic: Callable[[], float] = time.monotonic
    _overall: Bucket | None = None
    _chats: dict[int, Bucket] = field(default_factory=dict)
    _chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - repeatable, not secret

    def pick(self, method: str, chat_id: int) -> Fault | None:
        """The first injected fault that strikes this call."""
        for fault in self.injected:
            if fault.strikes(method, chat_id, chance=self._chance.random()):
                return fault
        return None

    def count(self, chat_id: int, *, messages: int = 1) -> None:
        """Count messages sent to a chat. Raises ApiError 429 when that is too many."""
        if not self.limiter:
            return
        now = self.monotonic()
        if self._overall is None:
            self._overall = Bucket(PER_SECOND_OVERALL, PER_SECOND_OVERALL, PER_SECOND_OVERALL, now)
        group = chat_id < 0
        rate = PER_SECOND_PER_GROUP if group else PER_SECOND_PER_CHAT
        burst = BURST_PER_GROUP if group else BURST_PER_CHAT
        chat = self._chats.setdefault(chat_id, Bucket(rate, burst, burst, now))
        buckets = (self._overall, chat)
        wait = max(bucket.seconds_until(messages, now=now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.level -= messages
