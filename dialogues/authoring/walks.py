"""Somebody trying a dialogue out: who they pretend to be, and playing the same walk again from its transcript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from dialogues.authoring.library import Library
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.authoring.transcripts import TAPPED, TYPED, written, written_answers
from dialogues.conversation.definition import Audience, Definition, Sector
from dialogues.conversation.engine import Turn, begin, resume
from dialogues.conversation.inputs import TypedText
from dialogues.conversation.screens import Screen
from dialogues.conversation.way import Way

_HEAD: Final = re.compile(
    r"# walk (?P<dialogue>\S+) --audience (?P<audience>\S+) --sector (?P<sector>\S+) --number (?P<number>\d+)"
    r" --way (?P<way>\S+)(?: --profile (?P<profile>\S+))?"
)


class NoWalk(Exception):
    """A text that is no transcript of a walk, or one with a tap on a button that is no longer there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walker:
    """Who walks through which dialogue; all that ``walk`` is told on the command line."""

    dialogue: str
    audience: Audience = Audience.PRACTICE
    sector: Sector = Sector.JGZ
    number: int = 1
    """The how-manieth round it is, from 1."""
    facts: frozenset[str] = frozenset()
    way: Way = Way.FULL

    @property
    def head(self) -> str:
        """The command that walks this way again."""
        profile = f" --profile {','.join(sorted(self.facts))}" if self.facts else ""
        return (
            f"walk {self.dialogue} --audience {self.audience} --sector {self.sector} --number {self.number}"
            f" --way {self.way}{profile}"
        )

    @classmethod
    def of(cls, transcript: str) -> Self:
        """Who walked in this transcript; raises NoWalk."""
        found = _HEAD.search(transcript)
        if found is None:
            raise NoWalk("hierin staat niet met welke opdracht het gespeeld is")
        try:
            return cls(
                dialogue=found["dialogue"],
                audience=Audience(found["audience"]),
                sector=Sector(found["sector"]),
                number=int(found["number"]),
                facts=frozenset((found["profile"] or "").split(",")) - {""},
                way=Way(found["way"]),
            )
        except ValueError as error:
            raise NoWalk(f"deze opdracht kan niet gespeeld worden: {error}") from error

    def begin(self, definition: Definition) -> Turn:
        """The first screen of the dialogue for this person, with samples for the local names."""
        return begin(
            definition,
            audience=self.audience,
            number=self.number,
            facts=self.facts | {f"sector:{self.sector}"},
            words={name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()},
            way=self.way,
        )

    def transcript(self, definition: Definition, first: Turn, moves: list[tuple[str, Screen]], last: Turn) -> str:
        """What was played, as a text that ``replay`` can play again."""
        heads = (definition.title, self.head)
        return written(heads, first.screen, moves, written_answers(definition, last.session))


def replay(library: Library, transcript: str) -> str:
    """Play the taps of a transcript through the dialogue as it is now; equal texts mean nothing changed.

    Raises NoWalk when a tap of then has no button now, and UnknownDialogue.
    """
    walker = Walker.of(transcript)
    definition = library.get(walker.dialogue)
    first = turn = walker.begin(definition)
    moves: list[tuple[str, Screen]] = []
    for line in transcript.splitlines():
        if line.startswith(TAPPED):
            turn = _again(definition, turn, line.removeprefix(TAPPED), message=len(moves) + 1)
            moves.append((line.removeprefix(TAPPED), turn.screen))
    return walker.transcript(definition, first, moves, turn)


def _again(definition: Definition, turn: Turn, label: str, *, message: int) -> Turn:
    if label == TYPED:
        return resume(definition, turn.session, TypedText(message))
    for button in turn.screen.buttons:
        if button.label == label:
            return resume(definition, turn.session, button.tap)
    raise NoWalk(f"er is geen knop '{label}' meer bij: {turn.screen.question}")
