"""What a check looks at: all files at once, and what can be told about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dialogues.authoring.assembling import assemble
from dialogues.authoring.reading import ContentFile
from dialogues.authoring.spec import BlockSpec, ElementSpec, PhrasesSpec
from dialogues.conversation.definition import Definition


@dataclass(frozen=True, slots=True)
class Shelf:
    """All content files that could be read."""

    files: tuple[ContentFile, ...]
    shared: PhrasesSpec | None
    """The phrases in force; None when there are none or their shape is wrong."""

    def definitions(self) -> Iterator[tuple[ContentFile, Definition]]:
        """Every dialogue whose shape is right, assembled."""
        if self.shared is None:
            return
        for file in self.files:
            if isinstance(file.spec, ElementSpec | BlockSpec):
                yield file, assemble(file.spec, self.shared)
