"""Who is new here is asked twice how getting to know the partners goes; the bot only thinks along (DSS §3.5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.usecases.asides import NEWCOMER
from bot.usecases.deps import Deps
from dialogues.rhythm.working_hours import is_working_day, next_working_time
from storage.deliveries import Delivery
from storage.people import Membership
from storage.work import Work

WEEKS: Final = (3, 8)
"""Weeks after joining (content-brief §6.2)."""
VALID: Final = timedelta(days=14)
_AT: Final = time(8, 30)


def plan_newcomer(work: Work, deps: Deps, *, membership: Membership, to_come_only: bool = False) -> None:
    """Queue both invitations for a member who told they work here shorter than half a year; once each.

    Somebody who tells otherwise later gets none of those that were not sent yet. What lies more than two weeks back
    is not caught up with.
    """
    if membership.tenure != "short":
        work.deliveries.cancel(membership.person_id, kind=NEWCOMER, subject=membership.id)
        return
    for week in WEEKS:
        due = _due(deps, membership, week)
        if due + VALID <= deps.now() or (to_come_only and due <= deps.now()):
            continue
        work.deliveries.add(
            Delivery(
                id=deps.ids.new(),
                key=f"{NEWCOMER}:{membership.id}:{week}",
                person_id=membership.person_id,
                kind=NEWCOMER,
                subject=membership.id,
                due_at=max(due, next_working_time(deps.now(), zone=deps.zone)),
                valid_until=due + VALID,
            )
        )


def go_on_as_newcomer(work: Work, deps: Deps, *, membership: Membership, joined_on: date) -> None:
    """Queue what is still to come for somebody who was moved to this membership and arrived on ``joined_on``."""
    plan_newcomer(work, deps, membership=replace(membership, joined_on=joined_on), to_come_only=True)


def is_new(membership: Membership | None) -> bool:
    """Whether the invitation still holds when it is sent: a member, who stays, and is not here for long."""
    return (
        membership is not None
        and membership.left_on is None
        and membership.leaves_on is None
        and membership.role == "member"
        and membership.tenure == "short"
    )


def _due(deps: Deps, membership: Membership, week: int) -> datetime:
    day = membership.joined_on + timedelta(weeks=week)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, _AT, deps.zone).astimezone(UTC)
