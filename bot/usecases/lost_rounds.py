"""A round whose key is lost: it ends at once, so that nobody gives an answer that no one will ever open."""

from __future__ import annotations

from bot.usecases.deps import Deps
from storage.keys import KeyFolder
from storage.rounds import Round
from storage.work import Storage, Work


def end_unopenable(deps: Deps) -> int:
    """End every round whose private key is gone; how many. Safe to repeat, and on hold; nothing is sent.

    The opener's work, before anything else: after a copy of the database came back it alone can see that a key is
    missing, where it is a user of its own. Raises UnsafeKeyFolder for another user, or while the disk with the keys is
    away.
    """
    with deps.storage.begin() as work:
        there = openable(work, deps.storage.keys)
        lost = tuple(about for about in work.rounds.with_keys() if about.key_id not in there)
        for about in lost:
            end_lost(work, deps, about)
        work.commit()
    if lost:
        deps.storage.checkpoint()
    return len(lost)


def openable(work: Work, keys: KeyFolder) -> frozenset[str]:
    """Ids of the keys of which the private half is there. Every other one is gone, and what it locked with it.

    Raises UnsafeKeyFolder for another user than the opener, or while the disk with the keys is away.
    """
    there = keys.opening()
    if not there:
        refuse_away(work, keys)
    return there


def refuse_missing(storage: Storage) -> None:
    """Raise UnsafeKeyFolder when there are rounds to open and not a single key: each has one in either part."""
    with storage.begin() as work:
        if work.rounds.live_key_ids():
            refuse_away(work, storage.keys)


def refuse_away(work: Work, keys: KeyFolder) -> None:
    """Raise UnsafeKeyFolder while the disk with the keys is away: the stock names keys, and not a single one is there.

    When a copy of the database came back with keys that are lost, its stock was emptied, and others are made.
    """
    if work.keys.unused():
        keys.refuse_bare()


def end_lost(work: Work, deps: Deps, about: Round) -> None:
    """Destroy the envelopes of a round and close it; the next release tells everybody who was asked."""
    work.answers.destroy(about.id)
    if about.closes_at > deps.now():
        work.rounds.close_at(about.id, deps.now())
