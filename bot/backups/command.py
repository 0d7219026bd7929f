"""The commands `backup`, `restore` and `migrate --to`, as an administrator reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from bot.backups.copying import Tell, back_up, restore
from bot.backups.moving import move_to
from bot.settings import Settings
from bot.usecases.deps import Deps
from bot.usecases.resume_restored import go_on


class Waiting(StrEnum):
    """What happens to messages that waited in a copy."""

    SEND = "send"
    DROP = "drop"


Folder = Annotated[Path | None, typer.Argument(help="De map voor de kopie; leeg is BACKUP_DIR.")]
Copy = Annotated[Path | None, typer.Argument(help="De kopie die de database wordt.")]
NewHome = Annotated[
    str, typer.Option("--to", help="Verhuis alles van SQLite naar deze lege PostgreSQL: postgresql://…")
]
Release = Annotated[bool, typer.Option("--release", help="Laat de bot weer sturen, na een herstel.")]
What = Annotated[
    Waiting | None, typer.Option(help="Met --release: wat klaarstond in de kopie sturen (send) of niet (drop).")
]
RELEASE: Final = "python -m bot restore --release --waiting drop (of: send)"
NO_LIST: Final = (
    "Let op: er is geen wislijst in de sleutelmap. Is er nog nooit iemand of iets gewist, dan klopt dat. "
    "Is er wel gewist, dan zijn die mensen en antwoorden misschien terug. "
    "Heb je de map erased nog? Zet hem terug in de sleutelmap, en doe dit opnieuw. "
    "Anders: wis die mensen zelf, voordat je de bot loslaat: python -m bot erase CHATNUMMER"
)
ON_HOLD: Final = f"Er is een kopie teruggezet. De bot wacht en stuurt niets, tot: {RELEASE}"


def make(settings: Settings, folder: Path, *, out: Console, err: Console) -> None:
    """Make a copy and tell where it is; only the path goes to the output, for scripts."""
    with _progress(err, "Kopiëren") as tell:
        made = back_up(settings, folder, now=datetime.now(UTC), tell=tell)
    out.print(str(made.path), markup=False, soft_wrap=True)
    err.print(f"Teruggezet op proef: {made.rows} rijen, alles klopt. Oude kopieën gewist: {made.dropped}.")


def put_back(settings: Settings, copy: Path, *, out: Console, err: Console) -> None:
    """Put a copy back, and tell what an administrator should know before anything is sent."""
    with _progress(err, "Terugzetten") as tell:
        done = restore(settings, copy, tell=tell)
    again = f"Mensen die na deze kopie al gewist waren, en nu opnieuw: {done.found.erased}."
    lines = [
        f"De vorige database is nu {done.aside}. Wis hem als je hem niet meer nodig hebt." if done.aside else "",
        again if done.found.listed else NO_LIST,
        *(f"De sleutel is weg, dus ook de antwoorden: {lost.title} ({lost.team})." for lost in done.found.lost),
        f"Berichten die klaarstonden: {done.found.waiting}. Er gaat niets weg tot: {RELEASE}",
    ]
    for line in filter(None, lines):
        out.print(line, markup=False, soft_wrap=True)


def move(settings: Settings, address: str, *, out: Console, err: Console) -> None:
    """Move everything to another database, and tell what to do next; the address may hold a password."""
    with _progress(err, "Verhuizen") as tell:
        moved = move_to(settings, address, tell=tell)
    out.print(
        f"Verhuisd: {moved.rows} rijen in {len(moved.tables)} tabellen, aan beide kanten gelijk. "
        "Zet nu het nieuwe adres in DATABASE_URL en start de bot. De oude database staat er nog.",
        soft_wrap=True,
    )


def let_go(deps: Deps, waiting: Waiting | None, *, out: Console, err: Console) -> None:
    """Let the bot speak again; ends with 2 when it is not said what becomes of what waited."""
    if not deps.storage.hold.is_on:
        out.print("De bot stond niet in de wacht. Er is niets veranderd.")
        return
    if waiting is None:
        err.print(
            f"Zeg wat er met de berichten moet die klaarstonden. Sommige zijn misschien al verstuurd. Doe: {RELEASE}",
            soft_wrap=True,
        )
        raise typer.Exit(2)
    dropped = go_on(deps, send=waiting is Waiting.SEND)
    out.print(f"De bot mag weer sturen. Berichten die niet meer gaan: {dropped}.")


@contextmanager
def _progress(console: Console, what: str) -> Iterator[Tell]:
    """A bar where somebody is watching, gone at the end: what is said then counts, also when it did not work."""
    columns = TextColumn(what), BarColumn(), TextColumn("{task.percentage:.0f} %")
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
