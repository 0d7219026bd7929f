"""From a session to the screen a person sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogues.conversation.definition import (
    EXAMPLE,
    SHARED,
    Choice,
    Closing,
    Definition,
    MultiChoice,
    OpenText,
    Option,
    Phrase,
    Step,
    Storage,
)
from dialogues.conversation.flow import branch_of, may_share, position
from dialogues.conversation.inputs import BACK, DONE, MORE, NOT_SO, SKIP, STOP, Tap
from dialogues.conversation.screens import Button, Screen
from dialogues.conversation.session import Session
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.guard import may_be_waved_away

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
        return Screen(question=_stopped(definition, session), notice=notice)
    if isinstance(step, Closing):
        return Screen(question=_text(definition, session, step), notice=notice)
    here, total = position(definition, session)
    quote = _quote(session, step)
    return Screen(
        opening="" if session.path else session.opening,
        progress=fill(labels.progress, {"position": str(here), "total": str(total)}),
        quote=quote,
        quote_heading=labels.text_written if quote else "",
        question=_question(definition, session, step),
        below=_small_print(definition, session, step),
        buttons=(*_answers(definition, session, step), *_navigation(definition, session, step)),
        notice=notice,
        expects_text=isinstance(step, OpenText),
    )


def _text(definition: Definition, session: Session, step: Step) -> str:
    branch = branch_of(definition, session)
    fitting = [phrase for phrase in step.phrases if phrase.when.holds(branch=branch, facts=session.all_facts)]
    if isinstance(step, Closing):
        texts = (*_thought(step, session), *(phrase.text for phrase in fitting))
        return "\n\n".join(fill(text, session.words) for text in texts)
    in_turn = isinstance(step, OpenText) and step.rotates
    chosen: Phrase = fitting[(session.number - 1) % len(fitting)] if in_turn else fitting[0]
    return fill(chosen.text, session.words)


def _thought(step: Closing, session: Session) -> tuple[str, ...]:
    return (step.thoughts[(session.number - 1) % len(step.thoughts)],) if step.thoughts else ()


def _quote(session: Session, step: Step) -> str:
    """The writer's own words: to decide about them, or to write them anew."""
    text = session.text
    if text is None:
        return ""
    deciding = isinstance(step, Choice) and step.after_text
    return text.words if deciding or text.step == step.id else ""


def _question(definition: Definition, session: Session, step: Step) -> str:
    """The question; while the guard warns about a text, what it found takes its place."""
    if not (isinstance(step, Choice) and step.after_text and session.text and session.text.findings):
        return _text(definition, session, step)
    labels = definition.labels
    kinds = dict.fromkeys(each.kind for each in session.text.findings)
    found = ", ".join(
        f"{labels.findings[kind]} ({session.text.words[each.start : each.end]})"
        for kind in kinds
        for each in session.text.findings
        if each.kind is kind
    )
    waved_away = may_be_waved_away(kinds)
    return fill(labels.text_found if waved_away else labels.text_never, {"found": found})


def _stopped(definition: Definition, session: Session) -> str:
    """Who began anew to change an answer and stops before the first tap, keeps the earlier answer."""
    labels = definition.labels
    if definition.storage is not Storage.ENVELOPE:
        return labels.stopped_unkept
    return labels.stopped if session.answers else labels.stopped_empty


def _small_print(definition: Definition, session: Session, step: Step) -> str:
    labels = definition.labels
    if isinstance(step, MultiChoice):
        chosen = len(session.answers.get(step.id, ()))
        return fill(labels.still_to_choose, {"left": str(step.least - chosen)}) if 0 < chosen < step.least else ""
    if not isinstance(step, OpenText):
        return ""
    reminder = labels.reminder_long if step.long_reminder else labels.reminder_short
    if may_share(definition, session, step):
        return f"{reminder}\n\n{fill(labels.text_sharable, {'most': str(LONGEST_TEXT)})}"
    return f"{reminder}\n\n{what_becomes_of_a_text(definition)}"


def what_becomes_of_a_text(definition: Definition) -> str:
    """What somebody reads before typing: who will read it, and that nothing has to be typed."""
    labels = definition.labels
    if definition.storage is Storage.SIGNED:
        return labels.text_signed
    unkept = definition.storage is Storage.NOTHING and labels.onward
    return (labels.text_unkept if unkept else "") or labels.text_not_kept


def visible_options(session: Session, step: Choice | MultiChoice) -> tuple[tuple[int, Option], ...]:
    """The options on the screen now, each with its index in the definition."""
    return _visible(session, step, _fitting_options(session, step))


def _visible(
    session: Session, step: Choice | MultiChoice, fitting: tuple[tuple[int, Option], ...]
) -> tuple[tuple[int, Option], ...]:
    if isinstance(step, Choice) and step.after_text and not _is_sharable(session):
        return tuple((index, option) for index, option in fitting if option.value not in {SHARED, EXAMPLE})
    if isinstance(step, MultiChoice) and step.first_shown and not session.all_shown:
        chosen = session.answers.get(step.id, ())
        return tuple(
            (index, option)
            for place, (index, option) in enumerate(fitting)
            if place < step.first_shown or option.value in chosen
        )
    return fitting


def _is_sharable(session: Session) -> bool:
    return session.text is not None and not session.text.findings


def options_left(session: Session, step: MultiChoice) -> bool:
    """Whether "Meer" would show more options."""
    fitting = _fitting_options(session, step)
    return len(_visible(session, step, fitting)) < len(fitting)


def _fitting_options(session: Session, step: Choice | MultiChoice) -> tuple[tuple[int, Option], ...]:
    return tuple(
        (index, option)
        for index, option in enumerate(step.options)
        if option.when.holds(branch=None, facts=session.all_facts)
    )


def _answers(definition: Definition, session: Session, step: Step) -> list[Button]:
    if not isinstance(step, Choice | MultiChoice):
        return []
    labels = definition.labels
    chosen = session.answers.get(step.id, ())
    fitting = _fitting_options(session, step)
    visible = _visible(session, step, fitting)
    buttons = []
    for index, option in visible:
        mark = _mark(definition, step, chosen, option)
        buttons.append(Button(f"{mark}{fill(option.label, session.words)}", _tap(session, str(index))))
    if isinstance(step, Choice) and step.after_text and _may_wave_away(session):
        buttons.append(Button(labels.not_so, _tap(session, NOT_SO)))
    if isinstance(step, MultiChoice):
        if len(visible) < len(fitting):
            buttons.append(Button(labels.more, _tap(session, MORE)))
        if len(chosen) >= step.least:
            buttons.append(Button(labels.done, _tap(session, DONE)))
    return buttons


def _may_wave_away(session: Session) -> bool:
    findings = session.text.findings if session.text else ()
    return bool(findings) and may_be_waved_away(each.kind for each in findings)


def _mark(definition: Definition, step: Choice | MultiChoice, chosen: tuple[str, ...], option: Option) -> str:
    """What stands before a chosen option: a tick, or its place where the order counts."""
    if option.value not in chosen:
        return ""
    if isinstance(step, MultiChoice) and step.ordered:
        return f"{chosen.index(option.value) + 1} · "
    return definition.labels.chosen_mark


def _navigation(definition: Definition, session: Session, step: Step) -> list[Button]:
    labels = definition.labels
    buttons = []
    if isinstance(step, Choice) and step.after_text:
        return [
            Button(labels.adjust, _tap(session, BACK), navigates=True),
            Button(labels.erase, _tap(session, SKIP), navigates=True),
            Button(labels.stop, _tap(session, STOP), navigates=True),
        ]
    if session.path:
        buttons.append(Button(labels.back, _tap(session, BACK), navigates=True))
    if _may_skip(session, step):
        onward = isinstance(step, OpenText) and definition.storage is Storage.NOTHING
        label = (labels.onward if onward else "") or labels.skip
        buttons.append(Button(label, _tap(session, SKIP), navigates=True))
    buttons.append(Button(labels.stop, _tap(session, STOP), navigates=True))
    return buttons


def _tap(session: Session, choice: str) -> Tap:
    return Tap(session.visit, choice, session.switched.get(choice, 0))


def _may_skip(session: Session, step: Step) -> bool:
    if isinstance(step, MultiChoice):
        return not session.answers.get(step.id)
    return isinstance(step, OpenText) or (isinstance(step, Choice) and step.skippable)
