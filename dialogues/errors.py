"""Errors of the pure core.

DialogueError
├── ContentErrors          all mistakes found in content files, at once (shown by check-dialogues)
├── UnknownDialogue        a round or command names a dialogue that is not loaded
└── BrokenSession          stored session bytes that this version cannot read (the dialogue starts again)
"""

from __future__ import annotations

from dataclasses import dataclass


class DialogueError(Exception):
    """Base of everything the core raises on purpose."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One author's mistake, with the place to mend it and how."""

    file: str
    line: int
    """1-based line in the file; 0 when the whole file is meant."""
    step: str
    """Where in the dialogue, as the author wrote it: ``practice.statement``; empty for the whole file."""
    problem: str
    remedy: str

    def __str__(self) -> str:
        """The mistake as one line for a terminal."""
        where = f" [{self.step}]" if self.step else ""
        return f"{self.file}:{self.line}{where} {self.problem} → {self.remedy}"


class ContentErrors(DialogueError):
    """Every mistake in a set of content files; nothing is loaded when there is one."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class UnknownDialogue(DialogueError):
    """No dialogue with this id is loaded; carries the ids that are."""

    def __init__(self, dialogue: str, known: tuple[str, ...]) -> None:
        super().__init__(f"onbekende dialoog '{dialogue}'; wel bekend: {', '.join(known)}")
        self.dialogue = dialogue
        self.known = known


class BrokenSession(DialogueError):
    """Session bytes that cannot be read back; the caller starts the dialogue again."""
