"""The key folder: closed to others, whole files or none, and gone is gone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Barrier, Thread

import pytest

from storage.envelopes import open_sealed, seal
from storage.errors import Conflict, KeyGone, UnsafeKeyFolder
from storage.keys import KeyFolder
from tests.storage.builders import payload


def made(keys, *key_ids):
    """Both files of these keys, as opener and bot make them; the public keys."""
    public = [keys.make(key_id) for key_id in key_ids]
    for key_id in key_ids:
        keys.make_for_round(key_id)
    return public


def mode(path):
    return path.stat().st_mode & 0o777


def test_keys_are_files_that_only_this_user_reads(tmp_path):
    """Folders 0700, files 0600, whatever the umask of the process; check finds nothing wrong."""
    keys = KeyFolder(tmp_path / "new" / "keys")
    keys.create()
    made(keys, "k1")
    files = {str(path.relative_to(keys.path)): mode(path) for path in keys.path.rglob("*")}
    assert files == {"opener": 0o700, "bot": 0o700, "opener/k1.private": 0o600, "bot/k1.round": 0o600}
    assert mode(keys.path) == 0o700
    keys.check()


@pytest.mark.parametrize(
    ("name", "bits"),
    [
        ("", 0o755),
        ("", 0o702),
        ("opener", 0o710),
        ("bot", 0o701),
        ("opener/k1.private", 0o640),
        ("bot/k1.round", 0o604),
    ],
)
def test_a_key_that_others_can_reach_is_refused(keys, name, bits):
    """The message is Dutch, names the path and the command that mends it, and that command does mend it."""
    made(keys, "k1")
    path = keys.path / name
    path.chmod(bits)
    with pytest.raises(UnsafeKeyFolder, match="anderen kunnen bij de sleutels") as caught:
        keys.check()
    assert str(path) in str(caught.value)
    path.chmod(int(str(caught.value).split("chmod ")[1].split()[0], 8))
    keys.check()


def test_the_folder_may_be_passed_through(keys):
    """Two users can each reach their own part without seeing what else is there."""
    keys.path.chmod(0o711)
    keys.check()


def test_a_missing_folder_is_refused(tmp_path):
    """A wrong path is told before a round loses its answers to it."""
    with pytest.raises(UnsafeKeyFolder, match="is er niet"):
        KeyFolder(tmp_path / "typo").check()


def test_what_is_sealed_to_the_public_key_opens_with_the_private_one(keys):
    """The pair belongs together, and every key is another one."""
    public = keys.make("k1")
    assert open_sealed(seal(payload(s="5"), public_key=public), keys.private("k1")) == payload(s="5")
    assert keys.make("k2") != public


def test_a_slot_names_a_person_in_one_round_only(keys):
    """The same for the same person and round, also in another process; different for any other."""
    made(keys, "k1", "k2")
    slots = {keys.slot(key_id, f"person-{number}") for key_id in ("k1", "k2") for number in range(10)}
    assert len(slots) == 20
    assert {len(slot) for slot in slots} == {32}
    assert KeyFolder(keys.path).slot("k1", "person-1") == keys.slot("k1", "person-1")


def test_the_session_key_is_not_the_slot_key(keys):
    """Two independent halves, 32 bytes each, different for each round."""
    made(keys, "k1", "k2")
    halves = {keys.of_round("k1").session, keys.of_round("k2").session, *_halves(keys, "k1"), *_halves(keys, "k2")}
    assert len(halves) == 4
    assert {len(half) for half in halves} == {32}


def _halves(keys, key_id):
    content = (keys.path / "bot" / f"{key_id}.round").read_bytes()
    return content[:32], content[32:]


def test_a_destroyed_key_is_gone_at_once(keys):
    """Both files; every use tells that the key is gone; again is harmless; others stay."""
    made(keys, "k1", "k2")
    keys.destroy("k1")
    keys.destroy("k1")
    for use in (lambda: keys.slot("k1", "p"), lambda: keys.of_round("k1").session, lambda: keys.private("k1")):
        with pytest.raises(KeyGone, match="k1"):
            use()
    assert keys.known() == {"k2"}
    assert len(keys.slot("k2", "p")) == 32


def test_destroying_overwrites_before_it_deletes(keys, monkeypatch):
    """The bytes of the key are not left on the disk block of the deleted file."""
    made(keys, "k1")
    secrets = {path: path.read_bytes() for path in keys.path.rglob("k1.*")}
    left = {}
    unlink = Path.unlink

    def look_then_unlink(path, **kwargs):
        left[path] = path.read_bytes()
        unlink(path, **kwargs)

    monkeypatch.setattr(Path, "unlink", look_then_unlink)
    keys.destroy("k1")
    assert left.keys() == secrets.keys()
    for path, secret in secrets.items():
        assert len(left[path]) == len(secret)
        assert left[path] != secret


@pytest.mark.parametrize("failing", [1, 2])
def test_a_crash_while_making_leaves_no_half_file(keys, monkeypatch, failing):
    """Each file is there whole or not at all; what was left over is listed and can be destroyed."""
    renamed = []
    rename = Path.rename

    def crash(path, target):
        renamed.append(path)
        if len(renamed) == failing:
            raise OSError("power cut")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(OSError, match="power cut"):
        made(keys, "k1")
    monkeypatch.undo()
    sizes = {path.suffix: path.stat().st_size for path in keys.path.rglob("k1.*") if path.suffix != ".new"}
    assert sizes == ({} if failing == 1 else {".private": 32})
    assert keys.known() == {"k1"}
    keys.destroy("k1")
    assert keys.known() == frozenset()
    assert list(keys.path.rglob("k1.*")) == []


def test_a_key_is_made_once(keys):
    """Making it again would lock every envelope that was sealed before."""
    made(keys, "k1")
    before = keys.slot("k1", "p")
    with pytest.raises(Conflict):
        keys.make("k1")
    assert keys.slot("k1", "p") == before


def test_a_damaged_file_counts_as_gone(keys):
    """A file of another length is no key."""
    made(keys, "k1")
    (keys.path / "bot" / "k1.round").write_bytes(b"short")
    with pytest.raises(KeyGone):
        keys.slot("k1", "p")


@pytest.mark.parametrize("key_id", ["", "../k1", "a/b", "a.b", "x" * 65, "é"])
def test_a_key_id_cannot_leave_the_folder(keys, key_id):
    """Only letters, digits, - and _ name a file."""
    with pytest.raises(ValueError, match="key id"):
        keys.make(key_id)


def test_the_bot_works_with_its_own_part_only(keys):
    """Without opener/ slots and sessions work, envelopes stay shut, and destroying takes what can be reached."""
    made(keys, "k1")
    slot = keys.slot("k1", "p")
    shutil.rmtree(keys.path / "opener")
    bot = KeyFolder(keys.path)
    bot.check()
    assert bot.slot("k1", "p") == slot
    assert len(bot.of_round("k1").session) == 32
    assert bot.known() == {"k1"}
    with pytest.raises(UnsafeKeyFolder, match="opener"):
        bot.private("k1")
    bot.destroy("k1")
    assert bot.known() == frozenset()


def test_a_disk_that_is_away_is_no_loss_of_keys(keys):
    """Nothing reads as destroyed, and nothing is made in the empty place where the disk comes back."""
    made(keys, "k1")
    slot = keys.slot("k1", "p")
    away = keys.path.with_name("disk")
    keys.path.rename(away)
    keys.path.mkdir(mode=0o700)
    uses = (
        lambda: keys.slot("k1", "p"),
        lambda: keys.private("k1"),
        lambda: keys.make("k2"),
        lambda: keys.make_for_round("k2"),
        keys.check_bot,
        keys.check_opener,
    )
    for use in uses:
        with pytest.raises(UnsafeKeyFolder, match="is er n"):
            use()
    assert not keys.can_find()
    assert list(keys.path.iterdir()) == []
    keys.path.rmdir()
    away.rename(keys.path)
    assert keys.slot("k1", "p") == slot


@pytest.mark.parametrize("part", ["opener", "bot"])
def test_what_is_no_key_is_left_alone(keys, part):
    """A disk has files of its own, and so has an administrator who copies one."""
    made(keys, "k1")
    for name in ("lost+found", ".nfs0001", "sleutel (kopie).private", "sleutel (kopie).round", "notes.txt"):
        (keys.path / part / name).touch(mode=0o600)
    assert keys.known() == keys.whole() == keys.opening() == {"k1"}


def test_a_key_is_whole_with_a_file_in_each_part_that_can_be_read(keys):
    """Of a half, a half-written one and one of another user's part only the last counts."""
    made(keys, "k1", "k2", "k3", "k4")
    (keys.path / "opener" / "k2.private").unlink()
    (keys.path / "bot" / "k3.round").unlink()
    half = keys.path / "bot" / "k4.round"
    half.rename(half.with_suffix(".new"))
    assert keys.whole() == {"k1"}
    assert keys.opening() == {"k1", "k3", "k4"}
    assert keys.known() == {"k1", "k2", "k3", "k4"}  # all of it must be destroyed one day
    shutil.rmtree(keys.path / "opener")
    assert keys.whole() == {"k1", "k2"}
    with pytest.raises(UnsafeKeyFolder, match="opener"):
        keys.opening()
    shutil.rmtree(keys.path / "bot")
    assert keys.whole() == frozenset()


def test_stock_is_taken_one_by_one(storage):
    """Every key once, until there is none."""
    with storage.begin() as work:
        assert work.keys.take() is None
        for name in ("b", "a"):
            work.keys.add(name, name.encode() * 32)
        assert (work.keys.count(), work.keys.unused()) == (2, {"a", "b"})
        assert work.keys.take() == ("a", b"a" * 32)
        assert (work.keys.count(), work.keys.unused()) == (1, {"b"})
        assert work.keys.take() == ("b", b"b" * 32)
        assert work.keys.take() is None
        with pytest.raises(Conflict):
            work.keys.add("a", bytes(32))


def test_two_processes_never_take_the_same_key(storage, rival):
    """Two racers empty a stock of twenty: each key has one owner."""
    with storage.begin() as work:
        for number in range(20):
            work.keys.add(f"k{number:02}", bytes(32))
        work.commit()
    barrier = Barrier(2)
    taken = []

    def take(which):
        barrier.wait()
        while True:
            with which.begin() as work:
                key = work.keys.take()
                work.commit()
            if key is None:
                return
            taken.append(key[0])

    threads = [Thread(target=take, args=(which,)) for which in (storage, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [f"k{number:02}" for number in range(20)]


# Two users


def test_opener_and_bot_make_each_their_own_file(keys):
    """A pair for the stock leaves nothing for the bot; the bot's key leaves nothing for the opener."""
    keys.make("k1")
    assert [path.name for path in keys.path.rglob("k1.*")] == ["k1.private"]
    with pytest.raises(KeyGone):
        keys.slot("k1", "p")
    keys.make_for_round("k2")
    assert [path.name for path in keys.path.rglob("k2.*")] == ["k2.round"]
    with pytest.raises(KeyGone):
        keys.private("k2")


def test_an_opening_that_is_tried_again_keeps_its_key(keys):
    """Slots that were given out stay the same."""
    keys.make_for_round("k1")
    slot = keys.slot("k1", "p")
    keys.make_for_round("k1")
    assert keys.slot("k1", "p") == slot


def test_the_opener_marks_people_without_the_key_of_the_bot(keys):
    """The same mark for the same person and month, another for any other; gone with the private key."""
    keys.make("k1")
    keys.make("k2")
    marks = {keys.mark(key_id, f"person-{number}") for key_id in ("k1", "k2") for number in range(10)}
    assert len(marks) == 20
    assert KeyFolder(keys.path).mark("k1", "person-1") == keys.mark("k1", "person-1")
    keys.destroy("k1")
    with pytest.raises(KeyGone):
        keys.mark("k1", "person-1")


@pytest.fixture
def seen_as(keys, monkeypatch):
    """What another user may do: the parts named are closed to it."""
    access = os.access

    def close(*parts):
        monkeypatch.setattr(os, "access", lambda path, how: path.name not in parts and access(path, how))

    return close


def test_an_opener_that_may_not_open_is_refused(keys, seen_as):
    """With the folder and the two ways out; with no folder at all too."""
    keys.check_opener()
    seen_as("opener")
    assert not keys.can_open()
    with pytest.raises(UnsafeKeyFolder, match="run --without-release") as caught:
        keys.check_opener()
    assert str(keys.path / "opener") in str(caught.value)
    (keys.path / "opener").rmdir()
    with pytest.raises(UnsafeKeyFolder, match="is er niet"):
        keys.check_opener()


def test_private_keys_in_the_folder_of_somebody_else_are_refused(keys, monkeypatch):
    """Who owns the folder can open its files again, whatever their mode is."""
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(UnsafeKeyFolder, match="chown 4711"):
        keys.check_opener()


def test_what_belongs_to_another_user_is_left_to_that_user(keys, seen_as):
    """Neither listed nor destroyed, and no error: the other process does its own."""
    made(keys, "k1")
    seen_as("opener")
    keys.destroy("k1")
    assert [path.name for path in keys.path.rglob("k1.*")] == ["k1.private"]
    assert keys.known() == frozenset()
