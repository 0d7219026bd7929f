"""What a team agreed on and what became of it: for its maandbeeld, and in a sentence before its next question."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.usecases.asking_after import weeks_in_words
from bot.usecases.deps import Deps
from bot.usecases.dutch_dates import day, whole_day
from bot.usecases.published_rounds import element_of
from dialogues.insight import PublishedElement
from dialogues.insight.agreeing import Owner, owner_name
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.phrases_nl import LOOKING_BACK, TIME_TO_LOOK_BACK
from dialogues.insight.published import AgreedStep, Checked, Decision
from dialogues.insight.step_story import decided, outcome
from dialogues.rhythm.checking import CHECK, weeks_since
from storage.improvement_actions import ImprovementAction, StepCheck
from storage.maandbeelden import MaandbeeldRecord
from storage.publications import PublishedRound
from storage.rounds import Round
from storage.teams import Team
from storage.work import Work

ENDED: Final = {"stopped": "Gestopt: {step}. Gestopt is ook geleerd.", "kept": "Dit houden we vast: {step}."}
_DECISIONS: Final = {"changed": Decision.CHANGED, "stopped": Decision.STOPPED, "kept": Decision.KEPT}
NOT_ASKED: Final = "Het team is er nog niet naar gevraagd."
STILL_ASKED: Final = "Het team kan er nu op antwoorden. De uitkomst komt in het maandbeeld."
Shown = Callable[[PublishedRound], PublishedElement]
"""What a publication is for the core."""


def agreed_steps(
    work: Work, deps: Deps, *, team: Team, newest: MaandbeeldRecord | None, told: Collection[str], shown: Shown
) -> tuple[AgreedStep, ...]:
    """What the next maandbeeld tells about the team's steps: those decided on since ``newest``, then the open one.

    ``told``: the rounds this maandbeeld tells about; a step that one of them asked after is told of too. A step that
    came and went between two maandbeelden is left out: nobody was asked after it.
    """
    since = newest.composed_at.astimezone(deps.zone).date() if newest else date.min
    ended = ended_after(work, deps, team_id=team.id, newest=newest)
    steps = {each.id: each for each in ended if not came_and_went(each, told_on=(since,))}
    asked_after = (work.improvement_actions.checked_in(round_id) for round_id in sorted(told))
    steps |= {each.id: each for each in asked_after if each is not None}
    now = work.improvement_actions.open_of(team.id)
    steps |= {now.id: now} if now is not None else {}
    ordered = sorted(steps.values(), key=lambda each: (each.state == "open", each.decided_on or date.max, each.id))
    return tuple(_agreed(work, deps, team, each, told=told, shown=shown) for each in ordered)


def came_and_went(action: ImprovementAction, *, told_on: Iterable[date]) -> bool:
    """Whether another step took its place before any maandbeeld, of these days, could tell of it: mostly a slip."""
    if action.state != "changed" or action.decided_on is None:
        return False
    return not any(action.agreed_on < day <= action.decided_on for day in told_on)


def without_slips(work: Work, deps: Deps, actions: Iterable[ImprovementAction]) -> tuple[ImprovementAction, ...]:
    """The steps of one team that are told of later: not what was replaced before anybody could read of it."""
    every = tuple(actions)
    composed = work.maandbeelden.composed(every[0].team_id) if every else ()
    days = [each.astimezone(deps.zone).date() for each in composed]
    return tuple(
        each for each in every if not came_and_went(each, told_on=days) or work.improvement_actions.checks_of(each.id)
    )


def ended_after(
    work: Work, deps: Deps, *, team_id: str, newest: MaandbeeldRecord | None
) -> tuple[ImprovementAction, ...]:
    """The steps that were replaced, stopped or kept since this maandbeeld, oldest first.

    Of a step only the day is kept. Of the day on which the maandbeeld was made, it says itself which it told about.
    """
    if newest is None:
        return work.improvement_actions.ended_since(team_id, date.min)
    every = work.improvement_actions.ended_since(team_id, newest.composed_at.astimezone(deps.zone).date())
    if not every:
        return ()
    told = {(each.step, line) for each in Maandbeeld.from_json(newest.body).agreed for line in each.lines}
    return tuple(each for each in every if (each.step.rstrip("."), _decided(each)) not in told)


def _decided(action: ImprovementAction) -> str:
    """The sentence that tells how a step ended."""
    assert action.decided_on is not None  # noqa: S101 - every step that ended has its day
    return decided(_DECISIONS[action.state], whole_day(action.decided_on))


def _agreed(
    work: Work, deps: Deps, team: Team, action: ImprovementAction, *, told: Collection[str], shown: Shown
) -> AgreedStep:
    is_open = action.state == "open"
    decision = _DECISIONS.get(action.state, Decision.GO_ON if action.went_on_on else None)
    decided_on = action.went_on_on if is_open else action.decided_on
    return AgreedStep(
        step=action.step.rstrip("."),
        owner=owner_name(Owner(action.owner), team_label=team.team_label),
        agreed_on=whole_day(action.agreed_on),
        look_back_on=whole_day(action.look_back_on) if is_open else "",
        time_to_look_back=action.look_back_on <= deps.today(),
        checks=tuple(_checks(work, action, told=told, shown=shown)),
        decision=decision,
        decided_on=whole_day(decided_on) if decided_on else "",
    )


def _checks(work: Work, action: ImprovementAction, *, told: Collection[str], shown: Shown) -> Iterable[Checked]:
    """The rounds about a step that have been released, oldest first."""
    return (_checked(action, check, one, told=told, shown=shown) for check, one in _released(work, action))


def _released(work: Work, action: ImprovementAction) -> Iterable[tuple[StepCheck, PublishedRound]]:
    every = ((check, work.publications.get(check.round_id)) for check in work.improvement_actions.checks_of(action.id))
    return ((check, published) for check, published in every if published is not None)


def _checked(
    action: ImprovementAction, check: StepCheck, published: PublishedRound, *, told: Collection[str], shown: Shown
) -> Checked:
    ago = f"na {weeks_in_words(weeks_since(action.agreed_on, check.asked_on))}"
    return Checked(ago, shown(published), new=published.round_id in told)


def told_on(work: Work, deps: Deps, action: ImprovementAction) -> date | None:
    """The day of the first maandbeeld that told the newest thing a team said about its step; None when none did."""
    shown = [each for _, each in _released(work, action) if each.outcome == "published"]
    composed = work.maandbeelden.composed(action.team_id) if shown else ()
    first = next((each for each in composed if each >= shown[-1].published_at), None)
    return first.astimezone(deps.zone).date() if first else None


def what_was_said(work: Work, deps: Deps, action: ImprovementAction) -> tuple[str, ...]:
    """What was published about a step, for its lead; honest when nobody was asked yet or may still answer."""
    said = tuple(outcome(each) for each in _checks(work, action, told=(), shown=partial(element_of, work, deps)))
    asked = work.improvement_actions.checks_of(action.id)
    if len(asked) > len(said):
        return (*said, STILL_ASKED)
    return said or (NOT_ASKED,)


def step_before(work: Work, deps: Deps, *, team: Team, about: Round, shown: Shown) -> str:
    """What is said about the team's step before a question; '' when there is nothing, or the question is about it.

    A step that was stopped or kept is told once: before the first question after that day. What the team said about
    its step is told when a maandbeeld has told it, so that nobody reads it before its lead.
    """
    if about.element == CHECK:
        return ""
    earlier = work.rounds.numbered(team.id, about.number - 1)
    since = earlier.opens_at.astimezone(deps.zone).date() if earlier else date.min
    decided_on = work.improvement_actions.decided_since(team.id, since)
    ended = [ENDED[each.state].replace("{step}", each.step.rstrip(".")) for each in decided_on]
    now = work.improvement_actions.open_of(team.id)
    if now is None:
        return " ".join(ended)
    told = agreed(now, deps.today(), team_label=team.team_label, zone=deps.zone)
    return " ".join(filter(None, (*ended, told, _said(work, now, shown))))


def told_checks(work: Work, action: ImprovementAction, *, until: datetime, shown: Shown) -> tuple[str, ...]:
    """What the team said about a step, each time it was asked, as far as maandbeelden up to then have told it."""
    told = ((check, one) for check, one in _released(work, action) if one.published_at <= until)
    return tuple(outcome(_checked(action, check, one, told=(), shown=shown)) for check, one in told)


def _said(work: Work, action: ImprovementAction, shown: Shown) -> str:
    newest = work.maandbeelden.latest(action.team_id)
    check, last = next(reversed(tuple(_released(work, action))), (None, None))
    if newest is None or check is None or last is None or last.published_at > newest.composed_at:
        return ""
    return outcome(_checked(action, check, last, told=(), shown=shown))


def agreed(action: ImprovementAction, today: date, *, team_label: str, zone: ZoneInfo) -> str:
    """One agreed step in sentences: what, whose turn, and when to look back or that it is time to."""
    owner = owner_name(Owner(action.owner), team_label=team_label)
    back = looking_back(action, today, told=day(action.look_back_on, zone=zone))
    return f"Afgesproken: {action.step.rstrip('.')}. Trekker: {owner}. {back}"


def looking_back(action: ImprovementAction, today: date, *, told: str) -> str:
    """When a team looks back at its step, a day told so; from that day on that it is time to."""
    return TIME_TO_LOOK_BACK if action.look_back_on <= today else LOOKING_BACK.replace("{day}", told)
