"""Which rounds the next maandbeeld of a team would tell about, and of which month it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.usecases.deps import Deps
from dialogues.rhythm.recurrence import Recurrence, Unit
from storage.publications import PublishedRound
from storage.schedules import Schedule
from storage.work import Work

TURN: Final = timedelta(days=7)
"""So many days before a month begins, a maandbeeld still tells of the month that ends."""


def rounds_to_tell(work: Work, deps: Deps, schedule: Schedule) -> tuple[PublishedRound, ...]:
    """The rounds published since the last maandbeeld; none when the month has one already, or none is planned."""
    if schedule.maandbeeld_due_at is None:
        return ()
    if not free_month(work, deps, schedule, schedule.maandbeeld_due_at):
        return ()
    newest = work.maandbeelden.latest(schedule.team_id)
    return work.publications.of_team(schedule.team_id, since=newest.composed_at if newest else None)


def free_month(work: Work, deps: Deps, schedule: Schedule, due_at: datetime) -> str:
    """The month the maandbeeld that is due then gets; '' when it would be the second of its month.

    After another meeting was chosen, the month it would tell of can have one already; then it gets the month it is in.
    """
    taken = {each.month for each in work.maandbeelden.of_team(schedule.team_id)}
    own = due_at.astimezone(deps.zone).strftime("%Y-%m")
    return next((each for each in (month_of(deps, schedule, due_at), own) if each not in taken), "")


def month_of(deps: Deps, schedule: Schedule, due_at: datetime) -> str:
    """The month a maandbeeld tells of: the one before when it comes around the turn of a month, else its own."""
    local = due_at.astimezone(deps.zone).date()
    meeting = Recurrence.from_text(schedule.meeting) if schedule.meeting else None
    if meeting is not None and meeting.unit is Unit.MONTH and meeting.ordinal != 1:
        return local.strftime("%Y-%m")
    return ((local + TURN).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")
