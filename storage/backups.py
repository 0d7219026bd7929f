"""Copies of an SQLite database: made while the bot works, looked at before they count, and put back in its place.

A copy holds the database and nothing else. Keys are files in a folder of their own, so a copy opens no envelope.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from storage.disk import sync
from storage.errors import UnusableBackup

KEPT: Final = timedelta(days=30)
"""How long a copy is kept: half as long as the list of who was erased, which must outlive every copy."""
_NAME: Final = re.compile(r"even-stilstaan-(\d{8}T\d{6}Z)\.(?:db|dump)")
TRIAL: Final = "proef-"
"""How the name of a folder begins in which a copy is tried out."""
TRIED: Final = "proef.db"
"""What the copy is called there; what lies beside it begins like that."""
LEFT_AFTER: Final = timedelta(days=1)
"""What is unfinished for so long belongs to a backup that was killed."""
UNFINISHED: Final = ".half"
"""How the name of a copy ends that was not tried out yet."""
_LEFT: Final = re.compile(rf"even-stilstaan-\d{{8}}T\d{{6}}Z\.(?:db|dump){re.escape(UNFINISHED)}(?:-journal)?")
_LEFT_TRIAL: Final = re.compile(rf"{TRIAL}[a-z0-9_]{{8}}")
"""With the eight characters that ``tempfile`` puts behind it."""
_PAGES: Final = 256
"""Pages per step: so often is told how far it is. Nobody who writes waits for a copy."""
_OWNER_ONLY, _SHARED = 0o600, 0o660
"""A copy is for whoever made it; the database itself is also for the opener, as far as the umask lets it."""
_BESIDE: Final = ("", "-wal", "-shm")
_NO_SECOND_NAME: Final = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK})
"""What a disk without hard links says when it is asked for one."""
Progress = Callable[[int, int], None]
"""Is told how many pages are done, and of how many."""


def copy_database(database: Path, folder: Path, *, now: datetime, progress: Progress) -> Path:
    """Copy a database that may be in use into a folder; the path of the copy, which was looked at.

    Its name says that it is unfinished until ``keep``; it is readable by its owner only. Raises UnusableBackup when the
    database is not there, or its copy is damaged.
    """
    if not database.is_file():
        raise UnusableBackup(f"er is geen database: {database}")
    begun = unfinished(folder, now=now, kind="db")
    _copied(database, begun, progress, mode=_OWNER_ONLY)
    return begun


def unfinished(folder: Path, *, now: datetime, kind: str) -> Path:
    """Where a copy of this kind is made, in a folder that is made when it is not there; ``keep`` gives it its name."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"even-stilstaan-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.{kind}{UNFINISHED}"


def keep(copy: Path) -> Path:
    """Give a copy that was tried out its name; a copy with that name is one to trust."""
    kept = copy.rename(copy.with_name(copy.name.removesuffix(UNFINISHED)))
    sync(kept.parent)
    return kept


def stage(copy: Path, database: Path, *, progress: Progress) -> Path:
    """Copy a backup to beside the database it will replace; the path, of a copy that was looked at.

    Raises UnusableBackup when the backup is not there, damaged, or no database of this product.
    """
    if not copy.is_file():
        raise UnusableBackup(f"deze back-up is er niet: {copy}")
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    staged = database.with_name(f"{database.name}.herstel")
    _copied(copy, staged, progress, mode=_SHARED)
    if database.exists():
        shutil.copymode(database, staged)
    return staged


def put_in_place(staged: Path, database: Path, *, now: datetime) -> Path | None:
    """Let a staged copy be the database; where the earlier one went, None when there was none.

    Nothing is thrown away, and at each moment one of the two is there whole: the earlier one is brought to one file,
    and gets a second name before the staged one takes the first. Only while nobody else works with it.
    """
    _fold_log(database)
    aside = database.with_name(f"{database.name}.voor-herstel-{now.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}")
    there = database.exists()
    for end in _BESIDE:
        earlier = Path(f"{database}{end}")
        if earlier.exists():
            _name_too(earlier, Path(f"{aside}{end}"))
    for end in _BESIDE[1:]:
        Path(f"{database}{end}").unlink(missing_ok=True)
    staged.replace(database)
    sync(database.parent)
    return aside if there else None


def _name_too(file: Path, other: Path) -> None:
    """Give a file a second name, or copy it on a disk that knows no such thing, like one for Windows."""
    try:
        os.link(file, other)
    except OSError as error:
        if error.errno not in _NO_SECOND_NAME:
            raise
        os.close(os.open(other, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY))
        try:
            shutil.copyfile(file, other)
            sync(other)
        except BaseException:
            other.unlink()
            raise


def _fold_log(database: Path) -> None:
    """Move the write-ahead log into the file: without it, a kill would leave the file without its latest commits."""
    if database.exists():
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as there:  # one that is damaged
            there.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def made_at(copy: Path) -> datetime:
    """When a copy was made, by its name: the file itself gets another moment whenever somebody copies it.

    Raises UnusableBackup when it is not there, or has another name: who and what was erased since could come back.
    """
    if not copy.is_file():
        raise UnusableBackup(f"deze back-up is er niet: {copy}")
    found = _NAME.fullmatch(copy.name)
    if not found:
        raise UnusableBackup(
            f"deze kopie heeft niet meer de naam die de bot haar gaf: {copy.name}. Geef haar die naam terug, zoals "
            "even-stilstaan-20261126T030000Z.db (of .dump). Daaraan ziet de bot wie en wat er daarna is gewist"
        )
    return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _touched_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def drop_old(folder: Path, *, now: datetime) -> int:
    """Delete what a killed backup left in a folder, and the copies that are older than `KEPT`; how many copies."""
    dropped = 0
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name) and made_at(path) < now - KEPT:
            path.unlink()
            dropped += 1
        elif _is_left(path) and _touched_at(path) < now - LEFT_AFTER:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return dropped


def _is_left(path: Path) -> bool:
    """Whether a backup that was killed left this; somebody else's folder may be called like one of ours."""
    if path.is_dir():
        return bool(_LEFT_TRIAL.fullmatch(path.name)) and all(each.name.startswith(TRIED) for each in path.iterdir())
    return bool(_LEFT.fullmatch(path.name))


def _copied(source: Path, to: Path, progress: Progress, *, mode: int) -> None:
    to.unlink(missing_ok=True)
    try:
        with closing(_new(to, mode)) as here:
            with closing(_read_only(source)) as there:
                # Of one moment: otherwise each commit of somebody else would begin the copy anew, without end.
                there.execute("BEGIN")
                there.execute("SELECT count(*) FROM sqlite_master")
                there.backup(here, pages=_PAGES, progress=lambda _status, left, of: progress(of - left, of))
            here.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
            _look_at(here)
    except sqlite3.DatabaseError as error:
        to.unlink(missing_ok=True)
        raise UnusableBackup(f"dit is geen bruikbare database: {source} ({error})") from None
    except UnusableBackup:
        to.unlink(missing_ok=True)
        raise
    sync(to)
    sync(to.parent)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _new(path: Path, mode: int) -> sqlite3.Connection:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    return sqlite3.connect(path)


def _look_at(copy: sqlite3.Connection) -> None:
    """Every page, every index and every reference of a copy, and whether it is ours."""
    if (found := copy.execute("PRAGMA integrity_check").fetchone()) != ("ok",):
        raise UnusableBackup(f"de kopie is beschadigd: {found[0]}")
    if copy.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise UnusableBackup("in de kopie verwijzen rijen naar niets")
    if not copy.execute("SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]:
        raise UnusableBackup("dit is geen database van Even Stilstaan")
