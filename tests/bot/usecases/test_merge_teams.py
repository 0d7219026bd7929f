"""Two small teams become one: the arithmetic, who goes where, what still runs, and what ends."""

from __future__ import annotations

import pytest

from bot.usecases.changes import NoticeMessage, my_log
from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.errors import AlreadySo, InvitationInvalid, NotAllowed
from bot.usecases.leave_team import my_places
from bot.usecases.make_team import make_team
from bot.usecases.merge_teams import look_at_merging, merge_choices, merge_teams, put_away_teams
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import pause, resume_due, return_dates
from bot.usecases.release_round import release_due
from bot.usecases.see_team import my_areas, see_team
from bot.usecases.share_maandbeeld import open_maandbeeld
from dialogues.insight.chances import chance_of_overview
from dialogues.rhythm.working_hours import next_working_time
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY, LEAD, OTHER_COORDINATOR, STRANGER
from tests.support.played import played_once

BRUG_LEAD = 104
THERE = (701, 702, 703)


@played_once
def brug(house):
    """A second team in the area, with a lead and three members."""
    team = make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")
    house.invite(BRUG_LEAD, kind="lead", team=team)
    for chat_id in THERE:
        house.member(chat_id, team=team)
    return team


def merge(house, brug):
    return merge_teams(house.deps, chat_id=COORDINATOR, team_id=house.team_id, other_id=brug.id)


def members(house, team):
    found = house.read(lambda work: work.people.team_members(team.id, role="member"))
    return sorted(person.chat_id for person, _ in found)


def everything_due(house):
    """One tick of the house, without sending."""
    release_due(house.deps)
    open_due_rounds(house.deps)
    compose_due_maandbeelden(house.deps)
    put_away_teams(house.deps)


def test_the_arithmetic_is_of_the_real_numbers_and_changes_nothing(house, brug):
    """Respondents here, there and together, with the floor of the team that goes on."""
    before = house.everything()
    plan = look_at_merging(house.deps, chat_id=COORDINATOR, team_id=house.team_id, other_id=brug.id)
    assert (plan.members, plan.others, plan.together) == (2, 3, 5)
    assert (plan.chance, plan.other_chance) == (0, 0)
    assert plan.together_chance == pytest.approx(0.6**5)
    assert house.everything() == before
    for number in range(1100, 1109):
        house.member(number, sector="onderwijs")
    plan = look_at_merging(house.deps, chat_id=COORDINATOR, team_id=house.team_id, other_id=brug.id)
    assert (plan.members, plan.together) == (11, 14)
    assert plan.chance == chance_of_overview(11)
    assert plan.together_chance == chance_of_overview(14)


def test_members_go_along_with_what_they_told_and_the_old_team_opens_nothing_more(house, brug):
    """The coordinator sees one team, with everybody; the other is put away."""
    due = house.rhythm()
    merge(house, brug)
    assert members(house, brug) == sorted((ANNE, BRAM, *THERE))
    assert members(house, house.team) == []
    ((_, teams),) = my_areas(house.deps, chat_id=COORDINATOR)
    assert [team.name for team in teams] == ["De Brug"]
    (place,) = my_places(house.deps, chat_id=BRAM)
    assert (place.team.id, place.sector) == (brug.id, "wijkteam")
    house.clock.moment = due + 60 * DAY
    open_due_rounds(house.deps)
    assert house.read(lambda work: work.rounds.latest(house.team_id, element="trust")) is None
    for refused in (
        lambda: see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id),
        lambda: merge_teams(house.deps, chat_id=COORDINATOR, team_id=brug.id, other_id=house.team_id),
        lambda: merge_teams(house.deps, chat_id=OTHER_COORDINATOR, team_id=house.team_id, other_id=brug.id),
    ):
        with pytest.raises(NotAllowed):
            refused()
    before = house.everything()
    with pytest.raises(AlreadySo):
        merge(house, brug)
    assert house.everything() == before


@pytest.mark.parametrize(("here", "there", "together"), [(8, 5, 8), (5, 8, 8), (8, 10, 10), (5, 5, 5)])
def test_the_higher_of_two_floors_holds_for_all(house, brug, here, there, together):
    """What was promised to one of the teams is not taken back by going up into the other; the arithmetic knows it."""
    with house.storage.begin() as work:
        work.teams.raise_floor(house.team_id, here)
        work.teams.raise_floor(brug.id, there)
        work.commit()
    for number in range(1100, 1106):
        house.member(number, sector="onderwijs")
    house.clock.pass_(DAY)  # so that what is written down now is the newest, and on the first page
    plan = merge(house, brug)
    assert plan.together_chance == chance_of_overview(plan.together, floor=together)
    assert house.read(lambda work: work.teams.get(brug.id)).floor == together
    logged = [each for each in my_log(house.deps, chat_id=THERE[0]).changes if each.kind == "floor"]
    assert [dict(each.words) for each in logged] == ([{"floor": str(together)}] if together > there else [])


def test_everybody_hears_it_once_and_from_their_own_side(house, brug):
    """Also the leads; who is in both teams hears of the one that goes up."""
    house.invite(ANNE, team=brug)
    merge(house, brug)
    house.clock.moment = next_working_time(house.clock.moment, zone=AMSTERDAM)
    said = {}
    for sending in house.send():
        if isinstance(sending.message, NoticeMessage) and sending.message.kind.startswith("merged"):
            said.setdefault(sending.chat_id, []).append((sending.message.kind, sending.message.words["other"]))
    into, joined = [("merged_into", "De Brug")], [("merged_from", "Samen in Noord")]
    assert said == {
        ANNE: into, BRAM: into, LEAD: into, BRUG_LEAD: joined, **dict.fromkeys(THERE, joined),
    }  # fmt: skip


def test_who_leads_there_does_not_answer_there_and_who_is_in_both_counts_once(house, brug):
    """Named before; nobody becomes a respondent of what they read, and a lead here stays a member there."""
    house.invite(ANNE, kind="lead", team=brug, name="Anne")
    house.invite(BRAM, team=brug)
    house.describe(BRAM, sector="wijkteam", function="team_worker", tenure="long")
    house.member(LEAD, team=brug)
    plan = merge(house, brug)
    assert (plan.leading_there, plan.answering_there, plan.in_both) == (("Naam 201",), ("Naam 102",), 1)
    assert plan.together == 5
    assert members(house, brug) == sorted((BRAM, LEAD, *THERE))
    leads = house.read(lambda work: work.people.team_members(brug.id, role="lead"))
    assert {person.chat_id for person, _ in leads} == {ANNE, BRUG_LEAD}


def test_an_open_round_runs_to_its_close_and_its_lead_reads_what_comes_of_it(house, brug):
    """The frozen roster answers, the maandbeeld comes, and only then the old team is done."""
    house.members(5)
    about = house.open_round()
    merge(house, brug)
    everything_due(house)
    for chat_id in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat_id, about.id)
    assert house.close(about) == "published"
    house.close(house.start_round())
    assert put_away_teams(house.deps) == 0
    maandbeeld_id = house.maandbeeld()
    assert maandbeeld_id
    read = {each.chat_id for each in house.send() if getattr(each.message, "maandbeeld_id", "") == maandbeeld_id}
    assert read == {LEAD}
    assert open_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id).may_share
    with pytest.raises(NotAllowed):
        open_maandbeeld(house.deps, chat_id=BRUG_LEAD, maandbeeld_id=maandbeeld_id)
    assert put_away_teams(house.deps) == 1
    assert put_away_teams(house.deps) == 0
    assert house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at is None


def test_a_thin_round_of_the_old_team_ends_at_its_time(house, brug):
    """It gets no second round: it is destroyed when it may be kept no longer, and then the team is done."""
    about = house.open_round()
    house.answer(ANNE, about.id)
    assert house.close(about) == "thin"
    merge(house, brug)
    everything_due(house)
    assert house.round(about.id).state == "thin"
    house.clock.pass_(63 * DAY)
    everything_due(house)
    assert house.round(about.id).state == "destroyed"
    house.clock.pass_(31 * DAY)
    everything_due(house)
    everything_due(house)
    assert house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at is None


def test_a_team_that_went_up_while_it_paused_does_not_wake(house, brug):
    """The day of return comes, and nothing begins."""
    house.rhythm()
    day = return_dates(house.deps, chat_id=COORDINATOR, team_id=house.team_id)[0]
    pause(house.deps, chat_id=COORDINATOR, team_id=house.team_id, until=day)
    merge(house, brug)
    house.clock.pass_(40 * DAY)
    resume_due(house.deps)
    assert house.read(lambda work: work.schedules.get(house.team_id)).next_due_at is None


def test_old_links_lead_nowhere(house, brug):
    """Nobody comes into a team that is put away."""
    token = house.token()
    merge(house, brug)
    with pytest.raises(InvitationInvalid):
        house.join(STRANGER, token)


def test_only_teams_of_one_area_and_never_one_with_itself(house, brug):
    """By a coordinator of both."""
    assert [team.id for team in merge_choices(house.deps, chat_id=COORDINATOR, team_id=house.team_id)] == [brug.id]
    before = house.everything()
    tries = (
        (COORDINATOR, house.team_id, house.team_id),
        (COORDINATOR, house.team_id, house.other_team.id),
        (OTHER_COORDINATOR, house.team_id, brug.id),
        (COORDINATOR, "x", brug.id),
    )
    for chat_id, team_id, other_id in tries:
        for act in (look_at_merging, merge_teams):
            with pytest.raises(NotAllowed):
                act(house.deps, chat_id=chat_id, team_id=team_id, other_id=other_id)
    assert house.everything() == before
