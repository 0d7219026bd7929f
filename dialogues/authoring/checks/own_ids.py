"""Themes and actions carry the name of their dialogue, so that they stay apart across dialogues."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.errors import Mistake


def check_own_ids(shelf: Shelf) -> Iterator[Mistake]:
    """Every theme or action whose id does not begin with the id of its dialogue and a dot."""
    for file in shelf.files:
        spec = file.spec
        if not isinstance(spec, ElementSpec | BlockSpec):
            continue
        listed = [(("themes", place, "id"), theme.id) for place, theme in enumerate(spec.themes)]
        if isinstance(spec, ElementSpec):
            listed += [(("actions", place, "id"), action.id) for place, action in enumerate(spec.actions)]
        for path, own in listed:
            if not own.startswith(f"{spec.id}."):
                remedy = f"begin het id met '{spec.id}.'"
                yield file.tree.mistake(path, f"'{own}' hoort niet bij '{spec.id}'", remedy)
