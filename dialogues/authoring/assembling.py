"""From a dialogue as written to its definition."""

from __future__ import annotations

from collections.abc import Mapping

from dialogues.authoring.element_steps import element_steps
from dialogues.authoring.shared_spec import LabelsSpec, PhrasesSpec
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.authoring.written_steps import written_steps
from dialogues.conversation.definition import (
    Audience,
    ConversationQuestions,
    Definition,
    ImprovementAction,
    Labels,
    Step,
    Storage,
    Theme,
)


def assemble(spec: ElementSpec | BlockSpec, shared: PhrasesSpec) -> Definition:
    """The definition of one dialogue, with the words all dialogues share."""
    if isinstance(spec, BlockSpec):
        return _definition(spec, shared, {audience: written_steps(spec) for audience in Audience})
    return _definition(
        spec,
        shared,
        {audience: element_steps(spec, shared, audience) for audience in Audience},
        actions=tuple(ImprovementAction(**action.model_dump(exclude={"about"})) for action in spec.actions),
        conversation=ConversationQuestions(**spec.conversation.model_dump()),
        reading_note=spec.reading_note or "",
    )


def assemble_labels(spec: LabelsSpec) -> Labels:
    """The words on buttons and around questions."""
    return Labels(**spec.model_dump())


def _definition(
    spec: ElementSpec | BlockSpec,
    shared: PhrasesSpec,
    steps: Mapping[Audience, tuple[Step, ...]],
    *,
    actions: tuple[ImprovementAction, ...] = (),
    conversation: ConversationQuestions | None = None,
    reading_note: str = "",
) -> Definition:
    return Definition(
        id=spec.id,
        number=spec.number,
        version=spec.version,
        title=spec.title,
        summary=spec.summary,
        is_element=isinstance(spec, ElementSpec),
        steps=steps,
        short=(spec.short or "") if isinstance(spec, ElementSpec) else "",
        themes=tuple(Theme(**theme.model_dump()) for theme in spec.themes),
        actions=actions,
        conversation=conversation,
        reading_note=reading_note,
        links=tuple(spec.links),
        sources=tuple(spec.sources),
        storage=spec.storage if isinstance(spec, BlockSpec) else Storage.ENVELOPE,
        labels=assemble_labels(shared.labels),
    )
