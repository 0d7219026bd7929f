"""What a button carries fits the 64 bytes that Telegram gives it, whatever the ids of rounds and teams are.

A button carries the number of its answer, not its text, so answers only have to be countable in two figures. The ids
of dialogues and functions do travel in buttons, beside an id of 22 characters, and are joined by dots.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Path
from dialogues.authoring.reading import ContentFile, dialogue_id
from dialogues.authoring.shared_spec import FunctionsSpec
from dialogues.conversation.definition import Audience
from dialogues.errors import Mistake

MOST_ANSWERS: Final = 90
"""Two figures; with "Meer", "Klaar" and the navigation this stays under the hundred buttons of one message."""
LONGEST_DIALOGUE_ID: Final = 20
LONGEST_FUNCTION_CODE: Final = 24


def check_button_data(shelf: Shelf) -> Iterator[Mistake]:
    """Ids that are too long or hold a dot, and questions with too many answers."""
    for file in shelf.files:
        own = dialogue_id(file)
        if own:
            yield from _id(file, ("id",), own, LONGEST_DIALOGUE_ID)
        if isinstance(file.spec, FunctionsSpec):
            for place, function in enumerate(file.spec.functions):
                yield from _id(file, ("functions", place, "code"), function.code, LONGEST_FUNCTION_CODE)
    for file, definition in shelf.dialogues:
        for step in definition.steps[Audience.PRACTICE]:
            answers = len(getattr(step, "options", ()))
            if answers > MOST_ANSWERS:
                remedy = f"maak er een open vraag van, of geef hooguit {MOST_ANSWERS} antwoorden"
                yield file.tree.mistake((), f"'{step.id}' heeft {answers} antwoorden", remedy)


def _id(file: ContentFile, path: Path, own: str, longest: int) -> Iterator[Mistake]:
    if len(own) > longest:
        problem = f"'{own}' telt {len(own)} tekens en past niet in een knop"
        yield file.tree.mistake(path, problem, f"houd het op hooguit {longest} tekens")
    if "." in own:
        yield file.tree.mistake(path, f"'{own}' heeft een punt en past niet in een knop", "schrijf een streepje (_)")
