"""A round that asks a whole team after its step: which step, in which words, and whether it still asks."""

from __future__ import annotations

from typing import Final

from bot.usecases.deps import Deps
from dialogues.guarding.cleaning import inert
from dialogues.rhythm.checking import CHECK, weeks_since
from storage.improvement_actions import ImprovementAction, StepCheck
from storage.rounds import Round
from storage.work import Work

_NUMBERS: Final = (
    "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip


def note_check(work: Work, deps: Deps, about: Round) -> None:
    """Note which step a round asks after, in the transaction that opens it; nothing for every other round."""
    action = work.improvement_actions.open_of(about.team_id) if about.element == CHECK else None
    if action is not None:
        work.improvement_actions.add_check(StepCheck(about.id, action.id, deps.today()))


def asks_no_more(work: Work, about: Round) -> bool:
    """Whether a round asks after a step that was stopped, kept or replaced meanwhile: then nobody is asked any more.

    What was given is opened at the close as announced. Depends on what the lead wrote down, never on an answer.
    """
    action = work.improvement_actions.checked_in(about.id) if about.element == CHECK else None
    return action is not None and action.state != "open"


def step_words(work: Work, deps: Deps, about: Round) -> dict[str, str]:
    """What the placeholders about a step stand for in this round; none in a round about something else.

    The words of a lead are text: nothing in them becomes a link or markup. A step in own words has no question of its
    own, and a dialogue leaves that out.
    """
    action = work.improvement_actions.checked_in(about.id) if about.element == CHECK else None
    if action is None:
        return {}
    words = {"actie": inert(action.step.rstrip(".")), "tijd_geleden": _ago(deps, action, about)}
    asked = check_question(deps, action)
    return words | ({"controlevraag": asked} if asked else {})


def check_question(deps: Deps, action: ImprovementAction) -> str:
    """The question that an author wrote for a step; '' for own words, or when the step is in no dialogue any more."""
    every = (each for definition in deps.library.definitions.values() for each in definition.actions)
    return next((each.check_question for each in every if action.step_id and each.id == action.step_id), "")


def weeks_in_words(weeks: int) -> str:
    """``vier weken``."""
    number = _NUMBERS[weeks - 1] if weeks <= len(_NUMBERS) else str(weeks)
    return f"{number} {'week' if weeks == 1 else 'weken'}"


def _ago(deps: Deps, action: ImprovementAction, about: Round) -> str:
    weeks = weeks_in_words(weeks_since(action.agreed_on, about.opens_at.astimezone(deps.zone).date()))
    return f"{weeks[:1].upper()}{weeks[1:]} geleden"
