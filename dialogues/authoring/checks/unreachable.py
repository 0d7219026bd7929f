"""Every step that is written is met by somebody."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf, place_of
from dialogues.conversation.definition import Audience
from dialogues.errors import Mistake


def check_unreachable(shelf: Shelf) -> Iterator[Mistake]:
    """Steps that nobody can ever meet."""
    for file, definition in shelf.dialogues:
        met = {step for ways in shelf.ways(file) for step in ways.met}
        for step in definition.steps[Audience.PRACTICE]:
            if step.id not in met:
                remedy = "kijk naar de voorwaarden ervan, en of er een slot vóór staat"
                yield file.tree.mistake(place_of(file, step.id), f"niemand komt ooit bij '{step.id}'", remedy)
