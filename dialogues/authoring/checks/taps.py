"""A dialogue stays short: three minutes at most, ten taps at most (content-brief §2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.conversation.definition import Audience
from dialogues.errors import Mistake

MOST_TAPS: Final = 10


def check_taps(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues whose longest way takes more than ten taps, the one that opens it included."""
    for file, _ in shelf.dialogues:
        for audience in Audience:
            taps = max(ways.most_taps for ways in shelf.ways(file, audience))
            if taps > MOST_TAPS:
                remedy = f"haal een vraag weg of laat minder kiezen; hooguit {MOST_TAPS} tikken"
                yield file.tree.mistake(("steps",), f"de langste weg voor {audience} is {taps} tikken", remedy)
