"""The commands `backup`, `restore` and `migrate`, as an administrator reads them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typer
from rich.progress import BarColumn, Progress, TextColumn

from bot.backups.copying import Tell, back_up, restore
from bot.backups.moving import move_to
from bot.commands.on_hold import RELEASE
from bot.commands.options import Waiting
from bot.compose import make_deps, open_storage
from bot.offline import offline_settings, settings_of_the_bot
from bot.settings import Settings
from bot.terminal import err, out
from bot.usecases.deps import Deps
from bot.usecases.resume_restored import go_on

NO_LIST: Final = (
    "Let op: er is geen wislijst in de sleutelmap. Is er nog nooit iemand of iets gewist, dan klopt dat. "
    "Is er wel gewist, dan zijn die mensen en antwoorden misschien terug. "
    "Heb je de map erased nog? Zet hem terug in de sleutelmap, en doe dit opnieuw. "
    "Anders: wis die mensen zelf, voordat je de bot loslaat: python -m bot erase CHATNUMMER"
)


def migrate(*, to: str) -> None:
    """Bring the tables to this version, or move everything to the database at this address."""
    settings = settings_of_the_bot()
    if to:
        _move(settings, to)
        return
    open_storage(settings, migrating=True)
    out.print("De database is bij.")


def _move(settings: Settings, address: str) -> None:
    """Tell what to do next; the address may hold a password."""
    with _progress("Verhuizen") as tell:
        moved = move_to(settings, address, tell=tell)
    out.print(
        f"Verhuisd: {moved.rows} rijen in {len(moved.tables)} tabellen, aan beide kanten gelijk. "
        "Zet nu het nieuwe adres in DATABASE_URL en start de bot. De oude database staat er nog.",
        soft_wrap=True,
    )


def backup(to: Path | None) -> None:
    """Make a copy and tell where it is; only the path goes to the output, for scripts. Ends with 2 without a folder."""
    settings = offline_settings()
    folder = to or settings.backup_dir
    if folder is None:
        err.print("Zeg waar de kopie komt: `backup MAP`, of zet BACKUP_DIR.")
        raise typer.Exit(2)
    settings = settings_of_the_bot(backup_dir=folder)
    with _progress("Kopiëren") as tell:
        made = back_up(settings, folder, now=datetime.now(UTC), tell=tell)
    out.print(str(made.path), markup=False, soft_wrap=True)
    err.print(f"Teruggezet op proef: {made.rows} rijen, alles klopt. Oude kopieën gewist: {made.dropped}.")


def bring_back(copy: Path | None, *, release: bool, waiting: Waiting | None) -> None:
    """Put a copy back, or let the bot speak again after that; ends with 2 when it is not one of these."""
    if (copy is None) != release or (waiting is not None and not release):
        err.print("Kies één: `restore KOPIE`, of `restore --release --waiting drop`.")
        raise typer.Exit(2)
    if copy is None:
        _let_go(make_deps(settings_of_the_bot()), waiting)
    else:
        put_back(settings_of_the_bot(), copy)


def put_back(settings: Settings, copy: Path) -> None:
    """Put a copy back, and tell what an administrator should know before anything is sent."""
    with _progress("Terugzetten") as tell:
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


def _let_go(deps: Deps, waiting: Waiting | None) -> None:
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
def _progress(what: str) -> Iterator[Tell]:
    """A bar where somebody is watching, gone at the end: what is said then counts, also when it did not work."""
    columns = TextColumn(what), BarColumn(), TextColumn("{task.percentage:.0f} %")
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
