"""A dialogue stays short: no more taps than its limit (``limits.py``)."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.limits import limits_of
from dialogues.conversation.definition import Audience
from dialogues.errors import Mistake


def check_taps(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues whose longest way takes more taps than they may, the one that opens it included."""
    for file, definition in shelf.dialogues:
        most = limits_of(definition.id).taps
        for audience in Audience:
            taps = max(ways.most_taps for ways in shelf.ways(file, audience))
            if taps > most:
                remedy = f"haal een vraag weg of laat minder kiezen; hooguit {most} tikken"
                yield file.tree.mistake(("steps",), f"de langste weg voor {audience} is {taps} tikken", remedy)
