"""An old copy of the database comes back: who was erased since then is erased again, and nobody else is."""

from __future__ import annotations

import shutil

import pytest

from bot.usecases.forget_me import forget_me
from bot.usecases.replay_erasures import replay_erasures
from storage.erasures import ErasureList
from storage.errors import UnsafeKeyFolder
from storage.work import Work
from tests.support.house import ANNE, BRAM, COORDINATOR, open_house


class Killed(BaseException):
    """Stands in for kill -9: nothing of the program comes after it."""


@pytest.fixture
def reopen(house, tmp_path):
    """Copies of the house's database, and the house again with such a copy in place."""
    opened = []

    def copy():
        house.storage.checkpoint()
        house.storage.engine.dispose()
        return shutil.copytree(house.database.parent, tmp_path / "copies" / str(len(opened)))

    def restored(copied):
        house.storage.engine.dispose()
        shutil.rmtree(house.database.parent)
        shutil.copytree(copied, house.database.parent)
        again = open_house(house.folder)
        again.clock.moment = house.clock.moment
        opened.append(again)
        return again

    yield copy, restored
    for each in opened:
        each.storage.engine.dispose()


def test_an_old_copy_brings_nobody_back(house, reopen):
    """Person, sealed answer and messages to send are back with the copy, and gone before anything is sent."""
    copy, restored = reopen
    about = house.open_round()
    house.answer(ANNE, about.id)
    house.answer(BRAM, about.id)
    old = copy()
    anne = house.person(ANNE)
    assert forget_me(house.deps, chat_id=ANNE)
    again = restored(old)
    assert again.person(ANNE) == anne
    assert replay_erasures(again.deps) == 1
    assert again.person(ANNE) is None
    assert again.person(BRAM) is not None
    assert again.rows("SELECT count(*) FROM envelope") == [(1,)]
    assert not any(anne.id in repr(rows) for rows in again.everything().values())
    assert replay_erasures(again.deps) == 0


def test_who_joined_again_stays(house, reopen):
    """A new account of the same chat is not on the list, in the living database and in a copy made after joining."""
    copy, restored = reopen
    assert forget_me(house.deps, chat_id=ANNE)
    house.member(ANNE)
    assert replay_erasures(house.deps) == 0
    again = restored(copy())
    assert replay_erasures(again.deps) == 0
    assert again.person(ANNE) is not None


def test_the_last_coordinator_is_no_exception(house, reopen):
    """Whoever the administrator erased is not saved by coming back as the only one."""
    copy, restored = reopen
    old = copy()
    assert forget_me(house.deps, chat_id=COORDINATOR, by_administrator=True)
    again = restored(old)
    assert replay_erasures(again.deps) == 1
    assert again.person(COORDINATOR) is None


@pytest.mark.parametrize("after_commit", [False, True])
def test_a_kill_in_the_middle_loses_no_erasure(house, monkeypatch, reopen, after_commit):
    """Killed just before or just after the commit: the next start has them erased, and so has one on an old copy."""
    copy, restored = reopen
    old = copy()
    commit = Work.commit

    def killed(work):
        if after_commit:
            commit(work)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(Work, "commit", killed)
        with pytest.raises(Killed):
            forget_me(house.deps, chat_id=ANNE)
    assert (house.person(ANNE) is None) == after_commit
    replay_erasures(house.deps)
    assert house.person(ANNE) is None
    again = restored(old)
    assert again.person(ANNE) is not None
    replay_erasures(again.deps)
    assert again.person(ANNE) is None


def test_without_a_list_nobody_is_erased(house):
    """A plain start of a house in which nobody was ever erased changes nothing."""
    before = house.everything()
    assert replay_erasures(house.deps) == 0
    assert house.everything() == before


def test_an_erasure_that_cannot_be_listed_does_not_happen(house, monkeypatch):
    """Somebody may not seem erased now and come back later."""

    def full(*_arguments, **_keywords):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ErasureList, "add", full)
    before = house.everything()
    with pytest.raises(OSError, match="No space"):
        forget_me(house.deps, chat_id=ANNE)
    assert house.everything() == before


def test_a_list_that_lost_its_key_stops_the_start(house):
    """Better no start than people who come back unseen."""
    assert forget_me(house.deps, chat_id=ANNE)
    (house.folder / "keys" / "erased" / "key").unlink()
    with pytest.raises(UnsafeKeyFolder):
        replay_erasures(house.deps)
