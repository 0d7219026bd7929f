"""What the team agreed on: the lead writes one step down, with a role and a day; and later how it goes on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.usecases.access import person_of
from bot.usecases.deps import Deps
from bot.usecases.errors import AlreadyEnded, NotAllowed, OtherStep, TextTooLong
from bot.usecases.guarding import Judged, judged
from bot.usecases.reactions import reader_as_lead
from bot.usecases.step_stories import what_was_said
from dialogues.insight.agreeing import Candidate, Owner, candidates
from dialogues.insight.maandbeeld import Maandbeeld
from storage.forms import Form
from storage.improvement_actions import ActionState, ImprovementAction
from storage.maandbeelden import MaandbeeldRecord
from storage.people import Person
from storage.work import Work

FORM: Final = "own_step"
"""Kind of the form in which a lead types a step in own words."""
OWN: Final = "own"
"""Instead of the place of a candidate: the words in the form."""
LONGEST_STEP: Final = 120
"""Characters of a step in own words."""
LOOK_BACK_WEEKS: Final = (4, 8, 12)
"""After how many weeks a team can look back. [keuze]"""


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What a team can agree on, and what it is working on."""

    maandbeeld_id: str
    candidates: tuple[Candidate, ...]
    open: ImprovementAction | None
    team_label: str
    today: date
    read_on: date | None
    """The day of the next question, at which the team reads it; None when none is planned."""
    said: tuple[str, ...] = ()
    """What the team said about the open step, as far as it was published; or why there is nothing yet."""


@dataclass(frozen=True, slots=True)
class TypedStep:
    """What became of a typed step: usable, or waiting for its writer."""

    maandbeeld_id: str
    judged: Judged


def see_steps(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> Agreeing:
    """What can be agreed on. Raises NotAllowed or NewerMaandbeeld."""
    with deps.storage.begin() as work:
        _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        return agreeing_at(work, deps, record)


def ask_step(deps: Deps, *, chat_id: int, maandbeeld_id: str) -> None:
    """The next typed text is a step in own words; survives a restart. Raises NotAllowed or NewerMaandbeeld."""
    with deps.storage.begin() as work:
        person, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        _remember(work, deps, person, record, text="")
        work.commit()


def take_step(deps: Deps, *, chat_id: int, text: str) -> TypedStep:
    """A typed step, kept in the form until it is agreed; one with something that may never be shared is not kept.

    Raises AlreadyEnded when none was asked, TextTooLong, NotAllowed or NewerMaandbeeld.
    """
    with deps.storage.begin() as work:
        person = person_of(work, chat_id)
        form = _form(work, person)
        _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=str(form.data["maandbeeld"]))
        found = judged(work, deps, text, team_id=record.team_id, person=person)
        if not found.words:
            raise AlreadyEnded
        if len(found.words) > LONGEST_STEP:
            raise TextTooLong
        _remember(work, deps, person, record, text="" if found.never else found.words)
        work.commit()
        return TypedStep(record.id, found)


def agree_action(
    deps: Deps, *, chat_id: int, maandbeeld_id: str, place: str, owner: str, weeks: int
) -> ImprovementAction:
    """Write the step down; it takes the place of one that is open. Doing it twice is doing it once.

    ``place`` is that of a candidate, or ``own`` for the words that were typed; ``weeks`` until the team looks back. The
    step that is open, with another role or day, stays the same step, and the team is asked after it when it would be.
    Raises NotAllowed, NewerMaandbeeld, or AlreadyEnded when no typed words wait.
    """
    with deps.storage.begin() as work:
        person, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        if owner not in set(Owner) or weeks not in LOOK_BACK_WEEKS:
            raise NotAllowed
        before = work.improvement_actions.open_of(record.team_id)
        if place == OWN and before is not None and not _typed(work, person, record):
            return _as_agreed(before, owner, weeks, today=deps.today())
        step, step_id = _step(work, person, record, place)
        agreed = ImprovementAction(
            id=deps.ids.new(),
            maandbeeld_id=record.id,
            team_id=record.team_id,
            step=step,
            step_id=step_id,
            owner=owner,
            agreed_on=deps.today(),
            look_back_on=deps.today() + timedelta(weeks=weeks),
        )
        if before is not None and (before.step, before.step_id) == (step, step_id):
            agreed = _adjusted(work, deps, before, owner=owner, look_back_on=agreed.look_back_on)
        else:
            if before is not None:
                work.improvement_actions.decide(before.id, state="changed", on=deps.today())
            work.improvement_actions.add(agreed)
        if place == OWN:
            work.forms.drop(person.id)
        work.commit()
        return agreed


def decide_action(deps: Deps, *, chat_id: int, maandbeeld_id: str, action_id: str, decision: str) -> ImprovementAction:
    """Go on with this step for four weeks, stop, or keep it. Doing it twice is doing it once.

    Raises NotAllowed, NewerMaandbeeld, or OtherStep when it is not the open one: the button may be an old one, and
    another lead may have decided since.
    """
    states: dict[str, ActionState] = {"stop": "stopped", "keep": "kept"}
    with deps.storage.begin() as work:
        _, record = reader_as_lead(work, deps, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
        if decision not in {"go_on", *states}:
            raise NotAllowed
        action = work.improvement_actions.get(action_id)
        if action is None or action.team_id != record.team_id:
            raise OtherStep
        if action.state == states.get(decision):
            return action
        if action.state != "open":
            raise OtherStep
        if decision == "go_on":
            later = deps.today() + timedelta(weeks=LOOK_BACK_WEEKS[0])
            work.improvement_actions.look_back_later(action.id, on=later, today=deps.today())
        else:
            work.improvement_actions.decide(action.id, state=states[decision], on=deps.today())
        decided = work.improvement_actions.get(action.id)
        work.commit()
        return decided or action


def _as_agreed(standing: ImprovementAction, owner: str, weeks: int, *, today: date) -> ImprovementAction:
    """The open step of a second tap on own words, which are gone since the first. Raises AlreadyEnded for another."""
    written = (standing.look_back_on - timedelta(weeks=weeks)) in {standing.agreed_on, standing.went_on_on, today}
    if standing.step_id or standing.owner != owner or not written:
        raise AlreadyEnded
    return standing


def _adjusted(
    work: Work, deps: Deps, standing: ImprovementAction, *, owner: str, look_back_on: date
) -> ImprovementAction:
    """The same step with another role or day. Once the team or its lead was asked about it, that is going on with it.

    Before that it is a correction: nobody has to read of it apart.
    """
    if (standing.owner, standing.look_back_on) == (owner, look_back_on):
        return standing
    was_asked = standing.lead_asked_on is not None or work.improvement_actions.checks_of(standing.id)
    went_on = deps.today() if was_asked else standing.went_on_on
    work.improvement_actions.adjust(standing.id, owner=owner, look_back_on=look_back_on, went_on_on=went_on)
    return replace(standing, owner=owner, look_back_on=look_back_on, went_on_on=went_on)


def _remember(work: Work, deps: Deps, person: Person, record: MaandbeeldRecord, *, text: str) -> None:
    data = {"maandbeeld": record.id, "text": text}
    work.forms.put(Form(person_id=person.id, kind=FORM, updated_on=deps.today(), data=data))


def _form(work: Work, person: Person) -> Form:
    form = work.forms.get(person.id)
    if form is None or form.kind != FORM:
        raise AlreadyEnded
    return form


def _typed(work: Work, person: Person, record: MaandbeeldRecord) -> str:
    """The words that wait to be agreed on at this maandbeeld; '' when there are none."""
    form = work.forms.get(person.id)
    if form is None or form.kind != FORM or form.data["maandbeeld"] != record.id:
        return ""
    return str(form.data["text"])


def _step(work: Work, person: Person, record: MaandbeeldRecord, place: str) -> tuple[str, str]:
    """The words of the step, and its id; '' for own words."""
    if place == OWN:
        typed = _typed(work, person, record)
        if not typed:
            raise AlreadyEnded
        return typed, ""
    offered = {str(each.place): (each.label, each.step_id) for each in candidates(Maandbeeld.from_json(record.body))}
    if place not in offered:
        raise NotAllowed
    return offered[place]


def agreeing_at(work: Work, deps: Deps, record: MaandbeeldRecord) -> Agreeing:
    """What can be agreed on at a maandbeeld, and how the step that is open stands. Raises NotAllowed without a team."""
    team = work.teams.get(record.team_id)
    if team is None:
        raise NotAllowed
    schedule = work.schedules.get(record.team_id)
    due = schedule.next_due_at if schedule and not schedule.sleeps else None
    now = work.improvement_actions.open_of(record.team_id)
    return Agreeing(
        maandbeeld_id=record.id,
        candidates=candidates(Maandbeeld.from_json(record.body)),
        open=now,
        said=what_was_said(work, deps, now) if now else (),
        team_label=team.team_label,
        today=deps.today(),
        read_on=due.astimezone(deps.zone).date() if due else None,
    )
