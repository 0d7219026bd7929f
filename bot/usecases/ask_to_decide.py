"""Once per look-back day, and once after the team said something: the lead is asked what was decided about the step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final

from bot.usecases.agree_action import Agreeing, agreeing_at
from bot.usecases.deps import Deps
from bot.usecases.one_by_one import one_by_one
from bot.usecases.readers import was_asked
from bot.usecases.step_stories import told_on
from storage.deliveries import Delivery
from storage.improvement_actions import ImprovementAction
from storage.people import Membership, Person
from storage.work import Work

DECIDE: Final = "decide_step"
"""Kind of the outbox row; its subject is the maandbeeld at which the step was agreed."""
TALK: Final = timedelta(weeks=1)
"""So long after a maandbeeld with an outcome: there must be time to talk about it first. [keuze]"""
LATELY: Final = timedelta(days=21)
"""So long after somebody came to lead the bot asks what their predecessor was asked; a row is kept for longer."""


@dataclass(frozen=True, slots=True)
class AskToDecide:
    """The question what was decided about the step that is open."""

    agreeing: Agreeing


def ask_leads_to_decide(deps: Deps) -> int:
    """Ask the leads of every step whose day has come; how many steps. Safe to repeat: a step is claimed once.

    Whoever comes to lead after that is asked too, as long as nothing was decided: who was asked may have left.

    Its day has come on the day to look back, whatever was published; and a week after the maandbeeld that told what the
    team said, unless the lead has said since that the team goes on. A team that is paused or stopped is left alone
    until it is back, and one that went up into another for good.
    """
    with deps.storage.begin() as work:
        every = work.improvement_actions.to_ask_about(deps.today(), lately=deps.today() - LATELY)
    return one_by_one(every, partial(_ask, deps))


def _ask(deps: Deps, seen: ImprovementAction) -> bool:
    with deps.storage.begin() as work:
        action = work.improvement_actions.get(seen.id)
        if action is None or action.state != "open" or _rests(work, deps, action.team_id):
            return False
        leads = work.people.team_members(action.team_id, role="lead")
        if not leads:  # whoever comes to lead is asked then
            return False
        if not _is_due(work, deps, action):
            asked = _ask_who_came(work, deps, action, leads)
        elif work.improvement_actions.claim_asking(action.id, before=action.lead_asked_on, today=deps.today()):
            asked = [_put(work, deps, action, person, on=deps.today()) for person, _ in leads]
        else:
            return False
        work.commit()
        return any(asked)


def _ask_who_came(
    work: Work, deps: Deps, action: ImprovementAction, leads: tuple[tuple[Person, Membership], ...]
) -> list[bool]:
    """Ask those who came to lead since the others were asked; none when the question was answered."""
    on = action.lead_asked_on
    if on is None or (action.went_on_on is not None and action.went_on_on >= on):
        return []
    since = max(on, deps.today() - LATELY)
    return [_put(work, deps, action, person, on=on) for person, place in leads if place.joined_on >= since]


def _put(work: Work, deps: Deps, action: ImprovementAction, person: Person, *, on: date) -> bool:
    """Put the question of this day into the outbox; False when it was. It waits for as long as it fits."""
    return work.deliveries.add(
        Delivery(
            id=deps.ids.new(),
            key=f"{DECIDE}:{action.id}:{on}:{person.id}",
            person_id=person.id,
            kind=DECIDE,
            subject=action.maandbeeld_id,
            due_at=deps.now(),
        )
    )


def _rests(work: Work, deps: Deps, team_id: str) -> bool:
    team, schedule = work.teams.get(team_id), work.schedules.get(team_id)
    if team is None or team.archived_on is not None or schedule is None or schedule.stopped:
        return True
    return schedule.paused_until is not None and schedule.paused_until > deps.today()


def _is_due(work: Work, deps: Deps, action: ImprovementAction) -> bool:
    asked = action.lead_asked_on or date.min
    if action.look_back_on <= deps.today():
        return asked < action.look_back_on
    told = told_on(work, deps, action)
    if told is None or told + TALK > deps.today():
        return False
    decided = action.went_on_on or date.min
    return max(asked, decided) < told and deps.today() + TALK <= action.look_back_on


def deciding_message(work: Work, deps: Deps, delivery: Delivery, person: Person) -> AskToDecide | None:
    """What such a row says; None when the step was decided on, its day moved, or somebody leads no more."""
    agreed_at = work.maandbeelden.get(delivery.subject)
    record = work.maandbeelden.latest(agreed_at.team_id) if agreed_at else None
    action = work.improvement_actions.open_of(record.team_id) if record else None
    if record is None or action is None or f":{action.id}:{action.lead_asked_on}:" not in delivery.key:
        return None
    if action.went_on_on is not None and action.lead_asked_on is not None and action.went_on_on >= action.lead_asked_on:
        return None
    if not any(each.team_id == record.team_id and each.role == "lead" for each in work.people.memberships(person.id)):
        return None
    if record.shared_at is None and was_asked(work, deps, person_id=person.id, record=record):
        return None
    return AskToDecide(agreeing_at(work, deps, record))
