"""No id is used twice where it has to tell things apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Path, find
from dialogues.authoring.reading import ContentFile, dialogue_id
from dialogues.errors import Mistake

_LISTS = {
    "themes": "id",
    "actions": "id",
    "steps": "id",
    "options": "value",
    "sectors": "code",
    "functions": "code",
}
"""Lists of things, and the key that tells them apart."""


def check_double_ids(shelf: Shelf) -> Iterator[Mistake]:
    """Ids that occur twice in one list, and dialogues that occur twice in one folder."""
    first: dict[tuple[object, str], str] = {}
    for file in shelf.files:
        yield from _in_file(file)
        own = dialogue_id(file)
        if own and first.setdefault((file.folder, own), file.name) != file.name:
            problem = f"'{own}' staat ook al in {first[file.folder, own]}"
            yield file.tree.mistake(("id",), problem, "geef een van de twee een ander id, of haal er een weg")


def _in_file(file: ContentFile) -> Iterator[Mistake]:
    for found in find(file.model, file.tree.value):
        if isinstance(found.value, dict):
            for name, key in _LISTS.items():
                yield from _in_list(file, (*found.path, name), found.value.get(name), key)


def _in_list(file: ContentFile, path: Path, items: Any, key: str) -> Iterator[Mistake]:
    seen: set[str] = set()
    for place, item in enumerate(items if isinstance(items, list) else ()):
        own = item.get(key) if isinstance(item, dict) else None
        if isinstance(own, str) and own in seen:
            remedy = "geef een van de twee een andere naam"
            yield file.tree.mistake((*path, place, key), f"'{own}' komt twee keer voor", remedy)
        elif isinstance(own, str):
            seen.add(own)
