"""No way through a dialogue breaks off, and no question is without answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dialogues.authoring.checks.shelf import Shelf, WalkedFile, has_closing, place_of
from dialogues.authoring.ways import Ways
from dialogues.errors import Mistake


def check_dead_ends(shelf: Shelf) -> Iterator[Mistake]:
    """Steps after which somebody may have nowhere to go, and questions that may show no answer to tap."""
    for file, definition in shelf.dialogues:
        walked = [walked for walked in shelf.walked if walked.file is file]
        if has_closing(definition):
            remedy = "laat elke weg eindigen in een 'kind: closing' zonder voorwaarde"
            for step, who in _by_step(walked, lambda ways: ways.broken_off):
                problem = f"na '{step}' volgt niets" if step else "er is geen eerste stap"
                yield file.tree.mistake(place_of(file, step), f"{problem}, {who}", remedy)
        remedy = "geef minstens één antwoord zonder voorwaarde, of geef de stap dezelfde voorwaarde"
        for step, who in _by_step(walked, lambda ways: ways.without_buttons):
            yield file.tree.mistake(place_of(file, step), f"'{step}' heeft geen antwoorden, {who}", remedy)


def _by_step(walked: list[WalkedFile], found: Callable[[Ways], frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Each step with the people it concerns, in words."""
    for step in sorted({step for one in walked for step in found(one.ways)}):
        people = [f"{one.person.audience} bij {one.person.sector}" for one in walked if step in found(one.ways)]
        yield step, "voor iedereen" if len(people) == len(walked) else f"voor {', '.join(people)}"
