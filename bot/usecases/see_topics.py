"""What a coordinator may see of a team's topics: which come, which were put forward or aside, which were silent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.cadences import cadence_of
from bot.usecases.calendars import team_calendar
from bot.usecases.deps import Deps
from bot.usecases.second_chance import waiting_rounds
from bot.usecases.set_schedule import schedule_of
from bot.usecases.topics import (
    askable,
    choosable,
    circle,
    elements,
    history,
    open_step,
    silent_elements,
    topic_again,
    wishes,
)
from dialogues.rhythm.rotation import Asked, Topic, plan
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class SeenTopics:
    """The topics of one team, from published outcomes and what the coordinator chose."""

    coming: tuple[Topic, ...]
    """What the next rounds are about, as far as can be known now; empty when no rhythm runs."""
    first: tuple[str, ...]
    aside: Mapping[str, str]
    """Element → the day (ISO) on which it comes back by itself."""
    silent: tuple[str, ...]
    can_come: tuple[str, ...]
    """The elements a round of this team can be about; not the family where the whole area is asked about it."""


def see_topics(deps: Deps, *, chat_id: int, team_id: str) -> SeenTopics:
    """The topics of a team, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        schedule = schedule_of(work, team)
        today = deps.today().isoformat()
        return SeenTopics(
            coming=tuple(topic for _, topic in coming_rounds(work, deps, team, schedule, number=SHOWN)),
            first=tuple(each for each in schedule.first if each in choosable(deps)),
            aside={
                element: until
                for element, until in schedule.aside.items()
                if until > today and element in elements(deps)
            },
            silent=silent_elements(work, deps, team),
            can_come=tuple(each for each in deps.library.definitions if each in askable(work, deps, team)),
        )


def coming_rounds(
    work: Work, deps: Deps, team: Team, schedule: Schedule, *, number: int
) -> tuple[tuple[datetime, Topic], ...]:
    """When the next rounds open and what they are about, as far as can be known now."""
    openings = coming_openings(work, deps, team, schedule, number=number)
    days = [opening.astimezone(deps.zone).date() for opening in openings]
    again = [topic_again(each) for each in waiting_rounds(work, deps, team.id, openings=openings)]
    asked, wished = history(work, team.id), wishes(schedule)
    for topic, day in zip(again, days, strict=False):
        asked = (*asked, Asked(topic.element, day, published=False, band=None, still=topic.still))
        wished = wished.after(topic.element, today=day)
    topics = plan(
        circle(deps, team),
        asked,
        days=days[len(again) :],
        wishes=wished,
        available=askable(work, deps, team),
        step=open_step(work, team.id),
    )
    return tuple(zip(openings, (*again, *topics), strict=True))


def coming_openings(work: Work, deps: Deps, team: Team, schedule: Schedule, *, number: int) -> tuple[datetime, ...]:
    """When the next rounds open; none when no rhythm runs."""
    first = schedule.next_due_at
    if first is None:
        return ()
    calendar = team_calendar(work, team, schedule)
    return (first, *cadence_of(deps, schedule, calendar).coming(first, number=number - 1, previous=first))
