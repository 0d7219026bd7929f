"""What a coordinator may see of participation: the published months of an area, in bands per sector."""

from __future__ import annotations

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from storage.tallies import AreaMonth

MONTHS_SHOWN = 3


def see_participation(deps: Deps, *, chat_id: int, area_id: str) -> tuple[AreaMonth, ...]:
    """The last published months of an area, newest first. Raises NotAllowed for who does not coordinate it."""
    with deps.storage.begin() as work:
        if area_id not in work.people.coordinates(person_of(work, chat_id).id):
            raise NotAllowed
        return work.area_months.newest(area_id, limit=MONTHS_SHOWN)
