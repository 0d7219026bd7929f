"""When a month is over: one publication of bands whatever breaks, and a notice when education falls behind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.texts.changes_nl import sentence
from bot.usecases import publish_participation as publishing
from bot.usecases.publish_participation import deviation, publish_due_participation
from bot.usecases.release_round import release_due, release_round
from bot.usecases.see_participation import see_participation
from dialogues.insight.shares import Share
from storage import keys as key_files
from storage.errors import KeyUnreadable
from storage.keys import KeyFolder
from storage.tallies import AreaMonth, Tally
from storage.work import Work
from tests.support.area import Area, Crash, stop_at
from tests.support.house import COORDINATOR, DAY
from tests.support.played import played_once


@pytest.fixture(autouse=True)
def exactly(monkeypatch):
    """No chance deviation, so that a test knows the band."""
    monkeypatch.setattr(publishing, "deviation", lambda: 0)


@played_once
def model_area(house):
    return Area(house)


@pytest.fixture
def area(house, model_area):
    """A copy of it."""
    return model_area.in_(house)


def test_the_month_is_published_on_the_first_working_day(area):
    """Ten people in three teams: a band. A hidden sector is named without one. Slips and key are gone."""
    area.month((4, 3, 2))
    tally = area.tally
    assert tally.due_at.astimezone(area.house.deps.zone).strftime("%Y-%m-%d %H:%M") == "2026-12-01 08:00"
    area.house.clock.moment = tally.due_at - timedelta(seconds=1)
    assert publish_due_participation(area.house.deps) == 0
    area.over()
    assert publish_due_participation(area.house.deps) == 1
    assert area.published().shares == {"jgz": "almost_all", "wijkteam": "", "onderwijs": ""}
    assert area.house.rows("SELECT count(*) FROM tally") == area.house.rows("SELECT count(*) FROM tally_slip") == [(0,)]
    assert tally.key_id not in area.house.storage.keys.known()


def test_publishing_twice_is_publishing_once(area):
    """A second run, and a rival that read the same month, change no row."""
    area.month((1, 1, 1))
    tally = area.tally
    area.over()
    publish_due_participation(area.house.deps)
    before = area.house.everything()
    assert publish_due_participation(area.house.deps) == 0
    assert not publishing._publish(area.house.deps, tally)
    assert area.house.everything() == before
    assert area.published().shares["jgz"] == "few"


def test_a_small_area_publishes_nothing_and_ends(house):
    """One team: the month is written down with empty places, and its slips are destroyed."""
    about = house.open_round()
    house.close(about)
    house.clock.pass_(31 * DAY)
    assert publish_due_participation(house.deps) == 1
    months = see_participation(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    assert [(each.month, set(each.shares.values())) for each in months] == [("2026-11", {""})]


def test_a_slip_that_comes_after_its_month_is_lost(area, monkeypatch):
    """A round whose release hung for weeks adds nothing to a month that was told; the release itself goes on."""
    rounds = area.open()
    area.house.clock.moment = max(about.closes_at for about in rounds)
    for about in rounds[:2]:
        release_round(area.house.deps, about)
    area.over()
    publish_due_participation(area.house.deps)
    before = area.published()
    release_round(area.house.deps, rounds[2])
    assert area.published() == before
    assert area.tally is None
    assert area.house.round(rounds[2].id).state == "thin"


def test_a_lost_key_of_the_month_loses_only_the_month(area):
    """Rounds are released as ever; the month ends with nothing to show, and the next begins with a new key."""
    rounds = area.open()
    release = iter(rounds)
    area.house.clock.moment = max(about.closes_at for about in rounds)
    release_round(area.house.deps, next(release))
    area.house.storage.keys.destroy(area.tally.key_id)
    for about in release:
        assert release_round(area.house.deps, about)
    area.over()
    assert publish_due_participation(area.house.deps) == 1
    assert area.published().shares == {}


def test_a_damaged_slip_is_lost_alone(area):
    """The others are published."""
    area.month((4, 3, 3))
    with area.house.storage.begin() as work:
        work.tallies.put_slip(area.tally.id, bytes(4144))
        work.commit()
    area.over()
    publish_due_participation(area.house.deps)
    assert area.published().shares["jgz"] == "almost_all"


def test_a_key_that_may_not_be_read_makes_the_month_wait(area, monkeypatch):
    """Nothing is lost; once the folder is mended it is published."""
    area.month((4, 3, 3))
    area.over()

    def refuse(_keys, key_id):
        raise KeyUnreadable(key_id)

    with monkeypatch.context() as broken:
        broken.setattr(KeyFolder, "private", refuse)
        with pytest.raises(KeyUnreadable):
            publish_due_participation(area.house.deps)
    assert len(area.slips()) == 3
    assert publish_due_participation(area.house.deps) == 1


def test_the_deviation_is_part_of_what_is_published(area, monkeypatch):
    """Everybody of the JGZ took part; far enough below, the band is the lowest."""
    monkeypatch.setattr(publishing, "deviation", lambda: -9)
    area.month((4, 3, 3))
    area.over()
    publish_due_participation(area.house.deps)
    assert area.published().shares["jgz"] == "few"


def test_the_deviation_is_mostly_nothing_and_has_no_side():
    """Half of all throws are 0 and as many lie above as below: within five standard deviations of 4,000 throws."""
    thrown = [deviation() for _ in range(4000)]
    assert abs(sum(each == 0 for each in thrown) - 2000) < 160
    assert abs(sum(each > 0 for each in thrown) - sum(each < 0 for each in thrown)) < 230
    assert max(map(abs, thrown)) >= 3


# Education that falls behind


def write_down(house, month, **shares):
    """A month that was published before."""
    with house.storage.begin() as work:
        at = house.clock.now()
        work.area_months.add(AreaMonth(area_id=house.area_id, month=month, shares=shares, published_at=at))
        work.commit()


def notices(house):
    return house.rows("SELECT person_id, subject FROM delivery WHERE kind = 'notice'")


@pytest.fixture
def lower(monkeypatch):
    """What the month of November will publish: education below the others."""
    shares = {"jgz": Share.HALF, "wijkteam": None, "onderwijs": Share.FEW}
    monkeypatch.setattr(publishing, "publish_shares", lambda *_: shares)


def test_two_months_behind_are_told_to_the_coordinator_once(area, lower):
    """One notice for each coordinator of this area, and it names no team; the next month is silent again."""
    house = area.house
    write_down(house, "2026-09", jgz="half", onderwijs="half")
    write_down(house, "2026-10", jgz="half", wijkteam="almost_all", onderwijs="few")
    area.month((1, 1, 1))
    area.over()
    publish_due_participation(house.deps)
    ((person_id, change_id),) = notices(house)
    assert person_id == house.person(COORDINATOR).id
    change = house.read(lambda work: work.changes.get(change_id))
    assert (change.kind, change.area_id, change.team_id, change.words) == ("education_behind", house.area_id, None, {})
    told = sentence(change.kind, change.words, zone=house.deps.zone)
    assert "onderwijs" in told
    assert not any(team.name in told for team in area.teams)
    with house.storage.begin() as work:
        work.tallies.add(replace(AN_EMPTY_TALLY, area_id=house.area_id, month="2026-12", due_at=house.clock.now()))
        work.commit()
    publish_due_participation(house.deps)
    assert area.published("2026-12").shares["onderwijs"] == "few"
    assert len(notices(house)) == 1


def test_one_month_behind_is_not_told(area, lower):
    """It may be chance."""
    write_down(area.house, "2026-10", jgz="half", onderwijs="half")
    area.month((1, 1, 1))
    area.over()
    publish_due_participation(area.house.deps)
    assert notices(area.house) == []


AN_EMPTY_TALLY = Tally(
    id="empty", area_id="", month="", key_id="gone", public_key=bytes(32), due_at=datetime(2027, 1, 1, tzinfo=UTC)
)


# Crashes

PUBLISH = {
    "before the slips are read": (publishing, "_opened", False),
    "after the slips are read": (publishing, "_opened", True),
    "before the rule is asked": (publishing, "publish_shares", False),
    "before the commit": (Work, "commit", False),
    "after the commit": (Work, "commit", True),
    "before the key is destroyed": (KeyFolder, "destroy", False),
    "between the two key files": (key_files, "_shred", True),
}


@pytest.mark.parametrize("point", PUBLISH)
def test_a_crash_while_publishing_publishes_once(area, monkeypatch, point):
    """Wherever the machine stops: one publication, no slip, and no key after the next run."""
    area.month((4, 3, 2))
    key_id = area.tally.key_id
    area.over()
    target, name, after = PUBLISH[point]
    with monkeypatch.context() as crashing:
        stop_at(crashing, target, name, after=after)
        with pytest.raises(Crash):
            publish_due_participation(area.house.deps)
    first = area.published()
    release_due(area.house.deps)
    publish_due_participation(area.house.deps)
    assert first in (None, area.published())
    assert area.published().shares["jgz"] == "almost_all"
    assert area.house.rows("SELECT count(*) FROM tally_slip") == [(0,)]
    assert key_id not in area.house.storage.keys.known()
