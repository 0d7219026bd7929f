"""Health and figures: red with the name of what fails, green when it works again, and never a word about a person."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from functools import partial

import httpx
import pytest

from bot.usecases.see_health import LONGEST_OUTBOX, see_health
from bot.vitals import Vitals
from bot.web import health as room
from bot.web.health import LONGEST_CLOCK, Doctor, build_health_app
from storage import work as storage_room
from tests.support.house import ANNE, BRAM


class Watch:
    """Seconds as a test says."""

    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch(monkeypatch):
    """Nothing is remembered between two looks, and the clock of the ticks is the test's."""
    monkeypatch.setattr(room, "FRESH", 0.0)
    return Watch()


@pytest.fixture
def vitals(watch):
    return Vitals(now=watch)


@pytest.fixture
async def client(house, vitals):
    house.storage.keys.make("k")
    doctor = Doctor(partial(see_health, house.deps, sends=True, opens=True, slots=True), vitals)
    transport = httpx.ASGITransport(app=build_health_app(doctor))
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as talking:
        yield talking


async def failing(client):
    """The names of what fails, of which the status tells whether there are any."""
    told = await client.get("/health/ready")
    assert (told.status_code == 503) == bool(told.json()["failing"])
    assert told.json()["ready"] != bool(told.json()["failing"])
    return told.json()["failing"]


async def test_what_works_is_200(client):
    """Alive, ready, and no figure that is not known."""
    assert (await client.get("/health/live")).status_code == 200
    assert await failing(client) == []


async def test_a_database_that_takes_no_write_is_named(client, house, monkeypatch):
    """Locked by somebody, and well again when the lock is gone."""
    monkeypatch.setattr("storage.database._BUSY_MILLISECONDS", 50)
    house.storage.engine.dispose()
    with closing(sqlite3.connect(house.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await failing(client) == ["database"]
        other.execute("ROLLBACK")
    assert await failing(client) == []


async def test_a_full_database_is_named(client, house):
    """A write that finds no room is a failure, however well everything can be read."""
    with house.storage.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA query_only = ON")
    assert await failing(client) == ["database"]


async def test_keys_that_are_gone_or_open_to_others_are_named(client, house):
    """Both parts, and the folder itself."""
    folder = house.folder / "keys"
    (folder / "opener").chmod(0o755)
    assert await failing(client) == ["keys"]
    (folder / "opener").chmod(0o700)
    folder.rename(house.folder / "away")
    assert "keys" in await failing(client)


async def test_a_disk_that_is_almost_full_is_named(client, monkeypatch):
    """While there is still room to work, so that somebody can make some."""
    monkeypatch.setattr(storage_room, "LEAST_FREE", 10**18)
    assert await failing(client) == ["space"]


async def test_a_ticker_that_stands_still_is_named(client, vitals, watch):
    """Time since the last tick, by a clock that does not jump."""
    watch.seconds = LONGEST_CLOCK + 1
    assert await failing(client) == ["clock"]
    vitals.ticked()
    assert await failing(client) == []


async def test_messages_that_wait_too_long_are_named(client, house):
    """From the moment the oldest was due; what is due later does not count."""
    house.open_round()
    due = house.read(lambda work: work.deliveries.next_due())
    house.clock.moment = due - timedelta(seconds=1)
    assert await failing(client) == []
    house.clock.moment = due
    told = (await client.get("/health/ready")).json()
    assert told["outbox_lag_seconds"] == 0
    house.clock.moment = due + timedelta(seconds=LONGEST_OUTBOX + 1)
    assert await failing(client) == ["outbox"]
    assert "stilstaan_outbox_age_seconds 901.0" in (await client.get("/metrics")).text


async def test_a_bot_on_hold_is_named(client, house):
    """Somebody must look at what was put back."""
    house.storage.hold.begin(house.clock.moment, copied_at=house.clock.moment)
    assert await failing(client) == ["hold"]


async def test_the_figures_name_nobody(client, house, vitals):
    """Counted by kind and outcome only: no chat, person, team, round or choice is a label or a value."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    vitals.replied("tap", seconds=0.2)
    vitals.sent("sent")
    vitals.failed("tick_failed")
    page = (await client.get("/metrics")).text
    for line in (
        'stilstaan_taps_total{kind="tap"} 1.0',
        'stilstaan_reply_seconds_bucket{le="0.3"} 1.0',
        'stilstaan_sends_total{outcome="sent"} 1.0',
        'stilstaan_errors_total{kind="tick_failed"} 1.0',
        "stilstaan_ready 1.0",
    ):
        assert line in page
    ((rounds,),) = house.rows("SELECT count(*) FROM round WHERE state = 'open'")
    assert f"stilstaan_open_rounds {rounds}.0" in page
    persons = [value for (value,) in house.rows("SELECT id FROM person")]
    for word in (str(ANNE), str(BRAM), house.team_id, house.team.name, about.id, *persons):
        assert not re.search(rf"\b{re.escape(word)}\b", page)  # not as a piece of a moment
    labels = {each.split("=")[0] for line in page.splitlines() if "{" in line for each in line.split("{")[1].split(",")}
    assert labels <= {"kind", "outcome", "le"}
