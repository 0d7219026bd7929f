"""From SQLite to PostgreSQL: everything, once, while no process of the bot works."""

from __future__ import annotations

from functools import partial

from bot.backups.copying import Tell
from bot.compose import make_deps
from bot.settings import Settings, sqlite_file
from bot.usecases.deps import Deps
from bot.usecases.verify_maandbeelden import verify_maandbeelden
from storage.database import open_engine
from storage.errors import CannotMove
from storage.moving import Look, move
from storage.presence import alone_with
from storage.work import Storage


def move_to(settings: Settings, address: str, *, tell: Tell) -> Look:
    """Copy the database of these settings to an empty PostgreSQL at this address, and compare; what there is now.

    After a kill it goes on where it was. Raises CannotMove or SchemaMismatch when it cannot be done, UnusableBackup
    when a process of the bot works with either database; nothing has changed in the first one, whatever happens.
    """
    file = sqlite_file(settings.database_url)
    if file is None or not file.is_file():
        raise CannotMove("verhuizen gaat van SQLite naar PostgreSQL, en DATABASE_URL wijst geen SQLite-bestand aan")
    if not address.startswith("postgresql"):
        raise CannotMove("verhuizen kan alleen naar PostgreSQL: geef een adres als postgresql://...")
    here = make_deps(settings)
    target = open_engine(address)
    there = make_deps(settings, library=here.library, storage=Storage(target, here.storage.keys))
    try:
        with alone_with(here.storage.engine), alone_with(target):
            if broken := verify_maandbeelden(here):
                raise CannotMove(f"{len(broken)} maandbeelden zijn niet meer wat ze waren. Zet eerst een kopie terug")
            moved = move(here.storage.engine, target, progress=tell, approve=partial(_approve, there))
    finally:
        target.dispose()
        here.storage.engine.dispose()
    return moved


def _approve(there: Deps) -> None:
    if verify_maandbeelden(there):
        raise CannotMove("in de nieuwe database kloppen de maandbeelden niet. Gebruik haar niet")
