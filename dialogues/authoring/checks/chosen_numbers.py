"""Who is asked to choose a number of answers, can choose that many."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.spec import BlockSpec, MultiSpec
from dialogues.errors import Mistake


def check_chosen_numbers(shelf: Shelf) -> Iterator[Mistake]:
    """Multiple choices that ask for more answers than may be given, or than everybody sees."""
    for file in shelf.files:
        if not isinstance(file.spec, BlockSpec):
            continue
        for place, step in enumerate(file.spec.steps):
            if not isinstance(step, MultiSpec):
                continue
            for_all = sum(not option.when for option in step.options) if step.options else len(file.spec.themes)
            if step.least > min(step.most, for_all):
                problem = f"hier moeten er {step.least} gekozen worden, maar dat kan niet iedereen"
                remedy = f"maak 'least' hooguit {min(step.most, for_all)}, of geef meer antwoorden zonder voorwaarde"
                yield file.tree.mistake(("steps", place, "least"), problem, remedy)
