"""A coordinator puts topics forward or aside; both come to an end by themselves, and none is ever dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.changes import note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.set_schedule import schedule_of
from bot.usecases.topics import askable, choosable
from dialogues.rhythm.rotation import CLIENT, CLOSING
from storage.schedules import Schedule

ASIDE_WEEKS: Final = (4, 8, 13)
"""How long a topic can be set aside; the family never longer than a quarter (requirements F1)."""


def put_first(deps: Deps, *, chat_id: int, team_id: str, element: str) -> Schedule:
    """Put one element forward, until it has been asked; what was put forward before comes after it."""

    def change(schedule: Schedule) -> Schedule:
        others = tuple(each for each in schedule.first if each != element)
        aside = {each: until for each, until in schedule.aside.items() if each != element}
        return replace(schedule, first=(element, *others), aside=aside)

    return _changed(deps, chat_id=chat_id, team_id=team_id, element=element, kind="topic_first", change=change)


def set_aside(deps: Deps, *, chat_id: int, team_id: str, element: str, weeks: int) -> Schedule:
    """Pass one element over for some weeks; then it comes back by itself. Raises NotAllowed."""
    if weeks not in ASIDE_WEEKS or element == CLOSING:
        raise NotAllowed
    until = (deps.today() + timedelta(weeks=weeks)).isoformat()

    def change(schedule: Schedule) -> Schedule:
        others = tuple(each for each in schedule.first if each != element)
        return replace(schedule, first=others, aside={**schedule.aside, element: until})

    return _changed(
        deps, chat_id=chat_id, team_id=team_id, element=element, kind="topic_aside", change=change, until=until
    )


def bring_back(deps: Deps, *, chat_id: int, team_id: str, element: str) -> Schedule:
    """Let an element take part in the usual order again, whether it was put forward or aside."""

    def change(schedule: Schedule) -> Schedule:
        others = tuple(each for each in schedule.first if each != element)
        aside = {each: until for each, until in schedule.aside.items() if each != element}
        return replace(schedule, first=others, aside=aside)

    return _changed(deps, chat_id=chat_id, team_id=team_id, element=element, kind="topic_back", change=change)


def can_be_aside(element: str) -> bool:
    """Whether setting this aside makes sense: the family comes every quarter and the closing every half year anyway."""
    return element not in {CLIENT, CLOSING}


def _changed(
    deps: Deps,
    *,
    chat_id: int,
    team_id: str,
    element: str,
    kind: str,
    change: Callable[[Schedule], Schedule],
    **words: str,
) -> Schedule:
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        if element not in (choosable(deps) if kind == "topic_back" else askable(work, deps, team)):
            raise NotAllowed  # what cannot come would wait for ever, and nobody would hear why
        standing = schedule_of(work, team)
        chosen = change(standing)
        if chosen == standing:  # a tap that came twice
            return standing
        work.schedules.put(chosen)
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind=kind, element=element, **words)
        work.commit()
        return chosen
