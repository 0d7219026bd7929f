"""The lead says on which day the team talked about a maandbeeld: the one link of the chain that the bot cannot see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.reactions import reader_as_lead
from storage.maandbeelden import MaandbeeldRecord

DAYS_AGO: Final = (0, 1, 2, 7)
"""The days that are offered, so long ago; never one from before the maandbeeld. [keuze]"""


def days_to_tell(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> tuple[date, ...]:
    """The days that can be chosen, newest first. Raises NotAllowed or NewerMaandbeeld."""
    with deps.storage.begin() as work:
        _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        return _days(deps, record)


def tell_talked(deps: Deps, *, chat_id: int, maandbeeld_id: str, on: date | None) -> str:
    """Note the day, or with None that it was not talked about after all; gives the team's id.

    Raises NotAllowed, also for a day that was not offered, or NewerMaandbeeld. Nothing else hangs on it: the next
    maandbeeld says the day, and no step is asked for.
    """
    with deps.storage.begin() as work:
        _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        if on is not None and on not in _days(deps, record):
            raise NotAllowed
        work.maandbeelden.set_talked(record.id, on)
        work.commit()
        return record.team_id


def _days(deps: Deps, record: MaandbeeldRecord) -> tuple[date, ...]:
    first = record.composed_at.astimezone(deps.zone).date()
    ago = (deps.today() - timedelta(days=days) for days in DAYS_AGO)
    return tuple(day for day in ago if day >= first)
