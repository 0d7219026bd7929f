"""What a schedule means in days and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.usecases.calendars import team_calendar
from bot.usecases.deps import Deps
from bot.usecases.free_moments import plan_team_again
from dialogues.rhythm.cadence import Cadence, Reminder, Window, next_maandbeeld, window
from dialogues.rhythm.calendar import Calendar
from dialogues.rhythm.recurrence import PRESETS, Recurrence, Rhythm
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work


def preset(rhythm: str, weekday: str) -> Recurrence:
    """One of the three rhythms on offer. Raises KeyError or ValueError for any other."""
    unit, every = PRESETS[Rhythm(rhythm)]
    return Recurrence(unit, every, weekday)


def cadence_of(deps: Deps, schedule: Schedule, calendar: Calendar) -> Cadence:
    """The openings of a schedule on the open days of a calendar."""
    return Cadence(
        Recurrence.from_text(schedule.recurrence),
        schedule.minute,
        deps.zone,
        days_before=schedule.days_before,
        calendar=calendar,
    )


def window_of(
    deps: Deps, schedule: Schedule, calendar: Calendar, *, opens_at: datetime, following: datetime | None
) -> Window:
    """The window of a round of this schedule that opens at this moment; ``following`` as ``window`` takes it."""
    return window(
        opens_at,
        days=schedule.window_days,
        zone=deps.zone,
        calendar=calendar,
        reminder=Reminder(schedule.reminder),
        remind_minute=schedule.reminder_minute,
        following=following,
    )


def planned(
    work: Work, deps: Deps, schedule: Schedule, team: Team, *, afresh: bool = False, waking: bool = False
) -> Schedule:
    """The schedule with its next opening and maandbeeld as they follow from now on.

    A round that is open stays open as announced, and a pause is kept: what comes next comes after both. Openings keep
    step with the last one, unless they start ``afresh``. What is due already stays due, a round as well as a
    maandbeeld. A rhythm that nobody chose yet sleeps on, unless it is chosen now (``afresh``) or ``waking``.
    """
    if schedule.sleeps and not (afresh or waking):
        return schedule
    calendar = team_calendar(work, team, schedule)
    waits_for = [deps.now(), *(each.closes_at for each in work.rounds.open_of(team.id) if each.number > 0)]
    if schedule.paused_until is not None:
        back = datetime.combine(schedule.paused_until, time(), deps.zone)
        waits_for.append(back - timedelta(seconds=1))
    cadence = cadence_of(deps, schedule, calendar)
    previous = None if afresh else schedule.last_due_at
    if previous is not None and schedule.days_before and schedule.last_meeting_on is not None:
        previous = cadence.opening_before(schedule.last_meeting_on)
    due = schedule.next_due_at
    paused = schedule.paused_until is not None and schedule.paused_until > deps.today()
    if due is None or due > deps.now() or afresh or paused:
        due = cadence.next_due(max(waits_for), previous=previous)
    maandbeeld = schedule.maandbeeld_due_at
    if maandbeeld is None or maandbeeld > deps.now():
        maandbeeld = maandbeeld_after(deps, schedule, calendar, after=deps.now())
    return replace(
        schedule,
        next_due_at=None if schedule.stopped else due,
        maandbeeld_due_at=maandbeeld,
    )


def replan_area(work: Work, deps: Deps, area_id: str) -> None:
    """Plan the rounds and the open questions of an area's teams again, because the days that are open have changed."""
    groups = (work.teams.group(area_id, "area"), work.teams.group(area_id, "strategic"))
    for team in (*work.teams.in_area(area_id), *(each for each in groups if each is not None)):
        schedule = work.schedules.get(team.id)
        if schedule is not None:
            work.schedules.put(planned(work, deps, schedule, team))
        plan_team_again(work, deps, team)


def maandbeeld_after(deps: Deps, schedule: Schedule, calendar: Calendar, *, after: datetime) -> datetime:
    """When the first maandbeeld after this moment is due: in time for the team's meeting, if it has one."""
    meeting = Recurrence.from_text(schedule.meeting) if schedule.meeting else None
    return next_maandbeeld(
        after, zone=deps.zone, calendar=calendar, meeting=meeting, days_before=schedule.maandbeeld_before
    )
