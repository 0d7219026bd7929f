"""The moment that fits a person: when a row of the outbox may go out, by its person's quiet times and absence alone.

Nothing here looks at answers: what is done with a row must never tell who gave one (privacy rule 10).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.usecases import ask_for_response, handovers, plan_newcomer
from bot.usecases.asides import NEWCOMER
from bot.usecases.ask_for_response import ASK
from bot.usecases.asked import place_of
from bot.usecases.calendars import away_until, message_calendar, quiet_times
from bot.usecases.deps import Deps
from bot.usecases.handovers import OFFER
from dialogues.rhythm.calendar import WORKING_DAYS
from dialogues.rhythm.quiet import QuietBlock, QuietTimes
from storage.deliveries import Delivery
from storage.people import Person
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work

PUT_OFF: Final = ":after:"
"""In the key of a prompt that comes back because its person asked for it."""
LOOK_AGAIN: Final = timedelta(days=7)
"""What has no end waits this long for somebody who is never free, and is then looked at once more."""
_DAY: Final = timedelta(days=1)
_VALID: Final = {NEWCOMER: plan_newcomer.VALID, OFFER: handovers.VALID, ASK: ask_for_response.VALID}
"""How long before it ends what is planned ahead may first go out."""


def next_moment(work: Work, deps: Deps, delivery: Delivery, person: Person, *, after: datetime) -> datetime:
    """The first moment from ``after`` on at which this row may go out: ``after`` itself when it may go then.

    When there is none before the row ends, that end, so that it expires unsent.
    """
    start = max(after, _earliest(work, deps, delivery))
    found = _times(work, deps, delivery, person).next_free(start, deps.zone, before=delivery.valid_until)
    return found or delivery.valid_until or after + LOOK_AGAIN


def question_moments(
    work: Work, deps: Deps, about: Round, person: Person, *, sector: str
) -> tuple[datetime, datetime | None]:
    """When the prompt and the one reminder of a round that opens now are due to somebody who is asked in it.

    The same moments as ``next_moment`` gives for their rows; worked out together, for this is done for everybody.
    """
    team = work.teams.get(about.team_id)
    assert team is not None  # noqa: S101 - a round hangs on its team by a foreign key
    if team.scope != "team":
        place = place_of(work, person=person, about=about)
        team = place[0] if place else team
    times = quiet_times(work, deps, person=person, team=team, sector=sector)
    prompt_at = times.next_free(deps.now(), deps.zone, before=about.closes_at) or about.closes_at
    if about.remind_at is None or about.remind_at >= about.closes_at:
        return prompt_at, None
    hoped = max(about.remind_at, _day_after(deps, prompt_at))
    return prompt_at, times.next_free(hoped, deps.zone, before=about.closes_at) or about.closes_at


def tomorrow(work: Work, deps: Deps, delivery: Delivery, person: Person) -> datetime:
    """For what must wait for another day: tomorrow at this hour or the first free moment after it, or else before it.

    The end of the row when it has no free moment left.
    """
    local = deps.now().astimezone(deps.zone)
    day = local.date() + _DAY
    same_hour = datetime.combine(day, local.time(), deps.zone).astimezone(UTC)
    found = next_moment(work, deps, delivery, person, after=same_hour)
    if found == delivery.valid_until:
        return next_moment(work, deps, delivery, person, after=_midnight(deps, day))
    return found


def plan_again(work: Work, deps: Deps, *, before: Person, now: Person) -> None:
    """Move what waits for a person whose quiet times or absence changed to its next free moment.

    What the person put off keeps its promise, except where it was the absence that moved it.
    """
    for delivery in work.deliveries.waiting_for(now.id):
        moved = delivery.due_at == next_moment(work, deps, delivery, before, after=deps.now())
        if PUT_OFF in delivery.key and not moved:
            continue
        moment = next_moment(work, deps, delivery, now, after=deps.now())
        if moment != delivery.due_at:
            work.deliveries.set_due(delivery.id, due_at=moment)


def plan_team_again(work: Work, deps: Deps, team: Team) -> None:
    """Move the open questions of a team, because its days or quiet times changed, to the first moment that now fits.

    What a person put off keeps its promise.
    """
    for about in work.rounds.open_of(team.id):
        for delivery in (
            each for kind in ("prompt", "reminder") for each in work.deliveries.for_subject(about.id, kind)
        ):
            person = work.people.get(delivery.person_id)
            if person is None or delivery.state != "pending" or PUT_OFF in delivery.key:
                continue
            moment = next_moment(work, deps, delivery, person, after=deps.now())
            if moment != delivery.due_at:
                work.deliveries.set_due(delivery.id, due_at=moment)


def _times(work: Work, deps: Deps, delivery: Delivery, person: Person) -> QuietTimes:
    """What keeps this row from going out.

    A question goes by everything of the person and the team. One that was put off comes when it was promised, within
    working hours. A message goes by working hours, the team's closed days and what the person chose. Whoever is away
    hears nothing at all.
    """
    away = away_until(deps, person)
    if PUT_OFF in delivery.key:
        return QuietTimes(away_until=away)
    if delivery.kind in {"prompt", "reminder"}:
        about = work.rounds.get(delivery.subject)
        place = place_of(work, person=person, about=about) if about else None
        team = place[0] if place else None
        sector = work.rounds.sector_of(delivery.subject, person.id)
        if team is not None and sector is not None:
            return quiet_times(work, deps, person=person, team=team, sector=sector)
    membership = work.people.membership(delivery.subject)
    if membership is not None and membership.sector:
        team = work.teams.get(membership.team_id)
        if team is not None:
            return quiet_times(work, deps, person=person, team=team, sector=membership.sector)
    team = _team_of(work, delivery)
    return QuietTimes(
        blocks=tuple(map(QuietBlock.from_word, person.quiet or ())),
        away_until=away,
        calendar=message_calendar(work, team) if team is not None else WORKING_DAYS,
    )


def _team_of(work: Work, delivery: Delivery) -> Team | None:
    """The team that a maandbeeld, or the word about a round, is of; None for what is about no one team."""
    record = work.maandbeelden.get(delivery.subject)
    about = work.rounds.get(delivery.subject)
    team_id = record.team_id if record else about.team_id if about else None
    return work.teams.get(team_id) if team_id else None


def _earliest(work: Work, deps: Deps, delivery: Delivery) -> datetime:
    """A reminder comes at its own time, and not on the day of the prompt it reminds of.

    What is planned for somebody who is new, or who leaves, does not come before its own day.
    """
    if delivery.kind in _VALID and delivery.valid_until is not None:
        return delivery.valid_until - _VALID[delivery.kind]
    about = work.rounds.get(delivery.subject) if delivery.kind == "reminder" else None
    if about is None or about.remind_at is None:
        return datetime.min.replace(tzinfo=UTC)
    prompt_at = work.deliveries.first_due(delivery.person_id, kind="prompt", subject=about.id)
    if prompt_at is None:
        return about.remind_at
    return max(about.remind_at, _day_after(deps, prompt_at))


def _day_after(deps: Deps, moment: datetime) -> datetime:
    return _midnight(deps, moment.astimezone(deps.zone).date() + _DAY)


def _midnight(deps: Deps, day: date) -> datetime:
    return datetime.combine(day, time(), deps.zone).astimezone(UTC)
