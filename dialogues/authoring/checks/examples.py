"""An example is from somewhere, and ends by asking what it would mean here: what works there need not work here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.spec import ElementSpec
from dialogues.errors import Mistake

TRANSLATING: Final = "Wat zou dit bij jullie betekenen?"
"""How every example ends (DSS §5.2)."""


def check_examples(shelf: Shelf) -> Iterator[Mistake]:
    """Examples that end otherwise, or whose source the file does not have."""
    for file in shelf.files:
        if not isinstance(file.spec, ElementSpec):
            continue
        for place, example in enumerate(file.spec.examples):
            if not example.text.rstrip().endswith(TRANSLATING):
                remedy = f"sluit af met: {TRANSLATING}"
                yield file.tree.mistake(
                    ("examples", place, "text"), "dit voorbeeld vertaalt niemand naar de eigen plek", remedy
                )
            if example.source not in file.spec.sources:
                problem = f"'{example.source}' staat niet bij de bronnen"
                yield file.tree.mistake(("examples", place, "source"), problem, "zet de bron ook bij 'sources'")
