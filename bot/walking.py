"""What content editors see in the terminal: a dialogue played, without storing anything, and a table of them all."""

from __future__ import annotations

from rich.box import SIMPLE
from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from dialogues.authoring.pace import SECONDS_A_TAP, WORDS_A_MINUTE
from dialogues.authoring.report import Row
from dialogues.authoring.transcripts import TYPED
from dialogues.authoring.walks import Walker
from dialogues.conversation.definition import Audience, Definition
from dialogues.conversation.engine import Turn, resume
from dialogues.conversation.inputs import TypedText
from dialogues.conversation.screens import Screen


def walk_through(definition: Definition, walker: Walker, *, console: Console) -> str:
    """Ask in the terminal what the phone would ask, until the dialogue ends or input runs out; gives the transcript."""
    first = turn = walker.begin(definition)
    moves: list[tuple[str, Screen]] = []
    while True:
        show(turn.screen, console)
        typed = None if turn.session.ended else _ask(console)
        if typed is None:
            return walker.transcript(definition, first, moves, turn)
        taken = _take(definition, turn, typed, message=len(moves) + 1)
        if taken is None:
            console.print("Kies een nummer van de knoppen.")
            continue
        said, turn = taken
        moves.append((said, turn.screen))


def show(screen: Screen, console: Console) -> None:
    """One screen as a panel, its buttons numbered."""
    parts = [screen.opening, screen.progress, screen.question, screen.below, screen.notice]
    console.print(Panel(Text("\n\n".join(part for part in parts if part)), width=60))
    for place, button in enumerate(screen.buttons, start=1):
        console.print(f"  {place}. {button.label}", markup=False, highlight=False)


def _ask(console: Console) -> str | None:
    try:
        return console.input("[bold]> [/bold]").strip()
    except (EOFError, KeyboardInterrupt):
        return None


def _take(definition: Definition, turn: Turn, typed: str, *, message: int) -> tuple[str, Turn] | None:
    if typed.isdecimal() and 1 <= int(typed) <= len(turn.screen.buttons):
        button = turn.screen.buttons[int(typed) - 1]
        return button.label, resume(definition, turn.session, button.tap)
    if typed and turn.screen.expects_text:
        return TYPED, resume(definition, turn.session, TypedText(message))
    return None


LAYERS = {Audience.PRACTICE: "uitvoering", Audience.STRATEGIC: "leiding"}


def _comma(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")


LEGEND = f"""Tikken en seconden: de kortste en de langste weg, over alle sectoren. De tik op Start telt mee.
De kortste weg is die van een drukke dag (Drukte), of anders: alles overslaan.
Tempo: {WORDS_A_MINUTE} woorden per minuut lezen, en {_comma(SECONDS_A_TAP)} seconde per tik. Typen telt niet mee.
Per zin: het gemiddelde aantal woorden van een zin."""


def table_of(rows: tuple[Row, ...]) -> Table:
    """One line a dialogue and audience."""
    table = Table(box=SIMPLE, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column("dialoog", no_wrap=True)
    table.add_column("voor", no_wrap=True)
    for name in ("stappen", "tikken", "seconden", "per zin", "thema's", "acties"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            row.dialogue,
            LAYERS[row.audience],
            str(row.steps),
            f"{row.fewest_taps}-{row.most_taps}",
            f"{row.fewest_seconds:.0f}-{row.most_seconds:.0f}",
            _comma(row.average_sentence),
            str(row.themes),
            str(row.actions),
        )
    return table
