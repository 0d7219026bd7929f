"""Whether this process can do its work now: the database takes a write, the keys are there, nothing waits too long."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.lost_rounds import refuse_missing
from storage.errors import StorageError, Unavailable, UnsafeDatabase

LONGEST_OUTBOX: Final = 900.0
"""Seconds. A thousand prompts take half a minute; a pause that Telegram asks for, minutes."""


@dataclass(frozen=True, slots=True)
class Health:
    """How it is; nothing in it is about a person."""

    failing: tuple[str, ...]
    """What does not work: database, keys, space, hold, outbox, webhook. Empty is well."""
    outbox: float = 0.0
    """Seconds since the oldest message that waits was due."""
    rounds: int = 0


def see_health(deps: Deps, *, sends: bool, opens: bool, slots: bool) -> Health:
    """Look at everything this process needs. Never raises; commits a small write.

    Args:
        deps: What the use cases have.
        sends: Whether this process sends what is in the outbox.
        opens: Whether it opens envelopes, and needs those keys.
        slots: Whether it talks to people or opens rounds, and needs the other keys.
    """
    failing = []
    outbox, rounds = 0.0, 0
    try:
        deps.storage.prove_writable()
        with deps.storage.begin() as work:
            oldest = work.deliveries.oldest_due(deps.now())
            rounds = work.rounds.count_open()
        outbox = max(0.0, (deps.now() - oldest).total_seconds()) if oldest else 0.0
    except StorageError:
        failing.append("database")
    if not _keys_work(deps, opens=opens, slots=slots):
        failing.append("keys")
    if not deps.storage.has_room():
        failing.append("space")
    if deps.storage.hold.is_on:
        failing.append("hold")
    elif sends and outbox > LONGEST_OUTBOX:
        failing.append("outbox")
    return Health(tuple(failing), outbox=outbox, rounds=rounds)


def _keys_work(deps: Deps, *, opens: bool, slots: bool) -> bool:
    keys = deps.storage.keys
    try:
        keys.check()
        with suppress(Unavailable, UnsafeDatabase):  # the database is told by itself
            refuse_missing(deps.storage)
        return (keys.can_open() or not opens) and (keys.can_find() or not slots)
    except (StorageError, OSError):
        return False
