"""A backup of PostgreSQL and the way back: the same promises as for SQLite."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.engine import make_url

from bot.backups.copying import back_up, restore
from bot.backups.moving import move_to
from bot.compose import make_deps
from bot.usecases.forget_me import forget_me
from storage.backups import KEPT
from storage.errors import UnsafeDatabase, UnusableBackup
from storage.postgres_copies import drop
from tests.bot.backups.test_moving import contents, quiet, settings_of
from tests.support.house import ANNE, BRAM, copied
from tests.support.postgres import PROGRAMS, server

pytestmark = pytest.mark.postgresql


@pytest.fixture(autouse=True)
def _programs(monkeypatch):
    """PostgreSQL's own programs come with the server of the tests."""
    monkeypatch.setenv("PATH", f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture(scope="module")
def answered(tmp_path_factory, model_house):
    """A house in which two people answered in a round that is open, and a message waits."""
    house = copied(model_house, tmp_path_factory.mktemp("answered"))
    house.about = house.open_round()
    for chat in (ANNE, BRAM):
        house.answer(chat, house.about.id)
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house


@pytest.fixture
def settings(tmp_path, answered):
    """That house on PostgreSQL, with keys of its own."""
    shutil.copytree(answered.folder / "keys", tmp_path / "keys")
    address = server().new_database()
    move_to(settings_of(answered, f"sqlite:///{answered.database}"), address, tell=quiet)
    yield settings_of(answered, address).model_copy(update={"key_dir": tmp_path / "keys"})
    server().drop(address)


@pytest.fixture
def deps(settings, answered):
    """What works with it, at the moment at which the people answered."""
    deps = replace(make_deps(settings), clock=answered.clock)
    yield deps
    deps.storage.engine.dispose()


@pytest.fixture
def made(settings, answered, tmp_path):
    return back_up(settings, tmp_path / "copies", now=answered.clock.moment, tell=quiet)


def rows(settings, query):
    """Raw rows, after whatever happened to the database."""
    deps = make_deps(settings)
    with deps.storage.engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    deps.storage.engine.dispose()
    return found


def databases(settings):
    """The names of the database and of what stands beside it."""
    name = make_url(settings.database_url).database
    return sorted(found for (found,) in rows(settings, "SELECT datname FROM pg_database") if found.startswith(name))


def test_a_backup_was_put_back_on_trial_and_holds_no_key(settings, made):
    """Its rows were counted in a database that is gone again; for its owner only, and no byte of a key is in it."""
    assert made.rows == sum(map(len, contents(settings.database_url).values()))
    assert made.path.name.endswith(".dump")
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in made.path.parent.iterdir()] == [made.path.name]
    assert len(databases(settings)) == 1
    keys = [each.read_bytes() for each in settings.key_dir.rglob("*") if each.is_file() and each.stat().st_size >= 32]
    assert len(keys) > 4
    assert not any(each[:32] in made.path.read_bytes() for each in keys)


def test_what_came_after_the_copy_is_gone_and_the_earlier_database_stays_aside(settings, deps, made, answered):
    """The round goes on with its answers, on hold; who was erased since stays erased."""
    forget_me(deps, chat_id=ANNE)
    deps.storage.engine.dispose()
    done = restore(settings, made.path, tell=quiet, clock=answered.clock)
    assert done.found.erased == 1
    assert done.found.lost == ()
    assert done.found.waiting > 0
    assert deps.storage.hold.is_on
    assert databases(settings) == [make_url(settings.database_url).database, done.aside]
    assert rows(settings, "SELECT chat_id FROM person WHERE chat_id = 201") == []
    assert rows(settings, "SELECT count(*) FROM envelope") == [(1,)]


def test_envelopes_without_a_key_are_destroyed_and_told(settings, deps, made, answered):
    """The round was released since the copy: nothing opens its envelopes any more."""
    deps.storage.keys.destroy(answered.about.key_id)
    deps.storage.engine.dispose()
    done = restore(settings, made.path, tell=quiet, clock=answered.clock)
    assert [each.team for each in done.found.lost] == [answered.team.name]
    assert rows(settings, "SELECT count(*) FROM envelope") == [(0,)]


def test_an_empty_database_beside_old_keys_is_never_filled(settings, made, answered):
    """The server lost it: told what to do, and a restore is what helps."""
    server().drop(settings.database_url)
    empty = server().new_database(migrated=False)
    lost = settings.model_copy(update={"database_url": empty})
    with pytest.raises(UnsafeDatabase, match="restore"):
        make_deps(lost)
    done = restore(lost, made.path, tell=quiet, clock=answered.clock)
    assert done.found.lost == ()
    assert rows(lost, "SELECT count(*) FROM envelope") == [(2,)]
    server().drop(empty)


def test_nothing_is_put_back_under_a_process_that_works(settings, deps, made, answered):
    """Nothing has changed then, and nothing is on hold."""
    before = contents(settings.database_url)
    with deps.storage.at_work(), pytest.raises(UnusableBackup, match="werkt nog"):
        restore(settings, made.path, tell=quiet, clock=answered.clock)
    deps.storage.engine.dispose()
    assert contents(settings.database_url) == before
    assert not deps.storage.hold.is_on
    assert len(databases(settings)) == 1


@pytest.mark.parametrize("on_hold", [False, True])
def test_a_database_that_somebody_looks_into_is_not_replaced_and_the_hold_is_as_it_was(
    settings, deps, made, answered, on_hold
):
    """With a program of their own; what was taken back since the copy may not be taken back from what is there."""
    later = answered.clock.moment + KEPT
    if on_hold:  # a later copy is there, and this older one is tried
        deps.storage.hold.begin(later, copied_at=later)
    with deps.storage.engine.connect() as looking:
        looking.exec_driver_sql("SELECT 1")
        looking.commit()
        with pytest.raises(UnusableBackup, match="andere naam"):
            restore(settings, made.path, tell=quiet, clock=answered.clock)
    assert deps.storage.hold.copied_at == (later if on_hold else None)
    assert len(databases(settings)) == 1


def test_a_copy_that_is_not_whole_is_no_copy(settings, made, answered, tmp_path):
    """Damaged, of another program, or not there: told, and what was there stays."""
    before = contents(settings.database_url)
    broken = tmp_path / "stuk.dump"
    broken.write_bytes(made.path.read_bytes()[:-400])
    for copy in (broken, tmp_path / "er-niet.dump"):
        with pytest.raises(UnusableBackup):
            restore(settings, copy, tell=quiet)
    assert contents(settings.database_url) == before
    assert len(databases(settings)) == 1


def test_a_copy_with_a_changed_maandbeeld_is_not_kept_and_old_ones_go_after_a_good_one(
    settings, deps, answered, tmp_path, monkeypatch
):
    """What is older than thirty days is deleted, but only when there is a newer copy to trust."""
    folder = tmp_path / "copies"
    old = back_up(settings, folder, now=answered.clock.moment - KEPT - KEPT, tell=quiet).path
    with monkeypatch.context() as changed:
        changed.setattr("bot.backups.copying.verify_maandbeelden", lambda _deps: ["veranderd"])
        with pytest.raises(UnusableBackup, match="maandbeelden"):
            back_up(settings, folder, now=answered.clock.moment, tell=quiet)
    assert list(folder.iterdir()) == [old]
    made = back_up(settings, folder, now=answered.clock.moment, tell=quiet)
    assert made.dropped == 1
    assert list(folder.iterdir()) == [made.path]


@pytest.fixture
def neighbours(settings):
    """Databases of somebody else, with names that begin like those of a trial and a restore."""
    address = make_url(settings.database_url)
    names = [f"{address.database}_{end}" for end in ("proeftuin", "proef2026", "herstel", "herstelplan")]
    with maintenance(address) as connection:
        for name in names:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    yield names
    for name in names:
        server().drop(address.set(database=name).render_as_string(hide_password=False))


@contextmanager
def maintenance(address):
    engine = create_engine(address.set(database="postgres"), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection


def test_a_database_of_somebody_else_beside_it_stays(settings, made, answered, tmp_path, neighbours):
    """Whatever it is called: also when nobody works with it, which is so every night."""
    back_up(settings, tmp_path / "more", now=answered.clock.moment, tell=quiet)
    restore(settings, made.path, tell=quiet, clock=answered.clock)
    assert set(neighbours) <= set(databases(settings))


def test_what_a_killed_trial_or_restore_left_goes_with_the_next_one(settings, made, answered, tmp_path):
    """They hold whole databases."""
    address = make_url(settings.database_url)
    with maintenance(address) as connection:
        for end in ("proef0123abcd", "herstel0123abcd"):
            connection.execute(text(f'CREATE DATABASE "{address.database}_{end}"'))
    back_up(settings, tmp_path / "more", now=answered.clock.moment, tell=quiet)
    done = restore(settings, made.path, tell=quiet, clock=answered.clock)
    assert databases(settings) == [address.database, done.aside]


@pytest.fixture
def confined(settings):
    """The address of that database for a user who may read all of it, and may not go to the database `postgres`."""
    address = make_url(settings.database_url)
    with maintenance(address) as connection:
        connection.execute(text("CREATE ROLE beperkt LOGIN CREATEDB IN ROLE pg_read_all_data"))
        connection.execute(text("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC"))
    yield address.set(username="beperkt")
    with maintenance(address) as connection:
        connection.execute(text("GRANT CONNECT ON DATABASE postgres TO PUBLIC"))
        connection.execute(text("REVOKE CONNECT ON DATABASE postgres FROM beperkt"))
        connection.execute(text("DROP ROLE beperkt"))


def test_a_user_who_may_not_go_to_the_database_of_maintenance_is_told_how(settings, answered, tmp_path, confined):
    """In one sentence with the remedy; no copy that was not tried out is left."""
    address = confined.render_as_string(hide_password=False)
    theirs = settings.model_copy(update={"database_url": address})
    with pytest.raises(UnusableBackup, match=r"bij de database 'postgres' kunnen.*GRANT CONNECT .* TO beperkt"):
        back_up(theirs, tmp_path / "copies", now=answered.clock.moment, tell=quiet)
    assert list((tmp_path / "copies").iterdir()) == []
    assert len(databases(settings)) == 1


def test_a_database_that_the_server_does_not_let_go_is_told(settings, confined):
    """It is somebody else's; whoever may throws it away."""
    with maintenance(make_url(settings.database_url)) as connection:
        connection.execute(text("GRANT CONNECT ON DATABASE postgres TO beperkt"))
    with pytest.raises(UnusableBackup, match="kan niet weg"):
        drop(confined)
    assert len(databases(settings)) == 1


def test_without_the_programs_of_postgresql_it_says_what_to_install(settings, tmp_path, answered, monkeypatch):
    """They come in a package of their own."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnusableBackup, match="postgresql-client"):
        back_up(settings, tmp_path / "copies", now=answered.clock.moment, tell=quiet)
    assert list((tmp_path / "copies").iterdir()) == []
