"""A theme's label fits on one line of a phone, in a maandbeeld too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import ThemeLabel
from dialogues.errors import Mistake

LONGEST_THEME_LABEL: Final = 28


def check_theme_labels(shelf: Shelf) -> Iterator[Mistake]:
    """Every theme label of more than 28 characters."""
    for file in shelf.files:
        for found in file.texts(ThemeLabel):
            if len(found.value) > LONGEST_THEME_LABEL:
                problem = f"'{found.value}' telt {len(found.value)} tekens"
                remedy = f"houd een thema op hooguit {LONGEST_THEME_LABEL} tekens"
                yield file.tree.mistake(found.path, problem, remedy)
