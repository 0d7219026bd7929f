"""A button's text fits on a phone, also with the local names filled in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import ButtonText, ThemeLabel
from dialogues.authoring.placeholders import with_samples
from dialogues.errors import Mistake

LONGEST_BUTTON: Final = 40
"""What a phone of 390 px shows on one button before it cuts the text off."""


def check_button_texts(shelf: Shelf) -> Iterator[Mistake]:
    """Every button text of more than 40 characters; themes have a check of their own."""
    for file in shelf.files:
        for found in file.texts(ButtonText):
            length = len(with_samples(found.value))
            if length > LONGEST_BUTTON and not issubclass(found.kind, ThemeLabel):
                remedy = f"houd een knop op hooguit {LONGEST_BUTTON} tekens"
                yield file.tree.mistake(found.path, f"'{found.value}' wordt een knop van {length} tekens", remedy)
