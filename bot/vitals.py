"""What one process counts about itself, for monitoring: never who, which team, or what was chosen."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REPLY_BUCKETS: Final = (0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds. The promise is 0.3 for nineteen of twenty."""


class Vitals:
    """Counters of this process, in a registry of its own.

    Args:
        now: Seconds that only go forward; the clock on the wall may jump.
    """

    def __init__(self, *, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ticked_at = now()
        self._registry = CollectorRegistry()
        self._taps = Counter("stilstaan_taps", "Updates by kind: tap or text.", ["kind"], registry=self._registry)
        self._replies = Histogram(
            "stilstaan_reply_seconds",
            "From an update in hand to its answer shown.",
            buckets=REPLY_BUCKETS,
            registry=self._registry,
        )
        self._sends = Counter("stilstaan_sends", "Outbox messages by outcome.", ["outcome"], registry=self._registry)
        self._errors = Counter("stilstaan_errors", "Warnings and errors by kind.", ["kind"], registry=self._registry)
        self._ready = Gauge("stilstaan_ready", "1 when nothing fails.", registry=self._registry)
        self._outbox = Gauge("stilstaan_outbox_age_seconds", "Age of the oldest due message.", registry=self._registry)
        self._rounds = Gauge("stilstaan_open_rounds", "Rounds that are open.", registry=self._registry)
        lag = Gauge("stilstaan_clock_lag_seconds", "Since the last tick.", registry=self._registry)
        lag.set_function(self.clock_lag)

    def ticked(self) -> None:
        """A tick was done."""
        self._ticked_at = self._now()

    def clock_lag(self) -> float:
        """Seconds since the last tick, or since the start."""
        return self._now() - self._ticked_at

    def replied(self, kind: str, *, seconds: float) -> None:
        """Somebody's update was handled."""
        self._taps.labels(kind).inc()
        self._replies.observe(seconds)

    def sent(self, outcome: str) -> None:
        """A row of the outbox had this outcome."""
        self._sends.labels(outcome).inc()

    def failed(self, kind: str) -> None:
        """Something went wrong, by the name it has in the log."""
        self._errors.labels(kind).inc()

    def looked(self, *, ready: bool, outbox: float, rounds: int) -> None:
        """What a look at the whole gave."""
        self._ready.set(ready)
        self._outbox.set(outbox)
        self._rounds.set(rounds)

    def page(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self._registry)
