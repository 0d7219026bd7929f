"""Every fact in a condition exists, so that no text waits for something that never holds."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.explaining import meant
from dialogues.authoring.facts import FACTS
from dialogues.authoring.markers import FactName
from dialogues.authoring.placeholders import KNOWN
from dialogues.errors import Mistake


def check_fact_names(shelf: Shelf) -> Iterator[Mistake]:
    """Every fact that is not in the list."""
    known = {*FACTS, *KNOWN}
    for file in shelf.files:
        for found in file.texts(FactName):
            if found.value not in known:
                yield file.tree.mistake(found.path, f"'{found.value}' is geen bekend feit", meant(found.value, known))
