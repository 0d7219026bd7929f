"""The list of the erased: it forgets nobody, also after a power cut or beside another process, and names nobody."""

from __future__ import annotations

from datetime import date, timedelta
from multiprocessing import get_context

import pytest

from storage.erasures import ErasureList
from storage.errors import UnsafeKeyFolder
from storage.keys import KeyFolder

DAY = date(2026, 11, 2)
ANNE, BRAM, CARLA = "anne-0123456789", "bram-0123456789", "carla-0123456789"


@pytest.fixture
def erased(tmp_path):
    keys = KeyFolder(tmp_path / "keys")
    keys.create()
    return ErasureList(keys.path / "erased")


def test_who_is_on_it_is_found_and_nobody_else(erased):
    """Twice on it is once; an empty list needs no key."""
    assert erased.match((ANNE, BRAM)) == ()
    for person in (ANNE, BRAM, ANNE):
        erased.add(person, on=DAY)
    assert erased.match((CARLA, BRAM, ANNE)) == (BRAM, ANNE)


def test_it_names_nobody(erased):
    """No id is in any file of it, and the same person gives another hash under another key."""
    erased.add(ANNE, on=DAY)
    contents = [file.read_bytes() for file in erased.folder.iterdir()]
    assert not [content for content in contents if ANNE.encode() in content]
    other = ErasureList(erased.folder.with_name("other"))
    other.add(ANNE, on=DAY)
    assert (other.folder / "list").read_text() != (erased.folder / "list").read_text()


def test_a_half_line_is_no_entry_and_spoils_none(erased):
    """A power cut in the middle of a line: what came before and what comes after are found."""
    erased.add(ANNE, on=DAY)
    with (erased.folder / "list").open("a") as file:
        file.write("2026-11-02 abcdef")
    assert erased.match((ANNE,)) == (ANNE,)
    erased.add(BRAM, on=DAY)
    assert erased.match((ANNE, BRAM)) == (ANNE, BRAM)


def test_old_entries_go(erased):
    """Those from before the day go, that day's stay, and adding goes on."""
    erased.add(ANNE, on=DAY)
    erased.add(BRAM, on=DAY + timedelta(days=1))
    assert erased.drop_before(DAY) == 0
    assert erased.drop_before(DAY + timedelta(days=1)) == 1
    assert erased.match((ANNE, BRAM)) == (BRAM,)
    erased.add(CARLA, on=DAY)
    assert erased.match((BRAM, CARLA)) == (BRAM, CARLA)


def test_a_list_without_its_key_stops_the_work(erased):
    """Refused in plain words, and not answered with a new key under which nobody would be found."""
    erased.add(ANNE, on=DAY)
    (erased.folder / "key").unlink()
    with pytest.raises(UnsafeKeyFolder, match="wislijst"):
        erased.match((ANNE,))
    with pytest.raises(UnsafeKeyFolder, match="wislijst"):
        erased.add(BRAM, on=DAY)


def _add_many(folder, name):
    for number in range(25):
        ErasureList(folder).add(f"{name}-{number}", on=DAY)
        ErasureList(folder).drop_before(DAY)


@pytest.mark.process
def test_two_processes_lose_nothing(erased):
    """Both add and tidy at the same time; every entry is there. One old entry makes the tidying rewrite the list."""
    erased.add("old", on=DAY - timedelta(days=1))
    context = get_context("spawn")
    writers = [context.Process(target=_add_many, args=(erased.folder, name)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for _ in range(25):
        erased.add("old", on=DAY - timedelta(days=1))
        erased.drop_before(DAY)
    for writer in writers:
        writer.join(timeout=60)
    everybody = tuple(f"{name}-{number}" for name in ("one", "two") for number in range(25))
    assert erased.match(everybody) == everybody


def test_no_list_is_begun_where_the_disk_with_the_keys_is_away(erased):
    """It would be hidden once the disk is back, and an old copy would bring back who is on it."""
    keys = erased.folder.parent
    keys.rename(keys.with_name("disk"))
    for around in (keys, keys / "mounted here"):
        with pytest.raises(UnsafeKeyFolder, match="Koppel"):
            ErasureList(around / "erased").add(ANNE, on=DAY)
    keys.mkdir()
    with pytest.raises(UnsafeKeyFolder, match="Koppel"):
        erased.add(ANNE, on=DAY)
    assert list(keys.iterdir()) == []


def test_it_is_for_this_user_only(erased, tmp_path):
    """Folder and files are private, and the key folder refuses it otherwise."""
    erased.add(ANNE, on=DAY)
    assert (erased.folder.stat().st_mode & 0o777) == 0o700
    assert {file.stat().st_mode & 0o777 for file in erased.folder.iterdir()} == {0o600}
    folder = KeyFolder(tmp_path / "keys")
    folder.path.chmod(0o700)
    folder.check()
    (erased.folder / "list").chmod(0o644)
    with pytest.raises(UnsafeKeyFolder, match="600"):
        folder.check()
