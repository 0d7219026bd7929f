"""What a team is asked and the steps it agreed on, for its coordinator; nothing of what came out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.usecases.access import coordinated_team
from bot.usecases.deps import Deps
from bot.usecases.see_topics import coming_rounds
from bot.usecases.step_stories import without_slips
from dialogues.rhythm.checking import CHECK
from storage.improvement_actions import ImprovementAction
from storage.teams import Team
from storage.work import Work

PERIOD: Final = timedelta(days=92)
"""About three months back. [keuze]"""
AHEAD: Final = 3
"""So many coming topics are told."""
MOST_STEPS: Final = 3


@dataclass(frozen=True, slots=True)
class SeenPeriod:
    """Three months of one team, from rounds and steps alone."""

    team: Team
    asked: tuple[str, ...]
    """Titles of the topics that were asked, oldest first, each once."""
    coming: tuple[tuple[str, date], ...]
    """Titles of the next topics, as far as can be known now, with their day."""
    steps: tuple[ImprovementAction, ...]
    """The newest steps that were replaced, stopped or kept in that time, and the open one last."""


def see_team_period(deps: Deps, *, chat_id: int, team_id: str) -> SeenPeriod:
    """Topics and steps of a team. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        since = deps.now() - PERIOD
        ended = without_slips(work, deps, work.improvement_actions.ended_since(team.id, deps.today() - PERIOD))
        standing = work.improvement_actions.open_of(team.id)
        return SeenPeriod(
            team=team,
            asked=_asked(work, deps, team, since),
            coming=_coming(work, deps, team),
            steps=(*ended[-MOST_STEPS:], *((standing,) if standing else ())),
        )


def _asked(work: Work, deps: Deps, team: Team, since: datetime) -> tuple[str, ...]:
    """A topic that was asked twice, for its second chance or whether it still holds, is told once."""
    rounds = (each for each in work.rounds.of_team(team.id) if each.opens_at >= since and each.element != CHECK)
    elements = dict.fromkeys(each.subject or each.element for each in rounds)
    return tuple(deps.library.get(each).title for each in elements if each in deps.library.definitions)


def _coming(work: Work, deps: Deps, team: Team) -> tuple[tuple[str, date], ...]:
    schedule = work.schedules.get(team.id)
    if schedule is None or schedule.next_due_at is None:
        return ()
    found = coming_rounds(work, deps, team, schedule, number=AHEAD)
    return tuple((deps.library.get(topic.element).title, at.astimezone(deps.zone).date()) for at, topic in found)
