"""A month of participation watched at every commit: how many answered is nowhere on the disk."""

from __future__ import annotations

import pytest

from bot.usecases import keep_slip as keeping
from bot.usecases.publish_participation import publish_due_participation
from dialogues.insight.shares import Slip
from storage.errors import KeyGone
from storage.tallies import open_slip
from storage.work import Work
from tests.support.house import ANNE, BRAM

MARKS = (b'"answered":', b'"asked":', b"kanarie")


@pytest.fixture
def sightings(house, monkeypatch):
    """Marks of a slip that were in any database file at any commit; and how often was looked."""
    found = {"looks": 0, "seen": set()}
    commit = Work.commit

    def look(work):
        commit(work)
        found["looks"] += 1
        for file in house.database.parent.iterdir():
            content = file.read_bytes()
            found["seen"] |= {(file.name, mark) for mark in MARKS if mark in content}

    monkeypatch.setattr(Work, "commit", look)
    monkeypatch.setattr(keeping, "_mark", lambda *_: "kanarie")
    return found


def run_month(house):
    """A round with two answers, released; when its month may be opened."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    house.answer(BRAM, about.id)
    house.close(about)
    return house.read(lambda work: work.tallies.of_month(house.area_id, "2026-11"))


def test_no_count_is_on_the_disk_at_any_commit(house, sightings):
    """While gathering, while publishing, and afterwards."""
    tally = run_month(house)
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
    house.clock.moment = tally.due_at
    assert publish_due_participation(house.deps) == 1
    assert sightings["looks"] > 10
    assert sightings["seen"] == set()


def test_the_search_sees_a_slip_that_is_not_sealed(house, sightings, monkeypatch):
    """So seeing nothing means something."""
    monkeypatch.setattr(keeping, "seal_slip", lambda text, *, public_key: text.encode().ljust(4144))  # noqa: ARG005
    run_month(house)
    assert {mark for _, mark in sightings["seen"]} == set(MARKS)


def test_a_copy_from_before_the_publication_opens_no_more(house):
    """Somebody who copied every slip has boxes without a key, and no byte of them is left in the database."""
    tally = run_month(house)
    ((box,),) = house.rows("SELECT sealed FROM tally_slip")
    assert Slip.from_json(open_slip(box, house.storage.keys.private(tally.key_id))).answered == {
        "jgz": 1,
        "wijkteam": 1,
    }
    house.clock.moment = tally.due_at
    publish_due_participation(house.deps)
    with pytest.raises(KeyGone):
        house.storage.keys.private(tally.key_id)
    assert not [file.name for file in house.database.parent.iterdir() if box[:64] in file.read_bytes()]


def test_what_is_published_holds_no_number(house):
    """Words or nothing, whatever was answered."""
    tally = run_month(house)
    house.clock.moment = tally.due_at
    publish_due_participation(house.deps)
    ((area_id, month, shares),) = house.rows("SELECT area_id, month, shares FROM area_month")
    assert (area_id, month) == (house.area_id, "2026-11")
    assert not any(letter.isdigit() for letter in shares)
