"""Copies of the database: whole or not at all, made beside writers, and put back without losing what was there."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import backups
from storage.backups import copy_database, drop_old, keep, put_in_place, stage
from storage.database import checkpoint, open_engine
from storage.errors import UnusableBackup
from tests.support.empty import put_empty_database

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


class Killed(BaseException):
    """Stands in for kill -9: nothing of the program comes after it."""


def quiet(_done, _of):
    """Nobody watches."""


@pytest.fixture
def database(tmp_path):
    """A migrated database in use: with a write-ahead log, and an area in it."""
    path = tmp_path / "data" / "bot.db"
    put_empty_database(path)
    named(path, "Eerst")
    return path


def named(path, name):
    with closing(sqlite3.connect(path, isolation_level=None)) as there:
        there.execute("PRAGMA journal_mode = WAL")
        there.execute("INSERT INTO area VALUES (?, ?, ?, '')", (name, name, name))


def names(path):
    with closing(sqlite3.connect(path)) as there:
        return [name for (name,) in there.execute("SELECT name FROM area ORDER BY name")]


def test_a_copy_is_what_was_committed_and_nobody_else_may_read_it(database, tmp_path):
    """Made while somebody is in the middle of writing; one file with nothing beside it."""
    with closing(sqlite3.connect(database, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO area VALUES ('half', 'half', 'half', '')")
        seen = []
        copied = copy_database(database, tmp_path / "copies", now=NOW, progress=lambda *pages: seen.append(pages))
        writer.execute("COMMIT")
    assert copied.name.endswith(".half")  # until it was tried out
    made = keep(copied)
    assert names(made) == ["Eerst"]
    assert made.name == "even-stilstaan-20261126T093000Z.db"
    assert made.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in made.parent.iterdir()] == [made.name]
    assert seen[-1][0] == seen[-1][1] > 0


@pytest.fixture
def large(database):
    """A database of many steps."""
    with closing(sqlite3.connect(database, isolation_level=None)) as there:
        there.executemany(
            "INSERT INTO area VALUES (?, ?, ?, '')", ((f"a{n}", f"Gebied {n:02}", "x" * 60_000) for n in range(60))
        )
    return database


def test_a_copy_ends_while_others_commit_all_the_time(large, tmp_path):
    """It is of the moment at which it began: a step is never done twice, however many commits come between."""
    before, steps = names(large), []

    def commits(done, of):
        steps.append((done, of))
        assert len(steps) < 20
        named(large, f"Later {len(steps)}")

    made = copy_database(large, tmp_path / "copies", now=NOW, progress=commits)
    assert names(made) == before
    assert len(steps) == -(-steps[0][1] // backups._PAGES) > 2


def test_a_log_that_a_copy_kept_full_is_emptied_afterwards(large, tmp_path):
    """What was erased during a copy is in the log until then; once it is looked at, it holds up nothing."""
    engine = open_engine(f"sqlite:///{large}")
    log, emptied = Path(f"{large}-wal"), []

    def erases(_done, _of):
        assert len(emptied) < 20
        named(large, f"Later {len(emptied)}")
        emptied.append(checkpoint(engine))

    look = backups._look_at

    def looks(copy):
        assert checkpoint(engine)
        look(copy)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(backups, "_look_at", looks)
        patched.setattr("storage.database._EMPTYING_MILLISECONDS", 0)
        copy_database(large, tmp_path / "copies", now=NOW, progress=erases)
    assert set(emptied) == {False}
    assert log.stat().st_size == 0
    engine.dispose()


@pytest.mark.parametrize("content", [b"", b"geen database" * 100, "other"])
def test_what_is_no_whole_database_of_ours_becomes_no_copy(tmp_path, content):
    """Empty, something else, or a database of another program: told, and nothing is left behind."""
    source = tmp_path / "source.db"
    if content == "other":
        with closing(sqlite3.connect(source)) as there:
            there.execute("CREATE TABLE recipes (title TEXT)")
    else:
        source.write_bytes(content)
    with pytest.raises(UnusableBackup):
        copy_database(source, tmp_path / "copies", now=NOW, progress=quiet)
    assert list((tmp_path / "copies").iterdir()) == []


def test_a_damaged_page_is_found(database, tmp_path):
    """The header is fine, the middle is not."""
    copy = copy_database(database, tmp_path / "copies", now=NOW, progress=quiet)
    content = bytearray(copy.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    copy.write_bytes(content)
    with pytest.raises(UnusableBackup):
        stage(copy, database, progress=quiet)
    assert sorted(each.name for each in database.parent.iterdir() if "herstel" in each.name) == []
    assert names(database) == ["Eerst"]


def test_the_earlier_database_stays_whole_under_another_name(database, tmp_path):
    """With what was in its write-ahead log."""
    copy = copy_database(database, tmp_path / "copies", now=NOW, progress=quiet)
    named(database, "Later")
    aside = put_in_place(stage(copy, database, progress=quiet), database, now=NOW)
    assert names(database) == ["Eerst"]
    assert names(aside) == ["Eerst", "Later"]


def test_a_disk_without_hard_links_gets_a_copy_of_the_earlier_database(database, tmp_path, monkeypatch):
    """As disks for Windows are; for its owner only, and nothing that looks like it is left when that is full."""
    copy = copy_database(database, tmp_path / "copies", now=NOW, progress=quiet)
    named(database, "Later")
    staged = stage(copy, database, progress=quiet)
    monkeypatch.setattr(os, "link", says(errno.EPERM))
    with monkeypatch.context() as full:
        full.setattr(backups, "sync", says(errno.ENOSPC))
        with pytest.raises(OSError, match="No space"):
            put_in_place(staged, database, now=NOW)
    assert list(database.parent.glob("*voor-herstel*")) == []
    assert names(database) == ["Eerst", "Later"]
    aside = put_in_place(staged, database, now=NOW)
    assert names(database) == ["Eerst"]
    assert names(aside) == ["Eerst", "Later"]
    assert aside.stat().st_mode & 0o777 == 0o600


def says(number):
    """A disk that refuses like this."""

    def refuse(*_arguments):
        raise OSError(number, os.strerror(number))

    return refuse


def test_a_database_that_two_users_share_stays_shared(database, tmp_path):
    """The opener must be able to read what is put back, though nobody else may read a copy."""
    copy = copy_database(database, tmp_path / "copies", now=NOW, progress=quiet)
    database.chmod(0o660)
    put_in_place(stage(copy, database, progress=quiet), database, now=NOW)
    assert database.stat().st_mode & 0o777 == 0o660


def test_a_kill_anywhere_leaves_one_of_the_two_in_place(database, tmp_path, monkeypatch):
    """Before, between and after every step on the disk; the earlier one can always be found."""
    copy = copy_database(database, tmp_path / "copies", now=NOW, progress=quiet)
    held = sqlite3.connect(database)  # keeps the log from being folded in
    named(database, "Later")
    steps = []
    for name, owner in (("link", backups.os), ("unlink", backups.Path), ("replace", backups.Path)):
        real = getattr(owner, name)

        def counted(*arguments, real=real, **named_arguments):
            steps.append(real)
            if len(steps) == fatal:
                raise Killed
            return real(*arguments, **named_arguments)

        monkeypatch.setattr(owner, name, counted)
    fatal = 0
    while True:
        fatal, staged = fatal + 1, stage(copy, database, progress=quiet)
        steps.clear()
        try:
            put_in_place(staged, database, now=NOW + timedelta(seconds=fatal))
            break
        except Killed:
            assert names(database) == ["Eerst", "Later"]  # with its log, up to the moment of the swap
            found = [names(each) for each in database.parent.glob("*.voor-herstel-*Z")] + [names(database)]
            assert ["Eerst", "Later"] in found
    held.close()
    assert fatal > 4
    assert names(database) == ["Eerst"]


def test_only_old_copies_with_a_name_of_ours_are_dropped(tmp_path):
    """Thirty days is kept; what somebody else put there is not touched."""
    kept = [f"even-stilstaan-{NOW - timedelta(days=days):%Y%m%dT%H%M%SZ}.db" for days in (0, 30)]
    for name in (*kept, "even-stilstaan-20261001T000000Z.db", "foto.db", "even-stilstaan-oud.db"):
        (tmp_path / name).touch()
    assert drop_old(tmp_path, now=NOW) == 1
    assert {each.name for each in tmp_path.iterdir()} == {*kept, "foto.db", "even-stilstaan-oud.db"}


def test_what_a_killed_backup_left_goes_with_the_next_one(tmp_path):
    """Half a copy and a trial hold whole databases; what is of today may still be at work."""
    half, left, at_work = "even-stilstaan-20261101T000000Z.db.half", _trial(tmp_path), _trial(tmp_path)
    (tmp_path / half).touch()
    _touched(NOW - timedelta(days=2), tmp_path / half, left)
    _touched(NOW, at_work)
    assert drop_old(tmp_path, now=NOW) == 0
    assert list(tmp_path.iterdir()) == [at_work]


def test_a_folder_of_somebody_else_stays_however_old(tmp_path):
    """Only the name of a trial itself is ours, not every one that begins like it."""
    others = [tmp_path / name for name in ("proef-oud", "proef-versie-2", "proef-ABCDEFGH", "proef-abcdefghi")]
    others.append(tmp_path / "proef-oktober1")
    for each in others:
        each.mkdir()
        (each / "verslag.txt").touch()
    _touched(NOW - timedelta(days=20), *others)
    drop_old(tmp_path, now=NOW)
    assert sorted(tmp_path.iterdir()) == sorted(others)


def _trial(folder):
    """The folder of a trial as `backup` makes it, with a database in it."""
    made = Path(tempfile.mkdtemp(dir=folder, prefix=backups.TRIAL))
    for name in ("proef.db", "proef.db-wal", "proef.db.herstel"):
        (made / name).touch()
    return made


def _touched(moment, *paths):
    for path in paths:
        os.utime(path, (moment.timestamp(), moment.timestamp()))
