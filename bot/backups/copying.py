"""A copy of the database that was tried out, and an old copy back in its place, on hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import URL

from bot.compose import make_deps, open_storage
from bot.ports import Clock, SystemClock
from bot.settings import Settings, sqlite_file
from bot.usecases.resume_restored import Restored, take_over
from bot.usecases.verify_maandbeelden import verify_maandbeelden
from storage import postgres_copies
from storage.backups import TRIAL, TRIED, copy_database, drop_old, keep, made_at, put_in_place, stage
from storage.database import address_of, open_engine
from storage.errors import UnusableBackup
from storage.hold import Hold
from storage.presence import alone_with
from storage.retention import ERASURE_LIST
from storage.work import Storage

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A copy that was made, and put back on trial."""

    path: Path
    rows: int
    dropped: int
    """Older copies that were deleted: people who were erased may not stay in one for ever."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """What `restore` did."""

    aside: Path | str
    """Where the database went that was there: a file, or on PostgreSQL the name it has now; '' when there was none."""
    found: Restored


def back_up(settings: Settings, folder: Path, *, now: datetime, tell: Tell) -> Made:
    """Copy the database while the bot works, try the copy out, and delete copies that are too old.

    Raises UnusableBackup when there is no copy to trust; no older one is deleted then.
    """
    file = sqlite_file(settings.database_url)
    if file is not None:
        made = copy_database(file, folder, now=now, progress=tell)
    else:
        made = postgres_copies.dump(address_of(settings.database_url), folder, now=now)
        tell(1, 2)
    try:
        rows = _tried_out(settings, made)
    except Exception:
        made.unlink()
        raise
    tell(1, 1)
    return Made(path=keep(made), rows=rows, dropped=drop_old(folder, now=now))


def restore(settings: Settings, copy: Path, *, tell: Tell, clock: Clock | None = None) -> PutBack:
    """Put a copy in the place of the database, on hold, and make it fit this installation.

    The hold comes first: from there on nothing is sent, wherever this is interrupted, and doing it again is safe.
    Raises UnusableBackup, also when a process of the bot still works, or when the copy is so old that nobody knows any
    more who was erased since; nothing has changed then.
    """
    now = (clock or SystemClock()).now()
    if made_at(copy) < now - ERASURE_LIST:
        raise UnusableBackup(
            f"deze kopie is ouder dan {ERASURE_LIST.days} dagen. Wie daarna is gewist, zou terugkomen: "
            "zo lang staat iemand op de wislijst"
        )
    file = sqlite_file(settings.database_url)
    if file is not None:
        aside: Path | str = _replace_file(settings, copy, file, now=now, tell=tell) or ""
    else:
        aside = _replace_database(settings, copy, now=now, tell=tell)
    deps = make_deps(settings, clock=clock)
    with suppress(PermissionError):  # with two users the administrator makes the parts, each for its own user
        deps.storage.keys.create()
    found = take_over(deps)
    deps.storage.engine.dispose()
    return PutBack(aside=aside, found=found)


def _replace_file(settings: Settings, copy: Path, database: Path, *, now: datetime, tell: Tell) -> Path | None:
    staged = stage(copy, database, progress=tell)
    try:
        trial = settings.model_copy(update={"database_url": f"sqlite:///{staged}"})
        storage = open_storage(trial, migrating=True)
        storage.engine.dispose()
        before = storage.hold.copied_at
        with alone_with(open_engine(settings.database_url)):
            storage.hold.begin(now, copied_at=made_at(copy))
            try:
                return put_in_place(staged, database, now=now)
            except BaseException:
                if staged.exists():
                    _hold_as(before, storage.hold, now=now)
                raise
    finally:
        for end in ("", "-wal", "-shm", "-sender", "-working"):
            Path(f"{staged}{end}").unlink(missing_ok=True)


def _replace_database(settings: Settings, copy: Path, *, now: datetime, tell: Tell) -> str:
    address = address_of(settings.database_url)
    beside = postgres_copies.staged(copy, address)
    tell(1, 2)
    try:
        storage = open_storage(_at(settings, beside), migrating=True)
        storage.engine.dispose()
        before = storage.hold.copied_at
        with alone_with(open_engine(settings.database_url)):
            storage.hold.begin(now, copied_at=made_at(copy))
        try:
            aside = postgres_copies.put_in_place(beside, address, now=now)
        except UnusableBackup:
            _hold_as(before, storage.hold, now=now)
            raise
    finally:
        postgres_copies.drop(beside)
    tell(1, 1)
    return aside


def _hold_as(before: datetime | None, hold: Hold, *, now: datetime) -> None:
    """What was there is still there, so what was taken back since the copy may not be taken back from it."""
    if before is None:
        hold.end()
    else:
        hold.begin(now, copied_at=before)


def _at(settings: Settings, address: URL) -> Settings:
    return settings.model_copy(update={"database_url": address.render_as_string(hide_password=False)})


def _tried_out(settings: Settings, copy: Path) -> int:
    """Put the copy back in a scratch place and read it as the product would; how many rows it holds."""
    with _scratch(settings, copy) as scratch:
        deps = make_deps(scratch)
        changed = verify_maandbeelden(deps)
        rows = _rows(deps.storage)
        deps.storage.engine.dispose()
    if changed:
        raise UnusableBackup(f"in de kopie zijn {len(changed)} maandbeelden niet meer wat ze waren")
    return rows


@contextmanager
def _scratch(settings: Settings, copy: Path) -> Iterator[Settings]:
    """Where the copy was put back; gone after the block."""
    if sqlite_file(settings.database_url) is None:
        with postgres_copies.on_trial(copy, address_of(settings.database_url)) as address:
            yield _at(settings, address)
        return
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=TRIAL) as folder:  # not where others could read it
        database = Path(folder) / TRIED
        stage(copy, database, progress=lambda _done, _of: None).rename(database)
        yield settings.model_copy(update={"database_url": f"sqlite:///{database}"})


def _rows(storage: Storage) -> int:
    with storage.engine.connect() as connection:
        tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
        counts = (connection.scalar(select(func.count()).select_from(text(f'"{name}"'))) for name in tables)
        return sum(count or 0 for count in counts)
