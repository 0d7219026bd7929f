"""How many took part: a band with every release, a sealed slip for the area, one publication a month."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.texts.changes_nl import sentence
from bot.usecases import keep_slip as keeping
from bot.usecases import publish_participation as publishing
from bot.usecases import release_round as releasing
from bot.usecases.errors import NotAllowed
from bot.usecases.housekeeping import KEEP_PARTICIPATION, tidy
from bot.usecases.make_team import make_team
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.publish_participation import deviation, publish_due_participation
from bot.usecases.release_round import release_due, release_round
from bot.usecases.see_participation import MONTHS_SHOWN, see_participation
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.shares import Share, Slip
from storage import keys as key_files
from storage.errors import KeyUnreadable
from storage.keys import KeyFolder
from storage.tallies import AreaMonth, Tally, open_slip
from storage.work import Work
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, OTHER_COORDINATOR, STRANGER

NEXT_MONTH = timedelta(days=31)


@pytest.fixture(autouse=True)
def exactly(monkeypatch):
    """No chance deviation, so that a test knows the band."""
    monkeypatch.setattr(publishing, "deviation", lambda: 0)


def answered(house, about, chats, score="4"):
    for chat in chats:
        house.answer(chat, about.id, score)


def band_of(house, about):
    return house.read(lambda work: work.publications.get(about.id)).participation


# The band of a team


@pytest.mark.parametrize(("answers", "band"), [(4, "too_few"), (5, "enough"), (7, "enough"), (8, "almost_all")])
def test_a_release_notes_the_band_of_the_team(house, answers, band):
    """Ten people are asked."""
    chats = house.members(10)
    about = house.open_round()
    answered(house, about, chats[:answers])
    house.close(about)
    assert band_of(house, about) == band


def test_a_round_after_a_thin_one_counts_its_own_answers(house):
    """Eight people over two rounds are enough, but two of ten is not almost all; eight new ones are."""
    chats = house.members(10)
    house.stock(6)
    thin = house.open_round()
    answered(house, thin, chats[:4])
    house.close(thin)
    second = house.next_round()
    answered(house, second, chats[4:8])
    assert house.close(second) == "published"
    assert (band_of(house, thin), band_of(house, second)) == ("too_few", "enough")
    thin = house.next_round()
    answered(house, thin, chats[:1])
    house.close(thin)
    second = house.next_round()
    answered(house, second, chats[:8])
    house.close(second)
    assert band_of(house, second) == "almost_all"


def test_a_lost_key_says_nothing_about_people(house):
    """Not that too few took part."""
    about = house.open_round()
    house.storage.keys.destroy(about.key_id)
    house.close(about)
    assert band_of(house, about) == ""


def test_the_maandbeeld_says_it_in_words(house):
    """And nothing of the kind when a round of the month published nothing."""
    house.stock(6)
    chats = house.members(10)
    about = house.open_round()
    answered(house, about, chats[:8])
    house.close(about)
    house.maandbeeld()
    thin = house.next_round()
    house.close(thin)
    house.maandbeeld()
    bodies = [each.body for each in house.read(lambda work: work.maandbeelden.of_team(house.team_id))]
    said = [Maandbeeld.from_json(body).participation for body in bodies]
    assert said == ["Deelname: bijna iedereen deed mee.", ""]


# The slips of an area


class Area:
    """Three teams with ten people of the JGZ, and one teacher each, whose rounds open on the same day."""

    def __init__(self, house):
        self.house = house
        house.stock(12)
        names = ("Oost", "West")
        self.teams = [
            house.team,
            *(
                make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name=name, team_label="het team")
                for name in names
            ),
        ]
        self.chats = [[ANNE], [], []]
        new = iter(range(3000, 3100))
        for at, size in enumerate((4, 3, 3)):
            while len(self.chats[at]) < size:
                self.chats[at].append(house.member(next(new), team=self.teams[at]))
        self.teachers = [house.member(next(new), sector="onderwijs", team=team) for team in self.teams]

    def open(self):
        """The round of each team."""
        for team in self.teams:
            self.house.clock.moment = max(self.house.clock.moment, self.house.rhythm(team=team))
        open_due_rounds(self.house.deps)
        return [self.house.read(lambda work, team=team: work.rounds.open_of(team.id))[-1] for team in self.teams]

    def month(self, answers):
        """A month in which so many people of the JGZ answer per team, and no teacher; its rounds."""
        rounds = self.open()
        for about, chats, number in zip(rounds, self.chats, answers, strict=True):
            answered(self.house, about, chats[:number])
        self.house.clock.moment = max(about.closes_at for about in rounds)
        release_due(self.house.deps)
        return rounds

    @property
    def tally(self):
        return self.house.read(lambda work: work.tallies.of_month(self.house.area_id, "2026-11"))

    def slips(self):
        """All slips, opened as the opener would."""
        private = self.house.storage.keys.private(self.tally.key_id)
        boxes = self.house.read(lambda work: work.tallies.slips(self.tally.id))
        return [Slip.from_json(open_slip(box, private)) for box in boxes]

    def published(self, month="2026-11"):
        return self.house.read(lambda work: work.area_months.get(self.house.area_id, month))

    def over(self):
        """Go to the moment the month may be opened."""
        self.house.clock.moment = self.tally.due_at


@pytest.fixture
def area(house):
    return Area(house)


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


def test_the_start_dialogue_leaves_no_slip(house):
    """Its roster grows while it is open, so it says more about invitations than about taking part."""
    house.close(house.start_round())
    assert house.rows("SELECT count(*) FROM tally") == [(0,)]


def test_a_small_area_publishes_nothing_and_ends(house):
    """One team: the month is written down with empty places, and its slips are destroyed."""
    about = house.open_round()
    house.close(about)
    house.clock.pass_(NEXT_MONTH)
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


def test_an_empty_stock_loses_no_slip(house):
    """The opener makes the key of the month itself."""
    about = house.open_round()
    with house.storage.begin() as work:
        while work.keys.take():
            pass
        work.commit()
    house.close(about)
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
    house.clock.pass_(NEXT_MONTH)
    assert publish_due_participation(house.deps) == 1


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


def test_the_key_of_a_running_month_is_no_leftover(area):
    """The release destroys keys of nothing, and leaves this one."""
    area.month((1, 0, 0))
    release_due(area.house.deps)
    assert area.tally.key_id in area.house.storage.keys.known()


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


class Crash(BaseException):
    """The machine stops here."""


def stop_at(monkeypatch, target, name, *, after=False):
    """Crash before (or after) this call."""
    real = getattr(target, name)

    def crashing(*args, **keywords):
        if after:
            real(*args, **keywords)
        raise Crash

    monkeypatch.setattr(target, name, crashing)


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


# Chance, sight and time


def test_the_deviation_is_mostly_nothing_and_has_no_side():
    """Half of all throws are 0 and as many lie above as below: within five standard deviations of 4,000 throws."""
    thrown = [deviation() for _ in range(4000)]
    assert abs(sum(each == 0 for each in thrown) - 2000) < 160
    assert abs(sum(each > 0 for each in thrown) - sum(each < 0 for each in thrown)) < 230
    assert max(map(abs, thrown)) >= 3


def test_only_the_coordinator_of_the_area_sees_it(house):
    """Not the lead, not another coordinator, not a stranger."""
    assert see_participation(house.deps, chat_id=COORDINATOR, area_id=house.area_id) == ()
    for chat in (LEAD, ANNE, OTHER_COORDINATOR, STRANGER):
        with pytest.raises(NotAllowed):
            see_participation(house.deps, chat_id=chat, area_id=house.area_id)


def test_three_months_are_shown_and_two_years_are_kept(house):
    """The newest first."""
    with house.storage.begin() as work:
        for number in range(5, 10):
            at = house.clock.now() + number * DAY
            work.area_months.add(AreaMonth(area_id=house.area_id, month=f"2026-0{number}", shares={}, published_at=at))
        work.commit()
    months = see_participation(house.deps, chat_id=COORDINATOR, area_id=house.area_id)
    assert [each.month for each in months] == ["2026-09", "2026-08", "2026-07"]
    assert len(months) == MONTHS_SHOWN
    house.clock.pass_(KEEP_PARTICIPATION + 7 * DAY)
    tidy(house.deps)
    assert house.rows("SELECT month FROM area_month ORDER BY month") == [("2026-07",), ("2026-08",), ("2026-09",)]
