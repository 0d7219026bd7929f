"""The composition root: from settings to a house in which everything knows what it needs."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine

from bot.ports import Clock, Ids, RandomIds, SystemClock
from bot.settings import Settings, sqlite_file
from bot.usecases.deps import Deps
from dialogues.authoring.library import Library
from dialogues.authoring.loader import load_library, shipped_folder
from storage.database import SchemaKind, migrate, open_engine, schema_state
from storage.erasures import PART as ERASED
from storage.errors import SchemaMismatch, UnsafeDatabase
from storage.keys import KeyFolder
from storage.presence import alone_with
from storage.work import Storage


def open_library(settings: Settings) -> Library:
    """The shipped dialogues, with those of DIALOGUES_DIR over them. Raises ContentErrors.

    With content of one's own everything is checked again, for it can change what shipped dialogues say. Walking every
    way through the shipped ones alone took a sixth of each start.
    """
    own: tuple[Path, ...] = (settings.dialogues_dir,) if settings.dialogues_dir else ()
    return load_library(shipped_folder(), *own, checking=bool(own))


def open_storage(settings: Settings, *, migrating: bool = False) -> Storage:
    """The database and key folder; an empty database is filled, an older one only by ``migrate``.

    Raises UnsafeDatabase when its file is gone while its keys are there, SchemaMismatch for a database of another
    version, UnsafeKeyFolder for keys that others can read, UnusableBackup when a process works with tables that are to
    change.
    """
    keys = KeyFolder(settings.key_dir)
    _refuse_lost(settings, keys)
    engine = open_engine(settings.database_url)
    try:
        return _ready(engine, keys, migrating=migrating)
    except BaseException:
        engine.dispose()
        raise


def _ready(engine: Engine, keys: KeyFolder, *, migrating: bool) -> Storage:
    state = schema_state(engine)
    if state.kind is SchemaKind.EMPTY:
        if engine.dialect.name != "sqlite":
            _refuse_old_keys("de database is leeg", keys)
        keys.create()
        migrate(engine)
    elif migrating and state.kind is SchemaKind.OTHER:
        with alone_with(engine):
            migrate(engine)
    elif state.kind is SchemaKind.OTHER:
        raise SchemaMismatch(state.found, state.expected)
    keys.check()
    storage = Storage(engine, keys)
    storage.is_new = state.kind is SchemaKind.EMPTY
    return storage


def _refuse_lost(settings: Settings, keys: KeyFolder) -> None:
    """Raise UnsafeDatabase when there was a database, and its file is gone: an empty one would hide that."""
    file = sqlite_file(settings.database_url)
    if file is not None and not (file.exists() and file.stat().st_size):
        _refuse_old_keys(f"de database {file} is er niet of is leeg", keys)


def _refuse_old_keys(found: str, keys: KeyFolder) -> None:
    # An empty folder is no trace: with two users the administrator makes each part before anything else.
    if not (keys.known() or os.access(keys.path / ERASED / "list", os.F_OK)):
        return
    raise UnsafeDatabase(
        f"{found}, maar er zijn wel sleutels van: {keys.path}. "
        "Zet een kopie terug: python -m bot restore KOPIE. Klopt DATABASE_URL? "
        "Wil je echt opnieuw beginnen, maak dan eerst de sleutelmap leeg"
    )


def make_deps(
    settings: Settings,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    storage: Storage | None = None,
    library: Library | None = None,
) -> Deps:
    """Everything the use cases need; each part can be replaced by keyword."""
    return Deps(
        storage=storage or open_storage(settings),
        library=library or open_library(settings),
        clock=clock or SystemClock(),
        ids=ids or RandomIds(),
        zone=settings.zone,
    )
