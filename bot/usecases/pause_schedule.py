"""Pausing a team's rhythm until a day, or stopping it with a reason; neither happens silently (DSS §3.12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from bot.usecases.access import coordinated_team, person_of
from bot.usecases.cadences import planned
from bot.usecases.calendars import team_calendar
from bot.usecases.changes import note_and_tell
from bot.usecases.deps import Deps
from bot.usecases.errors import NotAllowed
from bot.usecases.leave_team import DayUnusable, read_day
from bot.usecases.one_by_one import one_by_one
from storage.people import Person
from storage.schedules import Schedule
from storage.teams import Team
from storage.work import Work

PAUSE_WEEKS: Final = (2, 4, 8)
LONGEST_PAUSE: Final = timedelta(days=183)
"""Half a year; who needs longer stops, and says why."""
REMIND_AFTER: Final = timedelta(weeks=13)
"""A stopped rhythm is brought up again once a quarter."""


class StopReason(StrEnum):
    """Why a coordinator stops a team's rhythm; the lead reads it."""

    BUSY = "busy"
    CHANGE = "change"
    ENOUGH = "enough"
    ENDS = "ends"


def return_dates(deps: Deps, *, chat_id: int, team_id: str) -> tuple[date, ...]:
    """The days on which the bot proposes to come back after a pause: open days, some weeks from now."""
    with deps.storage.begin() as work:
        team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
        calendar = team_calendar(work, team, work.schedules.get(team.id))
        days = (calendar.next_open(deps.today() + timedelta(weeks=weeks)) for weeks in PAUSE_WEEKS)
        return tuple(dict.fromkeys(days))


def pause(deps: Deps, *, chat_id: int, team_id: str, until: date) -> Schedule:
    """Let nothing open before this day; then the rhythm goes on by itself, and everybody concerned is told.

    The day that holds already changes nothing, and nobody is told again: a tap can come twice.
    Raises NotAllowed for a day that has passed or lies more than LONGEST_PAUSE ahead, or when no rhythm runs.
    """
    if not deps.today() < until <= deps.today() + LONGEST_PAUSE:
        raise NotAllowed
    with deps.storage.begin() as work:
        team, standing = _standing(work, chat_id=chat_id, team_id=team_id)
        if standing.next_due_at is None:
            raise NotAllowed
        if standing.paused_until == until:
            return standing
        chosen = planned(work, deps, replace(standing, paused_until=until), team)
        work.schedules.put(chosen)
        note_and_tell(work, deps, team, by=person_of(work, chat_id), kind="paused", until=until.isoformat())
        work.commit()
        return chosen


def pause_until_typed(deps: Deps, *, chat_id: int, team_id: str, typed: str) -> Schedule:
    """Pause until a day that was typed as ``31-12-2026``. Raises DayUnusable, or as ``pause`` does."""
    until = read_day(typed, today=deps.today())
    if not deps.today() < until <= deps.today() + LONGEST_PAUSE:
        raise DayUnusable
    return pause(deps, chat_id=chat_id, team_id=team_id, until=until)


def stop(deps: Deps, *, chat_id: int, team_id: str, reason: str) -> Schedule:
    """Open nothing any more, with a reason that the leads read at once. A round that is open runs to its close.

    The reason that holds already changes nothing, and nobody is told again: a tap can come twice.
    """
    if reason not in set(StopReason):
        raise NotAllowed
    with deps.storage.begin() as work:
        team, standing = _standing(work, chat_id=chat_id, team_id=team_id)
        if standing.stopped == reason:
            return standing
        chosen = replace(standing, stopped=reason, paused_until=None, next_due_at=None)
        work.schedules.put(chosen)
        note_and_tell(work, deps, team, by=person_of(work, chat_id), kind="stopped", reason=reason)
        work.commit()
        return chosen


def restart(deps: Deps, *, chat_id: int, team_id: str) -> Schedule:
    """End a pause or a stop now; one that runs already goes on. Raises NotAllowed where no rhythm was chosen."""
    with deps.storage.begin() as work:
        team, standing = _standing(work, chat_id=chat_id, team_id=team_id)
        if standing.sleeps:
            raise NotAllowed
        if not standing.stopped and standing.paused_until is None:
            return standing
        chosen = _running_again(work, deps, team, standing, by=person_of(work, chat_id))
        work.commit()
        return chosen


def resume_due(deps: Deps) -> int:
    """End every pause whose day has come, and bring up what stopped a quarter ago; returns for how many teams."""
    with deps.storage.begin() as work:
        over = work.schedules.paused_before(deps.today())
        stopped = work.schedules.stopped()
    ended = one_by_one(over, lambda schedule: _end_pause(deps, schedule.team_id))
    return ended + one_by_one(stopped, lambda schedule: _bring_up(deps, schedule.team_id))


def _end_pause(deps: Deps, team_id: str) -> bool:
    with deps.storage.begin() as work:
        team, standing = work.teams.get(team_id), work.schedules.get(team_id)
        if team is None or standing is None or standing.paused_until is None or standing.paused_until > deps.today():
            return False
        _running_again(work, deps, team, standing, by=None)
        work.commit()
        return True


def _bring_up(deps: Deps, team_id: str) -> bool:
    """Tell coordinators and leads once a quarter that nothing is asked; a stop never becomes forgotten."""
    with deps.storage.begin() as work:
        team, standing = work.teams.get(team_id), work.schedules.get(team_id)
        if team is None or standing is None or not standing.stopped or team.archived_on:
            return False
        said = work.changes.latest(team_id, kinds=("stopped", "still_stopped"))
        if said is not None and said.at > deps.now() - REMIND_AFTER:
            return False
        note_and_tell(work, deps, team, by=None, kind="still_stopped", reason=standing.stopped)
        work.commit()
        return True


def _standing(work: Work, *, chat_id: int, team_id: str) -> tuple[Team, Schedule]:
    team = coordinated_team(work, chat_id=chat_id, team_id=team_id)
    standing = work.schedules.get(team.id)
    if standing is None:
        raise NotAllowed
    return team, standing


def _running_again(work: Work, deps: Deps, team: Team, standing: Schedule, *, by: Person | None) -> Schedule:
    chosen = planned(
        work, deps, replace(standing, stopped="", paused_until=None, eased_at=standing.number), team, waking=True
    )
    work.schedules.put(chosen)
    assert chosen.next_due_at is not None  # noqa: S101 - a schedule that is not stopped has a next opening
    note_and_tell(work, deps, team, by=by, kind="resumed", at=chosen.next_due_at.isoformat())
    return chosen
