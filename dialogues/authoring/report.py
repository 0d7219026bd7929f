"""How long every dialogue is, in steps, taps and seconds, for who writes them."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.authoring.checks.average_sentence import average_sentence
from dialogues.authoring.library import Library
from dialogues.authoring.sources import file_of
from dialogues.authoring.ways import Ways, explore, people
from dialogues.conversation.definition import Audience, Definition
from dialogues.conversation.way import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One dialogue for one audience; shortest and longest over people of every sector."""

    dialogue: str
    audience: Audience
    steps: int
    """Questions and last words that somebody of this audience can meet."""
    fewest_taps: int
    """On the way of a busy day where there is one, else skipping all that may be skipped."""
    most_taps: int
    fewest_seconds: float
    most_seconds: float
    average_sentence: float
    """Words a sentence, over the whole file."""
    themes: int
    actions: int


def report(library: Library) -> tuple[Row, ...]:
    """A row for every dialogue and audience, in the order of the library."""
    return tuple(
        _row(library, definition, audience) for definition in library.definitions.values() for audience in Audience
    )


def _row(library: Library, definition: Definition, audience: Audience) -> Row:
    shortest = Way.BRIEF if definition.has_way(audience, Way.BRIEF) else Way.FULL
    brief = _walked(definition, audience, shortest)
    full = _walked(definition, audience, Way.FULL)
    return Row(
        dialogue=definition.id,
        audience=audience,
        steps=len(frozenset[str]().union(*(ways.met for ways in full))),
        fewest_taps=min(ways.fewest_taps for ways in brief),
        most_taps=max(ways.most_taps for ways in full),
        fewest_seconds=min(ways.fewest_seconds for ways in brief),
        most_seconds=max(ways.most_seconds for ways in full),
        average_sentence=average_sentence(file_of(library.source_of(definition.id))),
        themes=len(definition.themes),
        actions=len(definition.actions),
    )


def _walked(definition: Definition, audience: Audience, way: Way) -> tuple[Ways, ...]:
    return tuple(explore(definition, person, way=way) for person in people(audience))
