"""A dialogue stays short: no more time than its limit (``limits.py``), by the pace of ``pace.py``."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.limits import limits_of
from dialogues.conversation.definition import Audience
from dialogues.errors import Mistake


def check_minutes(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues whose longest way takes longer than they may, without typing."""
    for file, definition in shelf.dialogues:
        most = limits_of(definition.id).seconds
        for audience in Audience:
            seconds = round(max(ways.most_seconds for ways in shelf.ways(file, audience)))
            if seconds > most:
                remedy = f"maak teksten korter of haal een vraag weg; hooguit {most} seconden"
                yield file.tree.mistake((), f"de langste weg voor {audience} duurt {seconds} seconden", remedy)
