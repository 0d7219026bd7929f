"""A coordinator chooses a team's rhythm, how long a round stays open, its reminder, and when the maandbeeld comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.usecases.access import coordinated_team, person_of
from bot.usecases.cadences import cadence_of, planned, preset
from bot.usecases.calendars import ASK_IN_SCHOOL_HOLIDAYS, SKIP_SCHOOL_HOLIDAYS
from bot.usecases.changes import note_and_tell, note_change
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.free_moments import plan_team_again
from bot.usecases.typed_rhythm import is_time
from dialogues.conversation.way import Way
from dialogues.rhythm.cadence import MOST_DAYS_BEFORE, Reminder, window_choices, window_days
from dialogues.rhythm.calendar import WORKING_DAYS
from dialogues.rhythm.recurrence import PRESETS, WEEKDAYS, Recurrence, Rhythm
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

MINUTES: Final = (8 * 60 + 30, 10 * 60, 12 * 60 + 30, 15 * 60 + 30)
"""The moments of the day a coordinator can choose from, in local minutes after midnight."""
DAYS_BEFORE: Final = (1, 2, 3, 5)
"""Open days before a meeting that the maandbeeld can come."""


def set_rhythm(deps: Deps, *, chat_id: int, team_id: str, rhythm: str, weekday: str, minute: int) -> Schedule:
    """Choose light, normal or intensive on a weekday; the next opening comes after now and after an open round.

    A round that is open stays open as announced; only what comes after it moves. Raises NotAllowed.
    """
    if rhythm not in PRESETS or weekday not in WEEKDAYS:
        raise NotAllowed
    return _set_openings(
        deps, chat_id=chat_id, team_id=team_id, rhythm=rhythm, recurrence=preset(rhythm, weekday), minute=minute
    )


def set_own_rhythm(
    deps: Deps, *, chat_id: int, team_id: str, recurrence: str, minute: int, days_before: int = 0
) -> Schedule:
    """Choose any recurrence (an RRULE as ``Recurrence`` writes it), or one that is anchored to a meeting.

    With ``days_before`` the recurrence is a meeting, and rounds open that many open days before it. The maandbeeld is
    then in time for that same meeting, unless another one was chosen. Raises NotAllowed.
    """
    try:
        chosen = Recurrence.from_text(recurrence)
    except ValueError as error:
        raise NotAllowed from error
    if not 0 <= days_before <= MOST_DAYS_BEFORE:
        raise NotAllowed
    return _set_openings(
        deps,
        chat_id=chat_id,
        team_id=team_id,
        rhythm=str(Rhythm.OWN),
        recurrence=chosen,
        minute=minute,
        days_before=days_before,
    )


def set_window(deps: Deps, *, chat_id: int, team_id: str, days: int) -> Schedule:
    """Choose how many days a round stays open; counts from the next round. Raises NotAllowed."""

    def change(schedule: Schedule) -> Schedule:
        if days not in window_choices(Recurrence.from_text(schedule.recurrence)):
            raise NotAllowed
        return replace(schedule, window_days=days)

    return _changed(deps, chat_id=chat_id, team_id=team_id, kind="window", change=change, days=str(days))


def set_way(deps: Deps, *, chat_id: int, team_id: str, way: str) -> Schedule:
    """Choose how long the dialogues are for everybody: full, short or brief. Raises NotAllowed."""
    if way not in set(Way):
        raise NotAllowed

    def change(schedule: Schedule) -> Schedule:
        return replace(schedule, way=way, eased_at=schedule.number)

    return _changed(deps, chat_id=chat_id, team_id=team_id, kind="way", change=change, way=way)


def set_reminder(deps: Deps, *, chat_id: int, team_id: str, reminder: str) -> Schedule:
    """Choose when the one reminder goes out, if at all; counts from the next round. Raises NotAllowed."""
    if reminder not in set(Reminder):
        raise NotAllowed

    def change(schedule: Schedule) -> Schedule:
        return replace(schedule, reminder=reminder)

    return _changed(deps, chat_id=chat_id, team_id=team_id, kind="reminder", change=change, reminder=reminder)


def set_reminder_time(deps: Deps, *, chat_id: int, team_id: str, minute: int | None) -> Schedule:
    """Choose at which local minute of the day the reminder comes, within working hours; None: as late as the question.

    Counts from the next round, and everybody's quiet times still go first. Raises NotAllowed.
    """
    if minute is not None and not is_time(minute):
        raise NotAllowed

    def change(schedule: Schedule) -> Schedule:
        return replace(schedule, reminder_minute=minute)

    chosen = "" if minute is None else str(minute)
    return _changed(deps, chat_id=chat_id, team_id=team_id, kind="reminder_time", change=change, minute=chosen)


def set_meeting(deps: Deps, *, chat_id: int, team_id: str, meeting: str, days_before: int) -> Schedule:
    """Choose the meeting (an RRULE, or '' for none) that the maandbeeld comes in time for. Raises NotAllowed."""
    if days_before not in DAYS_BEFORE:
        raise NotAllowed
    try:
        chosen = Recurrence.from_text(meeting).to_text() if meeting else ""
    except ValueError as error:
        raise NotAllowed from error

    def change(schedule: Schedule) -> Schedule:
        return replace(schedule, meeting=chosen, maandbeeld_before=days_before)

    return _changed(deps, chat_id=chat_id, team_id=team_id, kind="meeting", change=change, meeting=chosen)


def set_school_holidays(deps: Deps, *, chat_id: int, team_id: str, choice: str) -> Schedule:
    """Choose whether the whole team is left alone in school holidays, or only who works in a school."""
    if choice not in {SKIP_SCHOOL_HOLIDAYS, ASK_IN_SCHOOL_HOLIDAYS}:
        raise NotAllowed

    def change(schedule: Schedule) -> Schedule:
        return replace(schedule, school_holidays=choice)

    return _changed(
        deps, chat_id=chat_id, team_id=team_id, kind="school_holidays", change=change, school_holidays=choice
    )


def schedule_of(work: Work, team: Team) -> Schedule:
    """The team's schedule, or a sleeping one for a team for which nothing was chosen yet."""
    return work.schedules.get(team.id) or Schedule(
        team_id=team.id,
        rhythm=str(Rhythm.NORMAL),
        recurrence=preset(Rhythm.NORMAL, "tuesday").to_text(),
        minute=MINUTES[0],
        window_days=window_days(preset(Rhythm.NORMAL, "tuesday")),
    )


def _set_openings(
    deps: Deps, *, chat_id: int, team_id: str, rhythm: str, recurrence: Recurrence, minute: int, days_before: int = 0
) -> Schedule:
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        standing = schedule_of(work, team)
        chosen = replace(
            standing,
            rhythm=rhythm,
            recurrence=recurrence.to_text(),
            minute=minute,
            days_before=days_before,
            meeting=recurrence.to_text() if days_before else standing.meeting,
            window_days=window_days(recurrence),
            stopped="",
            eased_at=standing.number,
        )
        try:
            cadence_of(deps, chosen, WORKING_DAYS)
        except ValueError as error:
            raise NotAllowed from error
        chosen = planned(work, deps, chosen, team, afresh=True)
        if chosen == standing:  # a tap that came twice
            return standing
        work.schedules.put(chosen)
        note_change(
            work,
            deps,
            area_id=team.area_id,
            team_id=team.id,
            kind="rhythm",
            rhythm=chosen.recurrence,
            **before_word(chosen),
            **_moment("at", chosen.next_due_at),
        )
        if standing.stopped and chosen.next_due_at is not None:
            by = person_of(work, chat_id)
            note_and_tell(work, deps, team, by=by, kind="resumed", at=chosen.next_due_at.isoformat())
        work.commit()
        return chosen


def before_word(schedule: Schedule) -> dict[str, str]:
    """For the log: how many open days before the meeting rounds open; nothing for a rhythm without a meeting."""
    return {"before": str(schedule.days_before)} if schedule.days_before else {}


def _moment(name: str, moment: datetime | None) -> dict[str, str]:
    return {name: moment.isoformat()} if moment is not None else {}


def _changed(
    deps: Deps, *, chat_id: int, team_id: str, kind: str, change: Callable[[Schedule], Schedule], **words: str
) -> Schedule:
    """Change one thing of a schedule that has been chosen; raises NotAllowed when there is none."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        standing = work.schedules.get(team.id)
        if standing is None:
            raise NotAllowed
        chosen = change(standing)
        if chosen == standing:  # a tap that came twice
            return standing
        if (chosen.meeting, chosen.maandbeeld_before, chosen.school_holidays) != (
            standing.meeting,
            standing.maandbeeld_before,
            standing.school_holidays,
        ):
            chosen = planned(work, deps, chosen, team)
        work.schedules.put(chosen)
        if chosen.school_holidays != standing.school_holidays:
            plan_team_again(work, deps, team)
        note_change(work, deps, area_id=team.area_id, team_id=team.id, kind=kind, **words)
        work.commit()
        return chosen
