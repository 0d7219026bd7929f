"""Every dialogue has last words, so that nobody is left wondering whether it is over."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf, has_closing
from dialogues.errors import Mistake


def check_closings(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues whose last step is not of kind closing."""
    for file, definition in shelf.dialogues:
        if not has_closing(definition):
            remedy = "zet als laatste stap een 'kind: closing' zonder voorwaarde"
            yield file.tree.mistake(("steps",), "deze dialoog heeft geen slot", remedy)
