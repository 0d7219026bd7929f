"""What happens next in a team or an area and when: the second half of every confirmation in the coordinator's menus."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.usecases.access import coordinated_area, coordinated_team
from bot.usecases.cadences import window_of
from bot.usecases.calendars import team_calendar
from bot.usecases.deps import Deps
from bot.usecases.second_chance import waiting_rounds
from bot.usecases.see_topics import coming_openings, coming_rounds
from bot.usecases.set_schedule import schedule_of


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next question of one team, as it is planned now."""

    opens_at: datetime | None
    """None: no question comes, because no rhythm was chosen or it was stopped."""
    closes_at: datetime | None
    remind_at: datetime | None
    """The one reminder, before anybody's quiet times; None: there is none."""
    title: str
    """Title of its element, as far as can be known now; '' when no question comes."""
    stopped: bool
    paused_until: date | None
    is_open: bool
    """Whether a question is open now, which stays as it was announced."""
    promised_until: datetime | None = None
    """When the first question opens that is no second chance, for those keep what was promised; None: the next one."""


@dataclass(frozen=True, slots=True)
class AreaAhead:
    """The first question that comes in an area."""

    team: str
    opens_at: datetime


def see_ahead(deps: Deps, *, chat_id: int, team_id: str) -> Ahead:
    """What comes next for a team, for its coordinator. Raises NotAllowed."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        schedule = schedule_of(work, team)
        is_open = any(each.number > 0 and each.closes_at > deps.now() for each in work.rounds.open_of(team.id))
        opens_at, title, span, promised_until = schedule.next_due_at, "", None, None
        if opens_at is not None:
            openings = coming_openings(work, deps, team, schedule, number=len(work.rounds.thin_of(team.id)) + 2)
            calendar = team_calendar(work, team, schedule)
            span = window_of(deps, schedule, calendar, opens_at=opens_at, following=openings[1])
            again = len(waiting_rounds(work, deps, team.id, openings=openings))
            promised_until = openings[again] if again else None
            _, topic = coming_rounds(work, deps, team, schedule, number=2)[0]  # what comes after it decides along
            title = deps.library.get(topic.element).title
        return Ahead(
            opens_at=opens_at,
            closes_at=span.closes_at if span else None,
            remind_at=span.remind_at if span else None,
            title=title,
            stopped=bool(schedule.stopped),
            paused_until=schedule.paused_until,
            is_open=is_open,
            promised_until=promised_until,
        )


def see_area_ahead(deps: Deps, *, chat_id: int, area_id: str) -> AreaAhead | None:
    """The first question that comes in an area, for its coordinator; None when no team has one. Raises NotAllowed."""
    with deps.storage.begin() as work:
        coordinated_area(work, chat_id=chat_id, area_id=area_id)
        running = [(work.schedules.get(team.id), team.name) for team in work.teams.in_area(area_id)]
    coming = [
        AreaAhead(name, schedule.next_due_at)
        for schedule, name in running
        if schedule is not None and schedule.next_due_at is not None
    ]
    return min(coming, key=lambda each: (each.opens_at, each.team), default=None)
