"""The steps every element has (content-brief §4; the side comes after the statement, see docs/decisions/0001)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from dialogues.authoring.parts import options, phrases, theme_options, when
from dialogues.authoring.shared_spec import PhrasesSpec
from dialogues.authoring.spec import Context, ElementSpec
from dialogues.conversation.definition import (
    Audience,
    Branch,
    Choice,
    Closing,
    Counted,
    MultiChoice,
    OpenText,
    Option,
    Phrase,
    Step,
    When,
)
from dialogues.conversation.way import Way

NOT_APPLICABLE: Final = "not_applicable"
OTHER_ACTION: Final = "other"
NO_ACTION: Final = "none"
_WITH_A_VIEW: Final = When(branches=frozenset({Branch.LOW, Branch.MID, Branch.HIGH}))
_ROOM_TO_GROW: Final = When(branches=frozenset({Branch.LOW, Branch.MID}))


def element_steps(spec: ElementSpec, shared: PhrasesSpec, audience: Audience) -> tuple[Step, ...]:
    """The steps of one element for one audience, in the order in which they are asked."""
    return (
        _statement(spec, shared, audience),
        *((_side(shared),) if spec.side == "yes" else ()),
        *((_basis(shared),) if spec.basis == "yes" else ()),
        _themes(spec, shared),
        _probe(spec, shared, audience),
        _share(shared),
        _action(spec, shared),
        _reflection(spec, shared, audience),
    )


def _statement(spec: ElementSpec, shared: PhrasesSpec, audience: Audience) -> Choice:
    written = getattr(spec.statement, audience)
    question = written.question or shared.scale.question

    def around(statement: str) -> str:
        explained = (each.text for each in shared.explained if re.search(rf"\b{each.word}", statement.lower()))
        return "\n\n".join(part for part in (written.before, f"“{statement}”", *explained, question) if part)

    variants = tuple(Phrase(around(variant.text), when(variant)) for variant in written.variants)
    extra = (Option(NOT_APPLICABLE, written.not_applicable, Branch.NOT_APPLICABLE),) if written.not_applicable else ()
    return Choice(
        id="statement",
        phrases=(*variants, Phrase(around(written.text))),
        options=(*options(shared.scale.options), *extra),
        counted=Counted.BANDS,
        skippable=False,
        way=Way.BRIEF,
    )


def _side(shared: PhrasesSpec) -> Choice:
    return Choice(
        id="side",
        phrases=(Phrase(shared.side.question),),
        options=options(shared.side.options),
        counted=Counted.SPLIT,
        when=_WITH_A_VIEW,
    )


def _basis(shared: PhrasesSpec) -> Choice:
    return Choice(
        id="basis",
        phrases=(Phrase(shared.basis.question),),
        options=options(shared.basis.options),
        counted=Counted.LISTING,
        skippable=False,
        when=_WITH_A_VIEW,
    )


def _themes(spec: ElementSpec, shared: PhrasesSpec) -> MultiChoice:
    return MultiChoice(
        id="themes",
        phrases=(Phrase(shared.themes_question),),
        options=theme_options(spec.themes),
        first_shown=spec.themes_first_shown,
        when=_WITH_A_VIEW,
        way=Way.SHORT,
    )


def _probe(spec: ElementSpec, shared: PhrasesSpec, audience: Audience) -> OpenText:
    """One open question a round: first that of the branch, in later rounds the others in turn."""
    written = getattr(spec.probes, audience)
    note = f"\n\n{spec.open.note}" if spec.open.note else ""
    by_branch = {
        Branch.LOW: written.low,
        Branch.MID: written.mid,
        Branch.HIGH: written.high,
        Branch.UNKNOWN: getattr(shared.no_view, audience),
    }
    asked = (
        *(Phrase(text, When(branches=frozenset({branch}))) for branch, text in by_branch.items()),
        *_with_a_view(phrases(_meant_for(spec.context, audience))),
        *(Phrase(text, _WITH_A_VIEW) for text in (*spec.more_probes, spec.open.question)),
        *_with_a_view(phrases(shared.reserves)),
    )
    return OpenText(
        id="probe",
        phrases=tuple(_noted(phrase, note) for phrase in asked),
        long_reminder=spec.open.reminder == "long",
        when=When(branches=frozenset(by_branch)),
    )


def _noted(phrase: Phrase, note: str) -> Phrase:
    """The phrase with the remark under it; who has no view has nothing to be careful about yet."""
    return phrase if phrase.when.branches == {Branch.UNKNOWN} else Phrase(phrase.text + note, phrase.when)


def _with_a_view(written: Iterable[Phrase]) -> tuple[Phrase, ...]:
    """The same phrases; those without a branch of their own are not for who has no view."""
    branches = _WITH_A_VIEW.branches
    return tuple(
        Phrase(phrase.text, When(branches=phrase.when.branches or branches, facts=phrase.when.facts))
        for phrase in written
    )


def _meant_for(written: Iterable[Context], audience: Audience) -> tuple[Context, ...]:
    return tuple(context for context in written if context.audience in {None, audience})


def _share(shared: PhrasesSpec) -> Choice:
    return Choice(
        id="share",
        phrases=(Phrase(shared.share.question),),
        options=options(shared.share.options),
        skippable=False,
        after_text=True,
    )


def _action(spec: ElementSpec, shared: PhrasesSpec) -> Choice:
    steps = "\n".join(f"• {action.label}: {action.text}" for action in spec.actions)
    return Choice(
        id="action",
        phrases=(Phrase(f"{shared.action.question}\n\n{steps}"),),
        options=(
            *(Option(action.id, action.label) for action in spec.actions),
            Option(OTHER_ACTION, shared.action.other),
            Option(NO_ACTION, shared.action.none),
        ),
        counted=Counted.LISTING,
        when=_ROOM_TO_GROW,
    )


def _reflection(spec: ElementSpec, shared: PhrasesSpec, audience: Audience) -> Closing:
    """A thought of our own first, in later rounds by turns with what was seen elsewhere."""
    examples = (example for example in spec.examples if example.audience in {None, audience})
    notes = phrases(_meant_for(spec.reflection_notes, audience))
    thanks = (replace(phrase, thanks=True) for phrase in phrases(shared.thanks))
    return Closing(
        id="reflection",
        phrases=(*notes, *thanks),
        thoughts=(spec.reflection, *(example.text for example in examples)),
    )
