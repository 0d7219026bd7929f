"""The dialogue engine: begin() and resume() turn a definition, a session and an input into the next turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogues.conversation.definition import (
    EXAMPLE,
    SHARED,
    Audience,
    Choice,
    Definition,
    MultiChoice,
    OpenText,
    Step,
)
from dialogues.conversation.events import Answered, Ended, Event, Ignored, Reason, Refused, TextTyped, WentBack
from dialogues.conversation.flow import first_step, may_share, moved, next_step
from dialogues.conversation.inputs import BACK, DONE, MORE, NOT_SO, SKIP, STOP, Input, Tap, TypedText
from dialogues.conversation.presenting import fill, options_left, screen, visible_options
from dialogues.conversation.screens import Screen
from dialogues.conversation.session import Session, Written
from dialogues.conversation.way import Way
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.guard import may_be_waved_away


@dataclass(frozen=True, slots=True)
class Turn:
    """What one input led to: the new session, what happened, and what to show now."""

    session: Session
    events: tuple[Event, ...]
    screen: Screen


def begin(
    definition: Definition,
    *,
    audience: Audience,
    number: int = 1,
    facts: frozenset[str] = frozenset(),
    words: Mapping[str, str] | None = None,
    opening: str = "",
    sharing: bool = False,
    way: Way = Way.FULL,
) -> Turn:
    """Start a dialogue at its first question.

    ``number`` is the number of the team's round and rotates the open question; ``facts`` choose variants; ``words``
    fill the placeholders. A dialogue that has nothing to ask on a shorter ``way`` is played in full. Raises KeyError
    when the definition has no steps for ``audience``.
    """
    session = Session(
        dialogue=definition.id,
        version=definition.version,
        audience=audience,
        number=max(number, 1),
        facts=facts | {f"audience:{audience}"},
        words=dict(words or {}),
        opening=opening,
        sharing=sharing,
        way=way if definition.has_way(audience, way) else Way.FULL,
        step="",
    )
    session = replace(session, step=first_step(definition, session).id)
    return Turn(session, (), screen(definition, session))


def resume(definition: Definition, session: Session, given: Input) -> Turn:
    """Take one input. Never raises for an input: what does not fit is Ignored and changes nothing."""
    if session.ended:
        return _ignored(definition, session, Reason.ENDED)
    step = definition.step(session.audience, session.step)
    if isinstance(given, TypedText):
        return _typed(definition, session, step, given)
    if given.visit != session.visit:
        return _ignored(definition, session, Reason.OLD_SCREEN)
    if given.choice == STOP:
        ended = replace(session, ended=True, stopped=True, visit=session.visit + 1)
        return Turn(ended, (Ended(stopped=True),), screen(definition, ended))
    if given.choice == BACK and session.path:
        return _back(definition, session)
    if isinstance(step, Choice) and step.after_text:
        return _decided(definition, session, step, given)
    if isinstance(step, Choice):
        return _chosen(definition, session, step, given)
    if isinstance(step, MultiChoice):
        return _switched(definition, session, step, given)
    if isinstance(step, OpenText) and given.choice == SKIP:
        return _advance(definition, session, step, ())
    return _ignored(definition, session, Reason.UNKNOWN_BUTTON)


def _chosen(definition: Definition, session: Session, step: Choice, tap: Tap) -> Turn:
    if tap.choice == SKIP and step.skippable:
        return _advance(definition, session, step, ())
    option = dict(_by_button(session, step)).get(tap.choice)
    if option is None:
        return _ignored(definition, session, Reason.UNKNOWN_BUTTON)
    return _advance(definition, session, step, (option,))


def _decided(definition: Definition, session: Session, step: Choice, tap: Tap) -> Turn:
    """What the writer decides about the text just typed; only "shared" and "example" keep a word of it."""
    text = session.text
    labels = definition.labels
    if tap.choice == SKIP:
        return _advance(definition, replace(session, text=None), step, (), notice=labels.text_gone)
    if tap.choice == NOT_SO and text and text.findings and may_be_waved_away(each.kind for each in text.findings):
        sure = replace(session, text=replace(text, findings=()), visit=session.visit + 1)
        return Turn(sure, (), screen(definition, sure))
    value = dict(_by_button(session, step)).get(tap.choice)
    if value is None:
        return _ignored(definition, session, Reason.UNKNOWN_BUTTON)
    if text is None or value not in {SHARED, EXAMPLE}:
        return _advance(definition, replace(session, text=None), step, (), notice=labels.text_gone)
    shared = replace(text, shared=True, example=value == EXAMPLE)
    return _advance(definition, replace(session, text=shared), step, (value,), notice=labels.text_kept)


def _switched(definition: Definition, session: Session, step: MultiChoice, tap: Tap) -> Turn:
    if tap.times != session.switched.get(tap.choice, 0):
        return _ignored(definition, session, Reason.OLD_SCREEN)
    chosen = session.answers.get(step.id, ())
    if tap.choice == MORE and options_left(session, step):
        shown = replace(session, all_shown=True)
        return Turn(shown, (), screen(definition, shown))
    if tap.choice in {DONE, SKIP}:
        fits = len(chosen) >= step.least if tap.choice == DONE else not chosen
        return _advance(definition, session, step, chosen) if fits else _refused(definition, session, step, tap)
    value = dict(_by_button(session, step)).get(tap.choice)
    if value is None:
        return _ignored(definition, session, Reason.UNKNOWN_BUTTON)
    if value not in chosen and len(chosen) >= step.most:
        notice = fill(definition.labels.at_most, {"most": str(step.most)})
        return _refused(definition, session, step, tap, notice=notice)
    values = _after_switching(step, chosen, value)
    after = _used(_with_answer(session, step, values), tap)
    return Turn(after, (Answered(step.id, values),), screen(definition, after))


def _after_switching(step: MultiChoice, chosen: tuple[str, ...], value: str) -> tuple[str, ...]:
    wanted = tuple(other for other in chosen if other != value) if value in chosen else (*chosen, value)
    if step.ordered:
        return wanted
    return tuple(option.value for option in step.options if option.value in wanted)


def _refused(definition: Definition, session: Session, step: MultiChoice, tap: Tap, *, notice: str = "") -> Turn:
    after = _used(session, tap)
    return Turn(after, (Refused(step.id),), screen(definition, after, notice=notice))


def _used(session: Session, tap: Tap) -> Session:
    return replace(session, switched={**session.switched, tap.choice: tap.times + 1})


def _typed(definition: Definition, session: Session, step: Step, text: TypedText) -> Turn:
    if text.message <= session.last_text:
        return _ignored(definition, session, Reason.OLD_SCREEN)
    if not isinstance(step, OpenText):
        return _ignored(definition, session, Reason.NO_TEXT_EXPECTED)
    sharable = may_share(definition, session, step)
    if sharable and len(text.words) > LONGEST_TEXT:
        return _ignored(definition, session, Reason.TEXT_TOO_LONG)
    anew = _without_later(session)
    written = Written(step.id, text.words, text.findings) if sharable and text.words else anew.text
    noted = replace(anew, last_text=text.message, typed=(*anew.typed, step.id), text=written)
    return _onward(definition, noted, TextTyped(step.id), Answered(step.id, ()))


def _back(definition: Definition, session: Session) -> Turn:
    before = replace(
        session,
        step=session.path[-1],
        path=session.path[:-1],
        visit=session.visit + 1,
        switched={},
        all_shown=False,
    )
    return Turn(before, (WentBack(before.step),), screen(definition, before))


def _advance(
    definition: Definition, session: Session, step: Step, values: tuple[str, ...], *, notice: str = ""
) -> Turn:
    return _onward(definition, _with_answer(session, step, values), Answered(step.id, values), notice=notice)


def _onward(definition: Definition, answered: Session, *events: Event, notice: str = "") -> Turn:
    after = moved(answered, next_step(definition, answered))
    ended = (Ended(stopped=False),) if after.ended else ()
    return Turn(after, (*events, *ended), screen(definition, after, notice=notice))


def _with_answer(session: Session, step: Step, values: tuple[str, ...]) -> Session:
    """The session with this answer. Answers to steps after it go, unless the answer is the same as before."""
    if session.answers.get(step.id, ()) == values and step.id not in session.typed:
        return session
    return _without_later(session, {step.id: values} if values else {})


def _without_later(session: Session, instead: Mapping[str, tuple[str, ...]] | None = None) -> Session:
    """The session as if the waiting step was never answered, nor any step after it, or was answered like this."""
    earlier = {step: values for step, values in session.answers.items() if step in session.path}
    return replace(
        session,
        answers={**earlier, **(instead or {})},
        typed=tuple(step for step in session.typed if step in session.path),
        text=session.text if session.text and session.text.step in session.path else None,
    )


def _by_button(session: Session, step: Choice | MultiChoice) -> list[tuple[str, str]]:
    return [(str(index), option.value) for index, option in visible_options(session, step)]


def _ignored(definition: Definition, session: Session, reason: Reason) -> Turn:
    return Turn(session, (Ignored(reason),), screen(definition, session))
