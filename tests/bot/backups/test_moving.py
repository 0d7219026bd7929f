"""From SQLite to PostgreSQL: everything arrives as it was, also after a kill, and never half."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.backups import moving as room
from bot.backups.moving import move_to
from bot.commands import copies
from bot.compose import make_deps
from bot.settings import load_settings
from bot.usecases.forget_me import forget_me
from bot.usecases.verify_maandbeelden import verify_maandbeelden
from storage import moving
from storage.database import open_engine
from storage.errors import CannotMove, SchemaMismatch, UnusableBackup
from storage.tables import Table
from tests.support.house import ANNE, copied, open_house
from tests.support.postgres import server
from tests.support.telegram import TOKEN

pytestmark = pytest.mark.postgresql


class Killed(BaseException):
    """Stands in for kill -9: nothing of the program comes after it."""


def quiet(_done, _of):
    """Nobody watches."""


@pytest.fixture(scope="module")
def lived(tmp_path_factory, model_house):
    """A house in which much happened, with its database closed: a maandbeeld, and a round with an envelope in it."""
    house = copied(model_house, tmp_path_factory.mktemp("lived"))
    assert house.first_maandbeeld()
    house.answer(ANNE, house.next_round().id)
    with house.storage.engine.begin() as connection:  # a reference to a row that comes later
        connection.exec_driver_sql("UPDATE round SET predecessor_id = (SELECT max(id) FROM round)")
    house.storage.checkpoint()
    house.storage.engine.dispose()
    return house


@pytest.fixture
def settings(lived):
    return settings_of(lived, f"sqlite:///{lived.database}")


@pytest.fixture
def target():
    """An empty database that has the tables already, as after a kill between making and filling them."""
    address = server().new_database()
    yield address
    server().drop(address)


@pytest.fixture
def bare_target():
    """A database as an administrator makes it."""
    address = server().new_database(migrated=False)
    yield address
    server().drop(address)


def settings_of(house, address):
    return load_settings(
        telegram_bot_token=TOKEN,
        database_url=address,
        key_dir=house.folder / "keys",
        webhook_url=None,
        dialogues_dir=None,
    )


def contents(address):
    """Every row of every table, as Python values."""
    engine = open_engine(address)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(table.select())), key=repr)
            for table in Table.metadata.sorted_tables
        }
    engine.dispose()
    return found


def test_everything_arrives_as_it_was(lived, settings, bare_target):
    """Row by row, with bytes, moments, days and references; and the product goes on with it."""
    moved = move_to(settings, bare_target, tell=quiet)
    here, there = contents(settings.database_url), contents(bare_target)
    assert here == there
    assert moved.rows == sum(map(len, here.values()))
    kinds = {type(value) for rows in there.values() for row in rows for value in row}
    assert {bytes, datetime, date, bool, dict, str, int} <= kinds
    deps = make_deps(settings_of(lived, bare_target))
    assert verify_maandbeelden(deps) == ()
    deps.storage.engine.dispose()


@pytest.mark.parametrize("share", [0.4, 0.66, 0.9])
def test_after_a_kill_it_goes_on_where_it_was(lived, settings, target, monkeypatch, share):
    """No bot starts on half of it; done again nothing is double, and what was there is not copied once more."""
    monkeypatch.setattr(moving, "_AT_ONCE", 7)

    def dies(done, of):
        if done > share * of:
            raise Killed

    with pytest.raises(Killed):
        move_to(settings, target, tell=dies)
    with pytest.raises(SchemaMismatch):
        make_deps(settings_of(lived, target))
    before = contents(target)
    assert any(before.values())
    move_to(settings, target, tell=quiet)
    assert contents(target) == contents(settings.database_url)


def test_a_source_that_went_on_meanwhile_is_copied_anew(tmp_path, lived, target, monkeypatch):
    """Half of it was there; then the bot ran on, and somebody was erased."""
    from tests.support.house import copied

    house = copied(lived, tmp_path)
    monkeypatch.setattr(moving, "_AT_ONCE", 7)
    settings = settings_of(house, f"sqlite:///{house.database}")

    def dies(done, of):
        if done > 0.6 * of:
            raise Killed

    with pytest.raises(Killed):
        move_to(settings, target, tell=dies)
    forget_me(house.deps, chat_id=ANNE)
    house.storage.engine.dispose()
    move_to(settings, target, tell=quiet)
    assert contents(target) == contents(settings.database_url)


def test_what_arrived_otherwise_is_found(settings, target, monkeypatch):
    """One word of one row: no bot starts on it."""
    copy = moving._copy

    def changes(reading, engine, table, count):
        copy(reading, engine, table, count)
        if table.name == "team":
            with engine.begin() as connection:
                connection.exec_driver_sql("UPDATE team SET name = name || ' '")

    monkeypatch.setattr(moving, "_copy", changes)
    with pytest.raises(CannotMove, match="niet alles gelijk: team"):
        move_to(settings, target, tell=quiet)
    with pytest.raises(SchemaMismatch):
        make_deps(settings.model_copy(update={"database_url": target}))


def test_where_something_else_lives_nothing_is_moved(settings, bare_target):
    """Tables of another program, or an installation of our own: told, and left alone."""
    engine = open_engine(bare_target)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (title TEXT)")
    with pytest.raises(CannotMove, match="staat al iets"):
        move_to(settings, bare_target, tell=quiet)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE recipes")
    engine.dispose()


def test_a_kill_while_the_maandbeelden_are_looked_at_is_no_end(lived, settings, target, monkeypatch):
    """All rows are there then: no bot starts before that look, and done again it goes on."""
    sound = room.verify_maandbeelden

    def dies(deps):
        if deps.storage.engine.dialect.name != "sqlite":
            raise Killed
        return sound(deps)

    with monkeypatch.context() as patched:
        patched.setattr(room, "verify_maandbeelden", dies)
        with pytest.raises(Killed):
            move_to(settings, target, tell=quiet)
    with pytest.raises(SchemaMismatch):
        make_deps(settings_of(lived, target))
    move_to(settings, target, tell=quiet)
    assert contents(target) == contents(settings.database_url)
    make_deps(settings_of(lived, target)).storage.engine.dispose()


def test_no_bot_starts_where_a_maandbeeld_is_not_what_it_was(lived, settings, target, monkeypatch):
    """Every row was compared, and still: what is wrong stays unusable."""
    found = {"sqlite": (), "postgresql": ("veranderd",)}
    monkeypatch.setattr(room, "verify_maandbeelden", lambda deps: found[deps.storage.engine.dialect.name])
    with pytest.raises(CannotMove, match="kloppen de maandbeelden niet"):
        move_to(settings, target, tell=quiet)
    with pytest.raises(SchemaMismatch):
        make_deps(settings_of(lived, target))


def test_done_again_it_tells_the_same(settings, target):
    """After a kill at its very end the administrator does it once more, and reads that all is there."""
    moved = move_to(settings, target, tell=quiet)
    assert move_to(settings, target, tell=quiet) == moved


def test_an_installation_that_is_there_stays(lived, settings, target):
    """Also one that began with these very rows, and has gone on since."""
    move_to(settings, target, tell=quiet)
    deps = make_deps(settings_of(lived, target))
    with deps.storage.begin() as work:
        work.people.set_reachable(min(work.people.ids()), False)
        work.commit()
    deps.storage.engine.dispose()
    before = contents(target)
    with pytest.raises(CannotMove, match="staat al iets"):
        move_to(settings, target, tell=quiet)
    assert contents(target) == before


def test_nothing_is_moved_under_a_bot_that_works(lived, settings, target):
    """Whatever it would write while its rows are copied would be lost."""
    house = open_house(lived.folder)
    with house.storage.at_work(), pytest.raises(UnusableBackup, match="werkt nog"):
        move_to(settings, target, tell=quiet)
    house.storage.engine.dispose()


def test_the_command_tells_what_to_do_next_and_what_is_wrong(lived, settings, target, monkeypatch):
    """In plain words, without the address: it can hold a password."""
    monkeypatch.setattr(copies, "settings_of_the_bot", lambda: settings)
    done = CliRunner().invoke(cli.app, ["migrate", "--to", target])
    assert done.exit_code == 0
    assert "aan beide kanten gelijk" in done.output
    assert target not in done.output
    for wrong in ("sqlite:///elders.db", "mysql://nergens"):
        with pytest.raises(CannotMove, match="alleen naar PostgreSQL"):
            CliRunner().invoke(cli.app, ["migrate", "--to", wrong], catch_exceptions=False)
