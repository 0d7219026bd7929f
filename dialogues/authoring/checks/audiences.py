"""Both audiences are asked something: the same subject, each in its own words (DSS §7.3)."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.conversation.definition import Audience, Closing
from dialogues.errors import Mistake


def check_audiences(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues with nothing to ask one of the audiences."""
    for file, definition in shelf.dialogues:
        for audience in Audience:
            met = {step for ways in shelf.ways(file, audience) for step in ways.met}
            asked = [step for step in definition.steps[audience] if not isinstance(step, Closing)]
            if not any(step.id in met for step in asked):
                remedy = f"schrijf minstens één vraag zonder voorwaarde, of met 'audience:{audience}'"
                yield file.tree.mistake(("steps",), f"er is geen enkele vraag voor {audience}", remedy)
