"""No question asks after a person: what is said about somebody does not belong here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Sentence
from dialogues.errors import Mistake

AFTER_A_PERSON: Final = (
    "wie was het",
    "wie was dat",
    "wie deed het",
    "wie deed dat",
    "wie deed dit",
    "wie bedoel je",
    "wiens schuld",
    "aan wie lag",
    "aan wie ligt",
    "door wie kwam",
    "welke collega",
    "welke leidinggevende",
    "welke persoon",
    "welke ouder",
    "welke leerkracht",
    "welk kind",
    "welk gezin",
    "hoe heet",
    "wat is de naam",
    "noem de naam",
    "noem een naam",
)
"""How a question after a person begins; a list that grows, not a promise that it is complete."""

_AFTER: Final = re.compile(rf"\b(?:{'|'.join(AFTER_A_PERSON)})", re.IGNORECASE)


def check_persons(shelf: Shelf) -> Iterator[Mistake]:
    """Every text that asks who it was, or for a name."""
    for file in shelf.files:
        for found in file.texts(Sentence):
            match = _AFTER.search(found.value)
            if match and found.path[0] != "words":
                remedy = "vraag naar een rol, een moment of een situatie"
                yield file.tree.mistake(found.path, f"'{match[0].lower()}' vraagt naar een persoon", remedy)
