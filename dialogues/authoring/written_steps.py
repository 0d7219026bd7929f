"""The steps of a dialogue that writes them out itself, such as ``start``."""

from __future__ import annotations

from dialogues.authoring.parts import options, phrases, theme_options, when
from dialogues.authoring.spec import BlockSpec, ChoiceSpec, ClosingSpec, MultiSpec, OpenSpec, StepSpec
from dialogues.conversation.definition import Choice, Closing, MultiChoice, OpenText, Step


def written_steps(spec: BlockSpec) -> tuple[Step, ...]:
    """All steps in the order of the file; conditions tell them apart per audience."""
    return tuple(_step(step, spec) for step in spec.steps)


def _step(step: StepSpec, spec: BlockSpec) -> Step:
    match step:
        case ChoiceSpec():
            return Choice(
                id=step.id,
                phrases=phrases(step.variants, step.text),
                options=options(step.options),
                counted=step.counted,
                skippable=step.skippable == "yes",
                after_text=step.after_text == "yes",
                when=when(step),
                way=step.way,
            )
        case MultiSpec():
            return MultiChoice(
                id=step.id,
                phrases=phrases(step.variants, step.text),
                options=options(step.options) or theme_options(spec.themes),
                counted=step.counted,
                most=step.most,
                least=step.least,
                ordered=step.ordered == "yes",
                first_shown=step.first_shown,
                when=when(step),
                way=step.way,
            )
        case OpenSpec():
            return OpenText(
                id=step.id,
                phrases=phrases(step.variants, step.text),
                rotates=False,
                long_reminder=step.reminder == "long",
                when=when(step),
                way=step.way,
            )
        case ClosingSpec():
            return Closing(id=step.id, phrases=phrases(step.paragraphs), when=when(step))
