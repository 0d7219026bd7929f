"""From a session to the screen a person sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogues.conversation.definition import Choice, Closing, Definition, MultiChoice, OpenText, Option, Phrase, Step
from dialogues.conversation.flow import branch_of, position
from dialogues.conversation.inputs import BACK, DONE, MORE, SKIP, STOP, Tap
from dialogues.conversation.screens import Button, Screen
from dialogues.conversation.session import Session

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(text: str, words: Mapping[str, str]) -> str:
    """Put the words in place of ``{placeholders}``; raises KeyError when a word is missing.

    Words are data: a brace inside one is never read as a placeholder.
    """
    return _PLACEHOLDER.sub(lambda match: words[match[1]], text)


def screen(definition: Definition, session: Session, *, notice: str = "") -> Screen:
    """The screen of the waiting step, or the last words when the dialogue has ended."""
    labels = definition.labels
    step = definition.step(session.audience, session.step)
    if session.stopped:
        return Screen(question=labels.stopped if session.answers else labels.stopped_empty, notice=notice)
    if isinstance(step, Closing):
        return Screen(question=_text(definition, session, step), notice=notice)
    here, total = position(definition, session)
    return Screen(
        opening="" if session.path else session.opening,
        progress=fill(labels.progress, {"position": str(here), "total": str(total)}),
        question=_text(definition, session, step),
        below=_reminder(definition, step),
        buttons=(*_answers(definition, session, step), *_navigation(definition, session, step)),
        notice=notice,
        expects_text=isinstance(step, OpenText),
    )


def _text(definition: Definition, session: Session, step: Step) -> str:
    branch = branch_of(definition, session)
    fitting = [phrase for phrase in step.phrases if phrase.when.holds(branch=branch, facts=session.facts)]
    if isinstance(step, Closing):
        return "\n\n".join(fill(phrase.text, session.words) for phrase in fitting)
    chosen: Phrase = fitting[(session.number - 1) % len(fitting)] if isinstance(step, OpenText) else fitting[0]
    return fill(chosen.text, session.words)


def _reminder(definition: Definition, step: Step) -> str:
    if not isinstance(step, OpenText):
        return ""
    reminder = definition.labels.reminder_long if step.long_reminder else definition.labels.reminder_short
    return f"{reminder}\n\n{definition.labels.text_not_kept}"


def visible_options(session: Session, step: Choice | MultiChoice) -> tuple[tuple[int, Option], ...]:
    """The options on the screen now, each with its index in the definition."""
    fitting = _fitting_options(session, step)
    if isinstance(step, MultiChoice) and step.first_shown and not session.all_shown:
        chosen = session.answers.get(step.id, ())
        return tuple(
            (index, option)
            for place, (index, option) in enumerate(fitting)
            if place < step.first_shown or option.value in chosen
        )
    return fitting


def options_left(session: Session, step: MultiChoice) -> bool:
    """Whether "Meer" would show more options."""
    return len(visible_options(session, step)) < len(_fitting_options(session, step))


def _fitting_options(session: Session, step: Choice | MultiChoice) -> tuple[tuple[int, Option], ...]:
    return tuple(
        (index, option)
        for index, option in enumerate(step.options)
        if option.when.holds(branch=None, facts=session.facts)
    )


def _answers(definition: Definition, session: Session, step: Step) -> list[Button]:
    if not isinstance(step, Choice | MultiChoice):
        return []
    labels = definition.labels
    chosen = session.answers.get(step.id, ())
    buttons = []
    for index, option in visible_options(session, step):
        label = fill(option.label, session.words)
        mark = labels.chosen_mark if option.value in chosen else ""
        buttons.append(Button(f"{mark}{label}", _tap(session, str(index))))
    if isinstance(step, MultiChoice):
        if options_left(session, step):
            buttons.append(Button(labels.more, _tap(session, MORE)))
        if chosen:
            buttons.append(Button(labels.done, _tap(session, DONE)))
    return buttons


def _navigation(definition: Definition, session: Session, step: Step) -> list[Button]:
    labels = definition.labels
    buttons = []
    if session.path:
        buttons.append(Button(labels.back, _tap(session, BACK), navigates=True))
    if _may_skip(session, step):
        buttons.append(Button(labels.skip, _tap(session, SKIP), navigates=True))
    buttons.append(Button(labels.stop, _tap(session, STOP), navigates=True))
    return buttons


def _tap(session: Session, choice: str) -> Tap:
    return Tap(session.visit, choice, session.switched.get(choice, 0))


def _may_skip(session: Session, step: Step) -> bool:
    if isinstance(step, MultiChoice):
        return not session.answers.get(step.id)
    return isinstance(step, OpenText) or (isinstance(step, Choice) and step.skippable)
