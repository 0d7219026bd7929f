"""Every {name} in a text is one that can be filled."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.explaining import meant
from dialogues.authoring.markers import Sentence
from dialogues.authoring.placeholders import names_in, stray_brace
from dialogues.errors import Mistake


def check_placeholder_names(shelf: Shelf) -> Iterator[Mistake]:
    """Unknown names between braces, and braces that belong to no name."""
    for file in shelf.files:
        for found in file.texts(Sentence):
            known = getattr(found.kind, "placeholders", frozenset[str]())
            for name in names_in(found.value):
                if name not in known:
                    yield file.tree.mistake(found.path, f"{{{name}}} kan ik niet invullen", meant(name, known))
            if stray_brace(found.value):
                problem = "hier staat een losse accolade"
                yield file.tree.mistake(found.path, problem, "schrijf {naam} zonder spaties, of haal de accolade weg")
