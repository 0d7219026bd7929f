"""A backup and the way back, as an administrator does it: on hold, without the erased, and told what is lost."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from nacl.public import PublicKey
from telegram.ext import ExtBot

from bot import house as room
from bot.backups.copying import back_up, restore
from bot.commands.copies import put_back as put_back_told
from bot.house import House
from bot.safety import refuse_unsafe
from bot.settings import load_settings
from bot.usecases.clear_traces import clear_traces
from bot.usecases.erase_answer import erase_answer
from bot.usecases.forget_me import forget_me
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.release_round import fill_stock, release_due
from bot.usecases.replay_erasures import replay_erasures
from bot.usecases.resume_restored import go_on
from storage.errors import Unavailable, UnusableBackup
from storage.presence import alone_with
from tests.support.house import ANNE, BRAM, DAY, open_house
from tests.support.played import played_once
from tests.support.telegram import TOKEN, FakeTelegram


def quiet(_done, _of):
    """Nobody watches."""


@pytest.fixture
def settings(house):
    return load_settings(
        telegram_bot_token=TOKEN,
        database_url=f"sqlite:///{house.database}",
        key_dir=house.folder / "keys",
        webhook_url=None,
        dialogues_dir=None,
    )


@played_once
def about(house):
    """A round in which two people answered."""
    about = house.open_round()
    for chat in (ANNE, BRAM):
        house.answer(chat, about.id)
    return about


@pytest.fixture
def made(house, about, settings):
    """A backup of a house with that round and a message that waits."""
    house.about = about
    return back_up(settings, house.folder / "copies", now=house.clock.moment, tell=quiet)


@pytest.fixture
def put_back(house, settings, made):
    """Restore it; gives what was found, and the house over the restored database."""
    opened = []

    def act():
        house.storage.engine.dispose()
        done = restore(settings, made.path, tell=quiet, clock=house.clock)
        again = open_house(house.folder)
        again.clock.moment = house.clock.moment
        opened.append(again)
        return done, again

    yield act
    for each in opened:
        each.storage.engine.dispose()


def test_a_backup_was_put_back_on_trial_and_holds_no_key(house, made):
    """Its rows were counted; no byte of a key file is in it, and nothing lies beside it."""
    assert made.rows == sum(len(rows) for name, rows in house.everything().items() if name != "alembic_version")
    content = made.path.read_bytes()
    files = [each for each in (house.folder / "keys").rglob("*") if each.is_file()]
    assert len(files) > 4
    assert not any(each.read_bytes()[:32] in content for each in files if each.stat().st_size >= 32)
    assert [each.name for each in made.path.parent.iterdir()] == [made.path.name]


def test_a_copy_with_a_changed_maandbeeld_is_not_kept(house, settings):
    """What was written is no longer what it was: no copy to trust, and an older one stays."""
    house.close(house.open_round())
    assert house.maandbeeld()
    with house.storage.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS maandbeeld_written_once")
        connection.exec_driver_sql("UPDATE maandbeeld SET body = body || ' '")
    with pytest.raises(UnusableBackup, match="maandbeelden"):
        back_up(settings, house.folder / "copies", now=house.clock.moment, tell=quiet)
    assert list((house.folder / "copies").iterdir()) == []


def test_a_backup_that_is_killed_leaves_nothing_that_looks_like_a_copy(house, settings, monkeypatch):
    """Before the trial is over it has another name, which a script that takes the newest copy does not see."""
    monkeypatch.setattr("bot.backups.copying._tried_out", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        back_up(settings, house.folder / "copies", now=house.clock.moment, tell=quiet)
    assert [each.suffix for each in (house.folder / "copies").iterdir()] == [".half"]


def test_what_was_answered_is_back_where_the_keys_still_are(house, put_back):
    """An open round goes on; what came after the copy is gone, and kept aside."""
    forget_me(house.deps, chat_id=BRAM)
    done, again = put_back()
    assert done.found.lost == ()
    assert done.found.waiting > 0
    assert Path(done.aside).exists()
    assert again.person(ANNE) is not None


def test_who_was_erased_stays_erased(house, put_back):
    """Also from the open round of the copy."""
    forget_me(house.deps, chat_id=ANNE)
    done, again = put_back()
    assert done.found.erased == 1
    assert again.person(ANNE) is None
    assert again.rows("SELECT count(*) FROM envelope") == [(1,)]


def test_without_a_list_of_the_erased_it_is_said_that_they_may_be_back(house, settings, made, monkeypatch, capsys):
    """Lost with its key folder: "nobody" would be a lie. With the list back, the same again erases them."""
    monkeypatch.setattr("bot.commands.copies.restore", partial(restore, clock=house.clock))
    forget_me(house.deps, chat_id=ANNE)
    house.storage.engine.dispose()
    away = house.storage.erasures.folder.rename(house.folder / "erased")
    put_back_told(settings, made.path)
    said = " ".join(capsys.readouterr().out.split())
    assert "Let op: er is geen wislijst in de sleutelmap." in said
    assert "python -m bot erase CHATNUMMER" in said
    assert "al gewist waren" not in said
    away.rename(house.storage.erasures.folder)
    house.clock.pass_(DAY)
    put_back_told(settings, made.path)
    said = " ".join(capsys.readouterr().out.split())
    assert "al gewist waren, en nu opnieuw: 1." in said
    assert "wislijst" not in said


def test_an_answer_that_was_taken_back_stays_back(house, put_back):
    """Also the dialogue that ran when the copy was made; Bram's answer stays, and Anne can answer again for good."""
    assert len(erase_answer(house.deps, chat_id=ANNE)) > 1
    _, again = put_back()
    assert again.rows("SELECT count(*) FROM envelope") == [(1,)]
    go_on(again.deps, send=False)
    again.answer(ANNE, house.about.id)
    replay_erasures(again.deps)
    assert again.rows("SELECT count(*) FROM envelope") == [(2,)]


def test_a_dialogue_that_was_wiped_does_not_go_on(house, settings, put_back, made):
    """It ran when the copy was made; its first tap would have brought the answers back."""
    house.start(ANNE, house.about.id)
    house.storage.checkpoint()
    copy = back_up(settings, house.folder / "copies", now=house.clock.moment, tell=quiet)
    assert copy.path == made.path
    erase_answer(house.deps, chat_id=ANNE)
    _, again = put_back()
    assert again.rows("SELECT count(*) FROM dialogue_session") == [(0,)]


def test_an_answer_given_again_before_the_copy_comes_back(house, settings):
    """Taken back on an earlier day than that of the copy: what is in the copy was meant to stay."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    erase_answer(house.deps, chat_id=ANNE)
    house.answer(ANNE, about.id)
    house.clock.moment += DAY
    made = back_up(settings, house.folder / "copies", now=house.clock.moment, tell=quiet)
    house.storage.engine.dispose()
    restore(settings, made.path, tell=quiet, clock=house.clock)
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]


def test_a_kill_after_the_swap_brings_no_wiped_answer_back(house, settings, made, monkeypatch):
    """The next start does what the restore had not come to."""
    erase_answer(house.deps, chat_id=ANNE)
    monkeypatch.setattr("bot.backups.copying.take_over", lambda _deps: (_ for _ in ()).throw(KeyboardInterrupt))
    house.storage.engine.dispose()
    with pytest.raises(KeyboardInterrupt):
        restore(settings, made.path, tell=quiet, clock=house.clock)
    assert house.rows("SELECT count(*) FROM envelope") == [(2,)]
    replay_erasures(house.deps)
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]


def test_envelopes_without_a_key_are_destroyed_and_told(house, put_back):
    """The round was released since: the copy brings its envelopes, and nothing opens them any more."""
    house.storage.keys.destroy(house.about.key_id)
    done, again = put_back()
    assert [each.team for each in done.found.lost] == [house.team.name]
    assert again.rows("SELECT count(*) FROM envelope") == [(0,)]
    assert again.round(house.about.id).closes_at < house.about.closes_at


def test_a_round_after_a_restore_takes_a_new_key(house, put_back, made):
    """What was in stock in the copy was used and destroyed since, or is in use: the round waits for the opener."""
    for key_id in house.read(lambda work: work.keys.unused()):
        house.storage.keys.destroy(key_id)
    _, again = put_back()
    again.team = house.team
    go_on(again.deps, send=False)
    older = {about.id for about in again.read(lambda work: work.rounds.with_keys())}
    again.clock.moment = again.read(lambda work: work.schedules.get(house.team_id)).next_due_at
    assert open_due_rounds(again.deps) == 0
    fill_stock(again.deps)
    assert open_due_rounds(again.deps) == 1
    opened = [each for each in again.read(lambda work: work.rounds.with_keys()) if each.id not in older]
    assert [PublicKey(each.public_key) for each in opened] == [
        again.storage.keys.private(each.key_id).public_key for each in opened
    ]


def test_a_key_in_stock_that_was_used_since_the_copy_is_used_no_second_time(house, put_back, made):
    """The round that took it is gone with the copy; a key has one round."""
    before = house.read(lambda work: work.keys.unused())
    house.storage.keys.make_for_round(min(before))
    _, again = put_back()
    assert before
    assert again.read(lambda work: work.keys.unused()) == frozenset()
    clear_traces(again.deps)
    assert not before & again.storage.keys.known()


@pytest.mark.parametrize("part", ["opener", "bot"])
def test_half_of_a_key_is_no_key(house, put_back, part):
    """Without the one half nothing opens an envelope, without the other nobody can answer any more."""
    for file in (house.folder / "keys" / part).glob(f"{house.about.key_id}.*"):
        file.unlink()
    done, again = put_back()
    assert [each.team for each in done.found.lost] == [house.team.name]
    assert again.rows("SELECT count(*) FROM envelope") == [(0,)]


def test_a_new_key_folder_is_made_ready(house, settings, made):
    """The old one is lost: an empty one as docs/beheer.md says is enough for a bot that starts, and rounds end."""
    house.storage.engine.dispose()
    shutil.rmtree(house.folder / "keys")
    (house.folder / "keys").mkdir(mode=0o700)
    assert restore(settings, made.path, tell=quiet, clock=house.clock).found.lost
    house.storage.keys.check()
    house.storage.keys.check_opener()


def test_with_keys_that_are_lost_the_erased_go_and_rounds_end(house, put_back):
    """Only the list of the erased was kept; nothing waits for keys that never come back."""
    forget_me(house.deps, chat_id=ANNE)
    keys = house.folder / "keys"
    (keys / "erased").rename(house.folder / "kept")
    shutil.rmtree(keys)
    keys.mkdir(mode=0o700)
    (house.folder / "kept").rename(keys / "erased")
    done, again = put_back()
    assert (done.found.erased, again.person(ANNE), bool(done.found.lost)) == (1, None, True)
    refuse_unsafe(again.storage, opens=True, slots=True)
    go_on(again.deps, send=False)
    refuse_unsafe(again.storage, opens=True, slots=True)
    release_due(again.deps)
    assert again.round(house.about.id).state == "destroyed"


async def test_nothing_is_said_before_an_administrator_lets_go(house, settings, put_back, monkeypatch):
    """The bot starts, asks Telegram nothing and sends nothing; then it goes on by itself."""
    _, again = put_back()
    telegram = FakeTelegram()
    monkeypatch.setattr(
        room, "make_bot", lambda token, _url: ExtBot(token, request=telegram, get_updates_request=telegram)
    )
    monkeypatch.setattr(room, "HOLD_SECONDS", 0.01)
    stopping = asyncio.Event()
    running = asyncio.create_task(House(again.deps, settings).run(stopping))
    for _ in range(20):
        await asyncio.sleep(0.01)
    assert telegram.calls == []
    assert not running.done()
    assert go_on(again.deps, send=False) > 0
    for _ in range(1000):
        await asyncio.sleep(0.01)
        if telegram.of("getUpdates"):
            break
    assert telegram.of("sendMessage") == []
    stopping.set()
    await running


def test_what_waited_can_be_sent_after_all(house, put_back):
    """The administrator chooses; the hold is over either way."""
    done, again = put_back()
    assert again.storage.hold.is_on
    assert go_on(again.deps, send=True) == 0
    assert again.read(lambda work: work.deliveries.waiting()) == done.found.waiting
    assert not again.storage.hold.is_on


def test_a_copy_from_before_the_list_of_the_erased_is_refused(house, settings, made):
    """Nobody knows any more who was erased since; nothing has changed, however new the file looks."""
    house.clock.moment += 61 * DAY
    os.utime(made.path, (house.clock.moment.timestamp(),) * 2)
    with pytest.raises(UnusableBackup, match="60 dagen"):
        restore(settings, made.path, tell=quiet, clock=house.clock)
    assert not house.storage.hold.is_on


def test_a_copy_with_another_name_is_refused(house, settings, made):
    """From the name it is known who and what was erased since; how to go on is said."""
    renamed = made.path.rename(made.path.with_name("kopie.db"))
    with pytest.raises(UnusableBackup, match="Geef haar die naam terug"):
        restore(settings, renamed, tell=quiet, clock=house.clock)
    assert not house.storage.hold.is_on


@pytest.mark.parametrize("on_hold", [False, True])
def test_a_disk_that_fails_before_the_swap_leaves_everything_as_it_was(house, settings, made, monkeypatch, on_hold):
    """An answer that was taken back and given again is newer than the copy: the next start may not take it back."""
    erase_answer(house.deps, chat_id=ANNE)
    house.answer(ANNE, house.about.id)
    later = house.clock.moment + DAY
    if on_hold:  # a copy of a day later is there, and this older one is tried
        house.storage.hold.begin(later, copied_at=later)
    house.storage.engine.dispose()
    with monkeypatch.context() as broken:
        broken.setattr(os, "link", fails)
        with pytest.raises(OSError, match="Input/output"):
            restore(settings, made.path, tell=quiet, clock=house.clock)
    assert house.storage.hold.copied_at == (later if on_hold else None)
    replay_erasures(house.deps)
    assert house.rows("SELECT count(*) FROM envelope") == [(2,)]


def test_a_disk_that_fails_after_the_swap_leaves_it_on_hold(house, settings, made, monkeypatch):
    """The copy is there: nothing may be said before what was erased since is erased again."""
    erase_answer(house.deps, chat_id=ANNE)
    house.storage.engine.dispose()
    staged = house.database.with_name(f"{house.database.name}.herstel")
    with monkeypatch.context() as broken:
        broken.setattr("storage.backups.sync", lambda _path: staged.exists() or fails())
        with pytest.raises(OSError, match="Input/output"):
            restore(settings, made.path, tell=quiet, clock=house.clock)
    assert house.storage.hold.is_on
    replay_erasures(house.deps)
    assert house.rows("SELECT count(*) FROM envelope") == [(1,)]


def fails(*_arguments):
    """What a broken disk says."""
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_letting_go_first_finishes_a_restore_that_was_cut_short(house, settings, made, monkeypatch):
    """Wiped answers and erased people would be back otherwise, and envelopes that no key opens would wait for ever."""
    erase_answer(house.deps, chat_id=ANNE)
    forget_me(house.deps, chat_id=BRAM)
    monkeypatch.setattr("bot.backups.copying.take_over", lambda _deps: (_ for _ in ()).throw(KeyboardInterrupt))
    house.storage.engine.dispose()
    with pytest.raises(KeyboardInterrupt):
        restore(settings, made.path, tell=quiet, clock=house.clock)
    go_on(house.deps, send=False)
    assert not house.storage.hold.is_on
    assert house.person(BRAM) is None
    assert house.rows("SELECT count(*) FROM envelope") == [(0,)]


def test_a_database_in_use_is_not_replaced(house, settings, made):
    """A bot, ticker or opener that still works with it: told, and nothing has changed."""
    with house.storage.at_work(), pytest.raises(UnusableBackup, match="werkt nog"):
        restore(settings, made.path, tell=quiet)
    assert not house.storage.hold.is_on
    assert sorted(each.name for each in house.database.parent.iterdir() if "herstel" in each.name) == []
    house.storage.engine.dispose()
    assert restore(settings, made.path, tell=quiet).aside


def test_nobody_begins_to_work_while_a_copy_is_put_back(house):
    """Otherwise a process would go on with the file that was there before."""
    with alone_with(house.storage.engine), pytest.raises(Unavailable, match="teruggezet"), house.storage.at_work():
        pytest.fail("it began all the same")
    with house.storage.at_work(), house.storage.at_work():
        """Any number of processes may work, and a lock is gone with who had it."""


def test_a_kill_after_the_swap_is_still_on_hold(house, settings, made, monkeypatch):
    """Whatever comes after the database is in place can be done again."""
    monkeypatch.setattr("bot.backups.copying.take_over", lambda _deps: (_ for _ in ()).throw(KeyboardInterrupt))
    house.storage.engine.dispose()
    with pytest.raises(KeyboardInterrupt):
        restore(settings, made.path, tell=quiet)
    assert house.storage.hold.is_on
    monkeypatch.undo()
    assert restore(settings, made.path, tell=quiet).found.lost == ()
