"""Every way through a dialogue ends in last words, and every step lies on some way."""

from __future__ import annotations

from collections.abc import Iterator

from dialogues.authoring.checks.shelf import Shelf, WalkedFile, place_of
from dialogues.conversation.definition import Audience, Closing
from dialogues.errors import Mistake


def check_closing(shelf: Shelf) -> Iterator[Mistake]:
    """Dialogues that do not end in a step of kind closing."""
    for file, definition in shelf.dialogues:
        if not isinstance(definition.steps[Audience.PRACTICE][-1], Closing):
            remedy = "zet als laatste stap een 'kind: closing' zonder voorwaarde"
            yield file.tree.mistake(("steps",), "deze dialoog heeft geen slot", remedy)


def check_dead_ends(shelf: Shelf) -> Iterator[Mistake]:
    """Steps after which somebody has nowhere to go, and questions without an answer to tap."""
    for walked in shelf.walked:
        who = f"voor {walked.person.audience} en {walked.person.sector}"
        for step in sorted(walked.ways.broken_off):
            problem = f"na '{step}' volgt niets" if step else "er is geen eerste stap"
            remedy = "laat elke weg eindigen in een 'kind: closing' zonder voorwaarde"
            yield _at(walked, step, f"{problem} {who}", remedy)
        for step in sorted(walked.ways.without_buttons):
            remedy = "geef minstens één antwoord zonder voorwaarde, of geef de stap dezelfde voorwaarde"
            yield _at(walked, step, f"'{step}' heeft geen antwoorden {who}", remedy)


def check_unreachable(shelf: Shelf) -> Iterator[Mistake]:
    """Steps that nobody can ever meet."""
    for file, definition in shelf.dialogues:
        met = {step for ways in shelf.ways(file) for step in ways.met}
        for step in definition.steps[Audience.PRACTICE]:
            if step.id not in met:
                problem = f"niemand komt ooit bij '{step.id}'"
                remedy = "kijk naar de voorwaarden ervan, en of er een slot vóór staat"
                yield file.tree.mistake(place_of(file, step.id), problem, remedy)


def _at(walked: WalkedFile, step: str, problem: str, remedy: str) -> Mistake:
    return walked.file.tree.mistake(place_of(walked.file, step), problem, remedy)
