"""The first step on offer is one between people; arranging something comes after it (DSS §4.3 aanb. 3)."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.spec import ElementSpec
from dialogues.errors import Mistake


def check_first_steps(shelf: Shelf) -> Iterator[Mistake]:
    """Elements whose steps are marked and begin with something to arrange; without marks nothing is judged."""
    for file in shelf.files:
        if not isinstance(file.spec, ElementSpec) or not any(action.about for action in file.spec.actions):
            continue
        if file.spec.actions[0].about != "people":
            remedy = "zet een stap met 'about: people' vooraan: elkaar ontmoeten, meekijken of praten"
            yield file.tree.mistake(("actions", 0), "de eerste stap gaat niet over mensen", remedy)
