"""A dialogue as it was played, word for word: every screen, every tap, and the answers at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from dialogues.conversation.definition import Definition
from dialogues.conversation.screens import Screen
from dialogues.conversation.session import Session

TAPPED: Final = ">>> "
TYPED: Final = "(typt een bericht)"


def written_screen(screen: Screen) -> list[str]:
    """One screen as lines: an empty line before each part, a line for each answer, navigation in one row."""
    parts = [screen.notice and f"({screen.notice})", screen.opening, screen.progress, screen.question, screen.below]
    lines = [line for part in parts if part for line in ("", *part.split("\n"))]
    buttons = [f"[{button.label}]" for button in screen.buttons if not button.navigates]
    row = " ".join(f"[{button.label}]" for button in screen.buttons if button.navigates)
    return [*lines, *([""] if row else []), *buttons, *([row] if row else [])]


def written_answers(definition: Definition, session: Session) -> list[str]:
    """What would be in the envelope, in the order of the dialogue."""
    answered = [step.id for step in definition.steps[session.audience] if step.id in session.answers]
    return ["", "=== antwoorden", *([f"{step}: {', '.join(session.answers[step])}" for step in answered] or ["geen"])]


def written(heads: Sequence[str], first: Screen, moves: Sequence[tuple[str, Screen]], answers: Sequence[str]) -> str:
    """A whole transcript: what was played, the first screen, each tap with the screen it led to, and the answers."""
    lines = [*(f"# {head}" for head in heads), *written_screen(first)]
    for tapped, screen in moves:
        lines += ["", f"{TAPPED}{tapped}", *written_screen(screen)]
    return "\n".join([*lines, *answers]) + "\n"
