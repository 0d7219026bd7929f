"""A sealed slip for the area with every release: one per round, and never a reason for a release to wait."""

from __future__ import annotations

from contextlib import suppress

import pytest

from bot.usecases import keep_slip as keeping
from bot.usecases import release_round as releasing
from bot.usecases.publish_participation import publish_due_participation
from bot.usecases.release_round import release_due
from storage.keys import KeyFolder
from tests.support.area import Area, Crash, answered, stop_at
from tests.support.house import ANNE, BRAM, DAY
from tests.support.played import played_once


@played_once
def model_area(house):
    return Area(house)


@pytest.fixture
def area(house, model_area):
    """A copy of it."""
    return model_area.in_(house)


def test_every_release_leaves_one_slip(area):
    """Asked and answered per sector; the same person has one mark. Thin rounds are there too."""
    rounds = area.month((3, 2, 0))
    slips = {slip.team: slip for slip in area.slips()}
    assert slips.keys() == {team.id for team in area.teams}
    first = slips[area.teams[0].id]
    assert {sector: len(marks) for sector, marks in first.asked.items()} == {"jgz": 4, "wijkteam": 1, "onderwijs": 1}
    assert first.answered == {"jgz": 3}
    assert slips[area.teams[2].id].answered == {}
    assert len({mark for slip in slips.values() for mark in slip.asked["jgz"]}) == 10
    assert {about.id for about in rounds} & set(str(first)) == set()
    sizes = {size for (size,) in area.house.rows("SELECT length(sealed) FROM tally_slip")}
    assert sizes == {4144}


def test_a_second_chance_leaves_no_slip(house):
    """Who answered the first time need not answer again, so it says nothing about taking part."""
    house.stock(6)
    thin = house.open_round()
    house.close(thin)
    before = house.rows("SELECT count(*) FROM tally_slip")
    house.close(house.next_round())
    assert before == house.rows("SELECT count(*) FROM tally_slip") == [(1,)]


def test_the_start_dialogue_leaves_no_slip(house):
    """Its roster grows while it is open, so it says more about invitations than about taking part."""
    house.close(house.start_round())
    assert house.rows("SELECT count(*) FROM tally") == [(0,)]


def test_an_empty_stock_loses_no_slip(house):
    """The opener makes the key of the month itself."""
    about = house.open_round()
    with house.storage.begin() as work:
        while work.keys.take():
            pass
        work.commit()
    house.close(about)
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
    house.clock.pass_(31 * DAY)
    assert publish_due_participation(house.deps) == 1


def test_the_key_of_a_running_month_is_no_leftover(area):
    """The release destroys keys of nothing, and leaves this one."""
    area.month((1, 0, 0))
    release_due(area.house.deps)
    assert area.tally.key_id in area.house.storage.keys.known()


RELEASE = {
    "before the slip": (releasing, "keep_slip", False),
    "after the slip": (releasing, "keep_slip", True),
    "after the key of the month was taken": (keeping, "_begin", True),
    "before the slip is sealed": (keeping, "seal_slip", False),
    "after the rows, before the commit": (releasing, "_end", True),
    "before the keys are destroyed": (KeyFolder, "destroy", False),
}


@pytest.mark.parametrize("point", RELEASE)
def test_a_crash_in_the_release_leaves_one_slip(house, monkeypatch, point):
    """Wherever the machine stops: after the next run there is one slip, never two."""
    about = house.open_round()
    answered(house, about, (ANNE, BRAM))
    target, name, after = RELEASE[point]
    with monkeypatch.context() as crashing:
        stop_at(crashing, target, name, after=after)
        with suppress(Crash):
            house.close(about)
    release_due(house.deps)
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
    tally = house.read(lambda work: work.tallies.of_month(house.area_id, "2026-11"))
    stocked = house.read(lambda work: work.keys.unused())
    live = house.read(lambda work: work.rounds.live_key_ids())
    assert house.storage.keys.known() == stocked | live | {tally.key_id}
