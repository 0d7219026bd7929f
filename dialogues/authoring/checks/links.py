"""Every link names a dialogue that exists or is planned."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.elements import LINKABLE
from dialogues.authoring.explaining import meant
from dialogues.authoring.markers import LinkName
from dialogues.authoring.reading import dialogue_id
from dialogues.errors import Mistake


def check_links(shelf: Shelf) -> Iterator[Mistake]:
    """Links to dialogues nobody knows, and links of a dialogue to itself."""
    known = LINKABLE | {own for file in shelf.files if (own := dialogue_id(file))}
    for file in shelf.files:
        for found in file.texts(LinkName):
            if found.value not in known:
                yield file.tree.mistake(found.path, f"'{found.value}' is geen dialoog", meant(found.value, known))
            elif found.value == dialogue_id(file):
                yield file.tree.mistake(found.path, "dit verwijst naar zichzelf", "haal deze verwijzing weg")
