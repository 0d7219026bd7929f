"""Everything that was loaded: dialogues, shared words, functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogues.conversation.definition import Audience, Definition, Labels, Sector
from dialogues.errors import UnknownDialogue


@dataclass(frozen=True, slots=True)
class Function:
    """What someone does for a living; used to set things up, never shown in a maandbeeld."""

    code: str
    label: str
    """A button; may hold ``{wijkteam}``."""
    sectors: tuple[Sector, ...]
    """Where this function occurs; most have one."""
    audiences: tuple[Audience, ...]
    """The layers it can belong to; with two the person is asked which."""


@dataclass(frozen=True, slots=True)
class Functions:
    """The sectors and functions people choose from, in the order of the file."""

    sectors: Mapping[Sector, str]
    """Label of each sector; may hold ``{wijkteam}``."""
    listed: tuple[Function, ...]

    def of(self, sector: Sector) -> tuple[Function, ...]:
        """The functions that occur in a sector."""
        return tuple(function for function in self.listed if sector in function.sectors)

    def get(self, code: str) -> Function | None:
        """The function with this code, or None when there is none (any more)."""
        return next((function for function in self.listed if function.code == code), None)


@dataclass(frozen=True, slots=True)
class Library:
    """All content, checked; made by ``load_library``."""

    definitions: Mapping[str, Definition]
    """By id, in order of number and id."""
    labels: Labels
    functions: Functions
    phrases: Mapping[str, str]
    """Sentences the bot says around a dialogue (``sentences`` in phrases.yaml); may hold placeholders."""
    sources: Mapping[str, str] = field(repr=False)
    """By id of the dialogue: what ``source_of`` gives."""

    def get(self, dialogue: str) -> Definition:
        """The dialogue with this id; raises UnknownDialogue when it is not loaded."""
        try:
            return self.definitions[dialogue]
        except KeyError:
            raise UnknownDialogue(dialogue, tuple(self.definitions)) from None

    def source_of(self, dialogue: str) -> str:
        """The text a dialogue was loaded from, to keep beside a round; ``definition_from`` reads it back.

        Two dialogues with the same source are the same. Raises UnknownDialogue when it is not loaded.
        """
        self.get(dialogue)
        return self.sources[dialogue]
