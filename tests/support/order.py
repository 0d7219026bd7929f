"""In which order tests begin when several processes share them: the long ones first, in each process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def dealt(items: Sequence[Item], *, is_long: Callable[[Item], bool], workers: int) -> list[Item]:
    """The same items, so that every worker begins with its share of the long ones.

    Each worker gets the next part of the list (pytest-xdist, worksteal); who is done takes from the end of what another
    one has left. A long one at the end of a part would begin when all others are nearly done.
    """
    long = [item for item in items if is_long(item)]
    short = [item for item in items if not is_long(item)]
    ordered: list[Item] = []
    for worker in range(workers):
        part = (len(items) - len(ordered)) // (workers - worker)
        own = long[worker::workers]
        room = max(0, part - len(own))
        ordered += own + short[:room]
        short = short[room:]
    return ordered + short
