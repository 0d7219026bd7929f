"""The next question of a team as a member will get it, for its coordinator to try; nothing of it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.usecases.access import coordinated_team
from bot.usecases.asked import practice_layer
from bot.usecases.calendars import team_calendar
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.promises import is_new
from bot.usecases.see_topics import coming_rounds
from bot.usecases.set_schedule import schedule_of
from bot.usecases.topics import topic_for
from bot.usecases.wording import words_for
from dialogues.conversation.presenting import fill
from dialogues.rhythm.cadence import window
from dialogues.rhythm.rotation import Topic
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work


@dataclass(frozen=True, slots=True)
class SamplePrompt:
    """What a prompt says, filled in for the round that comes next."""

    element: str
    title: str
    summary: str
    members: int
    lead_label: str
    closes_at: datetime
    new_team: bool


def sample_prompt(deps: Deps, *, chat_id: int, team_id: str) -> SamplePrompt:
    """The prompt of the round that comes next, as if it opened then. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        area = work.teams.area(team.area_id)
        if area is None:
            raise NotAllowed
        schedule = schedule_of(work, team)
        coming = coming_rounds(work, deps, team, schedule, number=2)  # what comes after it decides along
        opens_at, topic = coming[0] if coming else (deps.now(), _if_it_ran(work, deps, team, schedule))
        definition = deps.library.get(topic.element)
        calendar = team_calendar(work, team, schedule)
        members = work.people.team_members(team.id, role="member")
        return SamplePrompt(
            element=topic.element,
            title=definition.title,
            summary=fill(definition.summary, words_for(deps, team=team, area=area, definition=definition)),
            members=len(practice_layer(members)),
            lead_label=team.lead_label,
            closes_at=window(opens_at, days=schedule.window_days, zone=deps.zone, calendar=calendar).closes_at,
            new_team=is_new(work, team.id),
        )


def _if_it_ran(work: Work, deps: Deps, team: Team, schedule: Schedule) -> Topic:
    """What a round would be about that opened today, where no rhythm runs."""
    return topic_for(work, deps, team=team, schedule=schedule, opens_at=deps.now(), following=None)
