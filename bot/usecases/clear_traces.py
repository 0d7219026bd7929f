"""What a release leaves when it was cut short: keys of nothing, and a write-ahead log with what was deleted.

Every process does this, each for the files of its own user: the opener for private keys, the bot for keys of slots.
"""

from __future__ import annotations

from typing import Final

from bot.usecases.deps import Deps

_TRIES: Final = 5
"""Each waits a second at most for who reads or writes; a command may take a few."""


def clear_traces(deps: Deps) -> int:
    """Destroy the keys of nothing and empty a log that is not empty yet; returns how many keys. Safe to repeat.

    Called at every tick, so that a key is gone within a minute of the publication, or of a restart (privacy A8).
    """
    destroyed = destroy_finished_keys(deps)
    if destroyed or deps.storage.owes_checkpoint:
        deps.storage.checkpoint()
    return destroyed


def cleared_now(deps: Deps) -> bool:
    """Leave no copy of what a command erased; False when the database was busy all the time.

    What it owes would be forgotten with its process, and no other process knows of it.
    """
    return not deps.storage.owes_checkpoint or any(deps.storage.checkpoint() for _ in range(_TRIES))


def destroy_finished_keys(deps: Deps) -> int:
    """Destroy every key that belongs to no round or month in progress and is not in stock; returns how many.

    All of it inside one transaction: another process that is making keys for the stock, or opens a round, has not
    committed yet, and its files must not be taken for leftovers.
    """
    with deps.storage.begin() as work:
        needed = work.rounds.live_key_ids() | work.tallies.key_ids() | work.pool.key_ids() | work.keys.unused()
        leftover = deps.storage.keys.known() - needed
        for key_id in leftover:
            deps.storage.keys.destroy(key_id)
    return len(leftover)
