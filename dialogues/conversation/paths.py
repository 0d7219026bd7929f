"""A way through a dialogue as a short text, so that a dialogue of which nothing is kept can live on its own buttons.

Every mark is one tap. Whoever plays them anew, with the words and facts of the moment, stands where that person stood.
"""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Final

from dialogues.conversation.definition import (
    Audience,
    Choice,
    Closing,
    Definition,
    MultiChoice,
    Phrase,
    Step,
    Storage,
)
from dialogues.conversation.engine import Turn, resume
from dialogues.conversation.events import Ignored
from dialogues.conversation.inputs import BACK, DONE, MORE, SKIP, STOP, Tap
from dialogues.conversation.presenting import visible_options
from dialogues.conversation.session import Session
from dialogues.conversation.way import Way

_OPTIONS: Final = string.digits + string.ascii_letters
_MARKS: Final = {
    **{str(index): mark for index, mark in enumerate(_OPTIONS)},
    SKIP: "-",
    DONE: ",",
    MORE: "+",
    BACK: "<",
    STOP: "!",
}
_CHOICES: Final = {mark: choice for choice, mark in _MARKS.items()}
STOPPED: Final = _MARKS[STOP]
"""The whole path of somebody who stops at the first question."""


class NoSuchPath(Exception):
    """The dialogue cannot be walked this way (any more): its content changed, or the path is made up."""


def unkept(definition: Definition) -> Definition:
    """The same dialogue, played so that nothing of it is kept; its last words say that instead of what is counted."""
    if definition.storage is Storage.NOTHING:
        return definition
    said = (Phrase(definition.labels.nothing_kept),) if definition.labels.nothing_kept else ()
    steps = {audience: tuple(_unkept(step, said) for step in steps) for audience, steps in definition.steps.items()}
    return replace(definition, steps=steps, storage=Storage.NOTHING)


def _unkept(step: Step, said: tuple[Phrase, ...]) -> Step:
    if not isinstance(step, Closing):
        return step
    return replace(step, phrases=(*(phrase for phrase in step.phrases if not phrase.thanks), *said))


def mark_of(tap: Tap) -> str:
    """The mark of one tap; raises KeyError where a question has more options than there are marks."""
    return _MARKS[tap.choice]


def walk(definition: Definition, first: Turn, path: str) -> Turn:
    """Where this path leads from the first turn; raises NoSuchPath when a mark of it has no button there."""
    turn = first
    for mark in path:
        session = turn.session
        choice = _CHOICES.get(mark, "")
        turn = resume(definition, session, Tap(session.visit, choice, session.switched.get(choice, 0)))
        if any(isinstance(event, Ignored) for event in turn.events):
            raise NoSuchPath(definition.id)
    return turn


def path_of(definition: Definition, session: Session) -> str:
    """The shortest path to where a running session stands; what was taken back is not in it."""
    passed = (definition.step(session.audience, step) for step in session.path)
    here = definition.step(session.audience, session.step)
    return "".join(_passed(session, step) for step in passed) + _switched_on(session, here, shown=session.all_shown)


def _passed(session: Session, step: Step) -> str:
    given = session.answers.get(step.id, ())
    if isinstance(step, Choice) and given:
        return next(_OPTIONS[index] for index, option in enumerate(step.options) if option.value == given[0])
    if isinstance(step, MultiChoice) and given:
        return _switched_on(session, step, shown=_beyond_sight(session, step)) + _MARKS[DONE]
    return _MARKS[SKIP]


def _switched_on(session: Session, step: Step, *, shown: bool) -> str:
    if not isinstance(step, MultiChoice):
        return ""
    places = {option.value: index for index, option in enumerate(step.options)}
    chosen = "".join(_OPTIONS[places[value]] for value in session.answers.get(step.id, ()))
    return (_MARKS[MORE] if shown else "") + chosen


def _beyond_sight(session: Session, step: MultiChoice) -> bool:
    """Whether an answer was chosen that only "Meer" brings to the screen."""
    fresh = replace(session, answers={}, all_shown=False)
    visible = {option.value for _, option in visible_options(fresh, step)}
    return not set(session.answers.get(step.id, ())) <= visible


def marks_needed(definition: Definition, audience: Audience, way: Way) -> int | None:
    """The most marks a path through this dialogue can have, the tap of a button included; None: it has no paths.

    Answers that only some people are asked count too, so nobody's buttons are longer.
    """
    needed = 1
    for step in definition.steps[audience]:
        if isinstance(step, Closing) or not way.passes(step.way):
            continue
        if len(getattr(step, "options", ())) > len(_OPTIONS):
            return None
        needed += step.most + 2 if isinstance(step, MultiChoice) else 1
    return needed
