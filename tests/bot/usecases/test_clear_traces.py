"""What was cut short is finished at the next tick: keys of nothing go, and the log is emptied."""

from __future__ import annotations

from bot.usecases.clear_traces import clear_traces
from bot.usecases.release_round import release_due
from tests.support.house import ANNE


def log_of(house):
    return house.database.with_name(house.database.name + "-wal")


def test_a_bot_without_the_release_destroys_its_own_key(house, monkeypatch):
    """The opener could not reach the key of the round; the next tick of the bot destroys it."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    house.clock.moment = about.closes_at
    with monkeypatch.context() as apart:
        apart.setattr("storage.keys._BOT", ("nowhere", ".round"))  # the opener cannot see the part of the bot
        apart.setattr("storage.keys._PARTS", (("opener", ".private"),))
        with house.storage.begin() as work:
            work.rounds.set_state(about.id, state="releasing", expected="open")
            work.rounds.set_state(about.id, state="destroyed", expected="releasing")
            work.commit()
        release_due(house.deps)
    assert [path.name for path in house.storage.keys.path.rglob(f"{about.key_id}.*")] == [f"{about.key_id}.round"]
    assert clear_traces(house.deps) == 1
    assert list(house.storage.keys.path.rglob(f"{about.key_id}.*")) == []
    assert clear_traces(house.deps) == 0


def test_keys_of_rounds_in_progress_and_of_the_stock_stay(house):
    """Whatever is needed still is left alone."""
    about = house.open_round()
    before = house.storage.keys.known()
    assert clear_traces(house.deps) == 0
    assert about.key_id in before
    assert house.storage.keys.known() == before


def test_a_log_that_was_busy_is_emptied_later(house, monkeypatch):
    """Also when the process before this one died between its commit and its checkpoint."""
    house.storage.owes_checkpoint = True
    with monkeypatch.context() as busy:
        busy.setattr("storage.work.checkpoint", lambda _engine: False)
        clear_traces(house.deps)
        assert house.storage.owes_checkpoint
    house.open_round()
    assert log_of(house).stat().st_size > 0
    clear_traces(house.deps)
    assert log_of(house).stat().st_size == 0
    assert not house.storage.owes_checkpoint
