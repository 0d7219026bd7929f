"""A coordinator chooses a team's rhythm and its first topic; the rest of the order follows by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.cadences import cadence_for
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.topics import all_topics
from dialogues.rhythm.cadence import WINDOW_DAYS, next_maandbeeld
from dialogues.rhythm.recurrence import PRESETS, WEEKDAYS, Rhythm
from dialogues.rhythm.rotation import starting_with
from storage.schedules import Schedule
from storage.work import Work

MINUTES: Final = (8 * 60 + 30, 10 * 60, 12 * 60 + 30, 15 * 60 + 30)
"""The moments of the day a coordinator can choose from, in local minutes after midnight."""


def set_rhythm(deps: Deps, *, chat_id: int, team_id: str, rhythm: str, weekday: str, minute: int) -> Schedule:
    """Set or change how often and when; the next opening comes after now and after an open round. Raises NotAllowed.

    A round that is open stays open as announced; only what comes after it moves.
    """
    if rhythm not in PRESETS or weekday not in WEEKDAYS or minute not in MINUTES:
        raise NotAllowed
    with deps.storage.begin() as work:
        coordinated_team(work, chat_id=chat_id, team_id=team_id)
        standing = _schedule(work, deps, team_id)
        closing = [each.closes_at for each in work.rounds.open_of(team_id) if each.number > 0]
        cadence = cadence_for(rhythm=rhythm, weekday=weekday, minute=minute, zone=deps.zone)
        chosen = Schedule(
            team_id=team_id,
            rhythm=rhythm,
            weekday=weekday,
            minute=minute,
            topics=standing.topics,
            position=standing.position,
            number=standing.number,
            window_days=WINDOW_DAYS[Rhythm(rhythm)],
            next_due_at=cadence.next_due(max([deps.now(), *closing])),
            maandbeeld_due_at=standing.maandbeeld_due_at or next_maandbeeld(deps.now(), zone=deps.zone),
        )
        work.schedules.put(chosen)
        work.commit()
        return chosen


def set_first_topic(deps: Deps, *, chat_id: int, team_id: str, element: str) -> Schedule:
    """Put one element first; the others follow in their usual order and none is dropped. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_team(work, chat_id=chat_id, team_id=team_id)
        standing = _schedule(work, deps, team_id)
        if element not in standing.topics:
            raise NotAllowed
        chosen = Schedule(
            team_id=team_id,
            rhythm=standing.rhythm,
            weekday=standing.weekday,
            minute=standing.minute,
            topics=starting_with(element, standing.topics),
            position=0,
            number=standing.number,
            window_days=standing.window_days,
            next_due_at=standing.next_due_at,
            maandbeeld_due_at=standing.maandbeeld_due_at,
        )
        work.schedules.put(chosen)
        work.commit()
        return chosen


def _schedule(work: Work, deps: Deps, team_id: str) -> Schedule:
    """The team's schedule, or a sleeping one with the standard order for a team that has none yet."""
    standing = work.schedules.get(team_id)
    topics = all_topics(deps, standing)
    if standing is not None:
        return replace(standing, topics=topics)
    return Schedule(
        team_id=team_id,
        rhythm=str(Rhythm.NORMAL),
        weekday="tuesday",
        minute=MINUTES[0],
        topics=topics,
        position=0,
        number=0,
        window_days=WINDOW_DAYS[Rhythm.NORMAL],
        next_due_at=None,
        maandbeeld_due_at=None,
    )
