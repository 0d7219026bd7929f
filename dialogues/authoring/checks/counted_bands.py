"""What is counted in bands has a band for every answer."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Path
from dialogues.authoring.reading import ContentFile
from dialogues.authoring.shared_spec import PhrasesSpec
from dialogues.authoring.spec import BlockSpec, OptionSpec
from dialogues.conversation.definition import Counted
from dialogues.errors import Mistake


def check_counted_bands(shelf: Shelf) -> Iterator[Mistake]:
    """Answers without a branch in the scale and in steps with ``counted: bands``."""
    for file in shelf.files:
        if isinstance(file.spec, PhrasesSpec):
            yield from _without_branch(file, ("scale", "options"), file.spec.scale.options)
        if isinstance(file.spec, BlockSpec):
            for place, step in enumerate(file.spec.steps):
                if step.kind == "choice" and step.counted is Counted.BANDS:
                    yield from _without_branch(file, ("steps", place, "options"), step.options)


def _without_branch(file: ContentFile, path: Path, options: list[OptionSpec]) -> Iterator[Mistake]:
    for place, option in enumerate(options):
        if option.branch is None:
            remedy = "schrijf erbij: 'branch: low', 'mid', 'high', 'unknown' of 'not_applicable'"
            yield file.tree.mistake((*path, place), f"antwoord '{option.value}' telt in geen enkele band mee", remedy)
