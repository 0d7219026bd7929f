"""Work for one team after the other: what goes wrong for one must not keep the others waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")


def one_by_one(items: Iterable[Item], act: Callable[[Item], object]) -> int:
    """Do the same for every item; returns for how many it did something.

    Raises the last failure, after all items have had their turn.
    """
    done = 0
    failure: Exception | None = None
    for item in items:
        try:
            done += bool(act(item))
        except Exception as error:  # noqa: BLE001 - told below, when all have had their turn
            failure = error
    if failure is not None:
        raise failure
    return done
