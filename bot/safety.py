"""Refuse to start when unsafe (privacy rule 18): what neither settings nor storage can see by themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from bot.logs import talkative
from bot.refused import UnsafeStart
from bot.usecases.lost_rounds import refuse_missing
from dialogues.insight import FLOOR
from storage.errors import UnsafeKeyFolder
from storage.teams import LOWEST_FLOOR
from storage.work import Storage

PROMISED: Final = 5
"""Everywhere people read that fewer answers than this are never shown."""


def refuse_unsafe(storage: Storage, *, opens: bool, slots: bool) -> None:
    """Raise UnsafeStart when this process may not begin; call it after the logs were set up.

    Args:
        storage: The database and the keys.
        opens: Whether this process opens envelopes, and therefore needs ``opener/`` for itself.
        slots: Whether it talks to people or opens rounds, and therefore needs ``bot/`` for itself.
    """
    reasons = [
        *_damage(storage),
        *_low_floors(storage),
        *_loud_logs(),
        *(_refused(storage.keys.check_opener) if opens else ()),
        *(_refused(storage.keys.check_bot) if slots else ()),
        *_refused(partial(refuse_missing, storage)),
    ]
    if reasons:
        raise UnsafeStart("\n".join(reasons))


def _damage(storage: Storage) -> tuple[str, ...]:
    found = storage.find_damage()
    told = f"De database is beschadigd ({found}). Zet een kopie terug: python -m bot restore KOPIE"
    return (told,) if found else ()


def _low_floors(storage: Storage) -> tuple[str, ...]:
    with storage.begin() as work:
        found = work.teams.lowest_floor()
    lowest = min(FLOOR, LOWEST_FLOOR, FLOOR if found is None else found)
    told = (
        f"De ondergrens staat op {lowest} antwoorden. Hij is minstens {PROMISED}, en kan alleen omhoog. "
        "Zet hem terug bij elk team en elke ronde."
    )
    return (told,) if lowest < PROMISED else ()


def _loud_logs() -> tuple[str, ...]:
    names = talkative()
    told = (
        f"Deze logboeken staan te luid: {', '.join(names)}. Er zouden berichten of het token in komen. "
        "Zet ze op WARNING, en start zonder PYTHONASYNCIODEBUG en zonder -X dev."
    )
    return (told,) if names else ()


def _refused(check: Callable[[], None]) -> tuple[str, ...]:
    try:
        check()
    except UnsafeKeyFolder as error:
        return (str(error),)
    return ()
