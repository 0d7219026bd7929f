"""A busy day asks no more than opening an element and one score (content-brief §2)."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.limits import FEWEST_TAPS
from dialogues.authoring.ways import explore, people
from dialogues.conversation.definition import Audience
from dialogues.conversation.way import Way
from dialogues.errors import Mistake


def check_fewest_taps(shelf: Shelf) -> Iterator[Mistake]:
    """Elements whose shortest way takes more than two taps, whatever is answered."""
    for file, definition in shelf.dialogues:
        if not definition.is_element:
            continue
        for audience in Audience:
            taps = max(explore(definition, person, way=Way.BRIEF).most_taps for person in people(audience))
            if taps > FEWEST_TAPS:
                remedy = f"stel op de kortste weg één vraag; hooguit {FEWEST_TAPS} tikken"
                yield file.tree.mistake((), f"de kortste weg voor {audience} is {taps} tikken", remedy)
