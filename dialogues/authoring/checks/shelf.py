"""What a check looks at: all files at once, and what can be told about each."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.authoring.assembling import assemble
from dialogues.authoring.markers import Path
from dialogues.authoring.reading import ContentFile
from dialogues.authoring.shared_spec import PhrasesSpec
from dialogues.authoring.spec import BlockSpec, ElementSpec
from dialogues.authoring.ways import Person, Ways, explore, people
from dialogues.conversation.definition import Audience, Closing, Definition


@dataclass(frozen=True, slots=True)
class WalkedFile:
    """All ways through one dialogue for one kind of person."""

    file: ContentFile
    person: Person
    ways: Ways


@dataclass(frozen=True, slots=True)
class Shelf:
    """All content files that could be read, with the dialogues among them assembled and walked."""

    files: tuple[ContentFile, ...]
    dialogues: tuple[tuple[ContentFile, Definition], ...]
    """Every dialogue whose shape is right; none when the shared phrases are wrong."""
    walked: tuple[WalkedFile, ...]

    def ways(self, file: ContentFile, audience: Audience | None = None) -> tuple[Ways, ...]:
        """The ways through one dialogue, for everybody or for one audience."""
        return tuple(
            walked.ways for walked in self.walked if walked.file is file and audience in {None, walked.person.audience}
        )


def fill_shelf(files: tuple[ContentFile, ...], shared: PhrasesSpec | None) -> Shelf:
    """Assemble and walk every dialogue that has its shape."""
    dialogues = tuple(
        (file, assemble(file.spec, shared))
        for file in files
        if shared is not None and isinstance(file.spec, ElementSpec | BlockSpec)
    )
    walked = tuple(
        WalkedFile(file, person, explore(definition, person))
        for file, definition in dialogues
        for audience in Audience
        for person in people(audience)
    )
    return Shelf(files, dialogues, walked)


def place_of(file: ContentFile, step: str) -> Path:
    """Where a step is written; the fixed steps of an element are written nowhere, so that is its first line."""
    if isinstance(file.spec, BlockSpec):
        for place, written in enumerate(file.spec.steps):
            if written.id == step:
                return ("steps", place)
    return ()


def has_closing(definition: Definition) -> bool:
    """Whether the last step, for both audiences, is one that ends the dialogue."""
    return all(isinstance(steps[-1], Closing) for steps in definition.steps.values())
