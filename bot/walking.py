"""Playing a dialogue in the terminal, for content editors; nothing is stored and nothing is counted."""

from __future__ import annotations

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.conversation.definition import Audience, Definition
from dialogues.conversation.engine import Turn, begin, resume
from dialogues.conversation.inputs import TypedText
from dialogues.conversation.screens import Screen


def walk_through(definition: Definition, *, audience: Audience, sector: str, number: int, console: Console) -> None:
    """Ask in the terminal what the phone would ask, until the dialogue ends or input runs out."""
    words = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}
    turn = begin(
        definition,
        audience=audience,
        number=number,
        facts=frozenset({f"sector:{sector}"}),
        words=words,
    )
    message = 0
    while True:
        show(turn.screen, console)
        if turn.session.ended:
            return
        try:
            typed = console.input("[bold]> [/bold]").strip()
        except (EOFError, KeyboardInterrupt):
            return
        message += 1
        turn = _take(definition, turn, typed, message, console)


def show(screen: Screen, console: Console) -> None:
    """One screen as a panel, its buttons numbered."""
    parts = [screen.opening, screen.progress, screen.question, screen.below, screen.notice]
    console.print(Panel(Text("\n\n".join(part for part in parts if part)), width=60))
    for place, button in enumerate(screen.buttons, start=1):
        console.print(f"  {place}. {button.label}", markup=False, highlight=False)


def _take(definition: Definition, turn: Turn, typed: str, message: int, console: Console) -> Turn:
    if typed.isdecimal() and 1 <= int(typed) <= len(turn.screen.buttons):
        return resume(definition, turn.session, turn.screen.buttons[int(typed) - 1].tap)
    if typed and turn.screen.expects_text:
        return resume(definition, turn.session, TypedText(message))
    console.print("Kies een nummer van de knoppen.")
    return turn
