"""Round 0: the start dialogue of everybody who arrives in the first two weeks."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.usecases.errors import NoLongerOpen
from bot.usecases.make_team import make_team
from bot.usecases.start_round import START_WINDOW_DAYS
from tests.support.house import ANNE, BRAM, COORDINATOR, DAY, LEAD, START, STRANGER


def roster(house):
    return house.read(lambda work: work.rounds.roster(house.start_round().id))


def test_the_first_described_member_opens_it_and_the_roster_grows(house):
    """Sizes per sector follow the roster; a member who told only half is not on it."""
    assert Counter(entry.sector for entry in roster(house)) == {"jgz": 1, "wijkteam": 1}
    house.invite(STRANGER)
    house.describe(STRANGER, sector="onderwijs", function="teacher")
    assert len(roster(house)) == 2
    house.describe(STRANGER, tenure="short")
    assert house.start_round().sector_sizes == {"jgz": 1, "wijkteam": 1, "onderwijs": 1}


def test_its_close_is_fixed_by_the_first_member(house):
    """Somebody who arrives a week later does not move the close."""
    closes_at = house.start_round().closes_at
    house.clock.pass_(7 * DAY)
    house.member(STRANGER)
    assert house.start_round().closes_at == closes_at
    assert closes_at <= START + (START_WINDOW_DAYS + 1) * DAY


def test_leading_and_policy_people_are_left_out(house):
    """The strategic layer and the lead are on no roster (privacy rules 8 and 9)."""
    house.member(STRANGER, function="jgz_policy")
    asked = {entry.person_id for entry in roster(house)}
    assert asked == {house.person(ANNE).id, house.person(BRAM).id}
    assert house.person(LEAD).id not in asked


def test_who_arrives_after_the_close_is_not_added(house):
    """Round 0 is over then; no second one opens."""
    about = house.start_round()
    house.close(about)
    house.member(STRANGER)
    assert house.rows("SELECT count(*) FROM round WHERE team_id = ?", house.team_id) == [(1,)]
    assert house.person(STRANGER).id not in {entry.person_id for entry in roster(house)}
    house.clock.moment = about.closes_at
    with pytest.raises(NoLongerOpen):
        house.start(ANNE, about.id)


def test_without_a_key_in_stock_nobody_is_refused(house):
    """The member is described all the same; the next one opens the round when there is a key again."""
    house.clock.pass_(0 * DAY)
    other = house.other_team
    assert house.read(lambda work: work.rounds.numbered(other.id, 0)) is not None
    while house.read(lambda work: work.keys.count()):
        with house.storage.begin() as work:
            work.keys.take()
            work.commit()
    empty = house.read(lambda work: work.keys.count())
    assert empty == 0
    house.member(STRANGER, team=house.team)
    assert house.person(STRANGER).id in {entry.person_id for entry in roster(house)}


def test_too_few_start_dialogues_are_destroyed_at_once(house):
    """Round 0 gets no second chance: there is no second arrival."""
    house.start(ANNE, house.start_round().id)
    house.rhythm()  # so that a round comes, which is no second chance of this one
    assert house.close(house.start_round()) == "destroyed"


def test_who_came_before_there_was_a_key_is_asked_all_the_same(house):
    """With the stock empty nobody is put on a roster; the next member brings the earlier ones along."""
    team = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="Nieuw", team_label="het jeugdteam")
    with house.storage.begin() as work:
        while work.keys.take():
            pass
        work.commit()
    early = house.member(501, team=team)
    assert house.read(lambda work: work.rounds.numbered(team.id, 0)) is None
    house.stock(1)
    late = house.member(502, team=team)
    start = house.read(lambda work: work.rounds.numbered(team.id, 0))
    asked = {entry.person_id for entry in house.read(lambda work: work.rounds.roster(start.id))}
    assert asked == {house.person(early).id, house.person(late).id}
