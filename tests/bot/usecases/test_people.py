"""Members leave and move, leads and coordinators come and go; and a roster that is frozen stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.access import roles
from bot.usecases.changes import NoticeMessage, my_log
from bot.usecases.errors import InvitationInvalid, LastCoordinator, NotAllowed, RoleConflict
from bot.usecases.forget_me import forget_me
from bot.usecases.invite import invite_colleague
from bot.usecases.leave_team import (
    FARTHEST,
    DayUnusable,
    end_due_memberships,
    end_of_month,
    last_day_for,
    leave_myself,
    my_places,
    read_day,
    remove_now,
    set_last_day,
    stay_myself,
    take_back_leaving,
)
from bot.usecases.make_team import make_team
from bot.usecases.move_member import move_member
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.replace_lead import remove_coordinator, remove_lead
from bot.usecases.see_people import area_people, one_of_team, team_people
from bot.usecases.see_team import see_team
from bot.usecases.share_maandbeeld import share_maandbeeld
from bot.usecases.start_dialogue import unanswered_round
from dialogues.rhythm.working_hours import next_working_time
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY, LEAD, OTHER_COORDINATOR, OUTSIDER, STRANGER

TODAY = date(2026, 11, 2)
SECOND = 103


def members(house, team=None):
    return {
        person.chat_id
        for person, _ in house.read(lambda work: work.people.team_members((team or house.team).id, role="member"))
    }


def told(house):
    """Chat → kinds of notices, at the next working moment."""
    house.clock.moment = next_working_time(house.clock.moment, zone=AMSTERDAM)
    said = {}
    for sending in house.send():
        if isinstance(sending.message, NoticeMessage):
            said.setdefault(sending.chat_id, []).append(sending.message.kind)
    return said


def logged(house, chat_id=COORDINATOR):
    pages = [my_log(house.deps, chat_id=chat_id)]
    while pages[-1].more:
        pages.append(my_log(house.deps, chat_id=chat_id, page=len(pages)))
    return [each.kind for page in pages for each in page.changes]


@pytest.fixture
def brug(house):
    """A second team in the coordinator's area."""
    return make_team(house.deps, chat_id=COORDINATOR, area_id=house.area_id, name="De Brug", team_label="het team")


@pytest.fixture
def second(house):
    """A second coordinator of the area."""
    house.join(SECOND, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    return SECOND


# Seeing


def test_the_coordinator_sees_names_and_sectors_of_members(house):
    """By name; the lead is in a list of their own."""
    seen = team_people(house.deps, chat_id=COORDINATOR, team_id=house.team_id, role="member")
    assert [(each.name, each.sector) for each in seen] == [("Naam 201", "jgz"), ("Naam 202", "wijkteam")]
    (lead,) = team_people(house.deps, chat_id=COORDINATOR, team_id=house.team_id, role="lead")
    assert (lead.name, lead.sector) == ("Naam 102", "")


def test_what_is_shown_of_a_member_is_the_same_before_and_after_they_answered(house):
    """Nothing a coordinator sees depends on an answer."""
    about = house.open_round()
    before = (
        team_people(house.deps, chat_id=COORDINATOR, team_id=house.team_id, role="member"),
        see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id),
        my_log(house.deps, chat_id=COORDINATOR),
    )
    house.answer(ANNE, about.id)
    assert before == (
        team_people(house.deps, chat_id=COORDINATOR, team_id=house.team_id, role="member"),
        see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id),
        my_log(house.deps, chat_id=COORDINATOR),
    )


# Days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31-12-2026", date(2026, 12, 31)), (" 2/11/2026 ", TODAY), ("1.3.2027", date(2027, 3, 1)),
        ("29-02-2028", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_a_typed_day_is_read_as_people_write_it(text, day):
    assert read_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "morgen",
        "31-11-2026",
        "1-11-2026",
        "12-31-2026",
        "2-11-26",
        "2-11-2029",
        "٣١-١٢-٢٠٢٦",
        "1-1-9999",
        "x" * 900,
    ],
)
def test_what_is_no_usable_day_is_refused(text):
    """No such day, in the past, too far ahead, or not a day at all."""
    with pytest.raises(DayUnusable):
        read_day(text, today=TODAY)


@given(st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31)))
def test_the_end_of_a_month_is_the_day_before_the_next_one_begins(today):
    last = end_of_month(today)
    assert (last.year, last.month) == (today.year, today.month)
    assert (last + timedelta(days=1)).day == 1


def test_the_choices_of_a_last_day(house):
    assert last_day_for(house.deps, choice="today") == TODAY
    assert last_day_for(house.deps, choice="month") == date(2026, 11, 30)
    assert last_day_for(house.deps, choice="3-12-2026") == date(2026, 12, 3)


# Leaving


def test_somebody_who_leaves_is_in_the_team_up_to_the_last_day_and_out_the_day_after(house):
    """By the house's own duty, once; the log says it without a name, and the person is told."""
    shown = set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], last_day=TODAY + DAY)
    assert shown.leaves_on == TODAY + DAY
    assert told(house) == {ANNE: ["your_last_day"]}
    house.clock.pass_(DAY)
    assert end_due_memberships(house.deps) == 0
    assert ANNE in members(house)
    house.clock.pass_(DAY)
    assert end_due_memberships(house.deps) == 1
    assert end_due_memberships(house.deps) == 0
    assert members(house) == {BRAM}
    ended = house.read(lambda work: work.people.membership(house.memberships[ANNE]))
    assert ended.left_on == TODAY + 2 * DAY
    assert told(house) == {ANNE: ["your_place_ended"]}
    assert {"leaving", "member_left"} <= set(logged(house))
    assert not [kind for kind in logged(house) if kind.startswith("your_")]


def test_after_a_month_of_standstill_the_day_of_leaving_is_still_the_right_one(house):
    """The house was off; a membership ends on the day after the last day, not on the day it was noticed."""
    set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], last_day=TODAY)
    house.clock.pass_(40 * DAY)
    end_due_memberships(house.deps)
    assert house.read(lambda work: work.people.membership(house.memberships[ANNE])).left_on == TODAY + DAY


def test_leaving_can_be_taken_back(house):
    """Nothing ends then; taking back what was not planned changes nothing."""
    membership_id = house.memberships[ANNE]
    before = house.everything()
    assert take_back_leaving(house.deps, chat_id=COORDINATOR, membership_id=membership_id).leaves_on is None
    assert house.everything() == before
    set_last_day(house.deps, chat_id=COORDINATOR, membership_id=membership_id, last_day=TODAY)
    take_back_leaving(house.deps, chat_id=COORDINATOR, membership_id=membership_id)
    house.clock.pass_(9 * DAY)
    assert end_due_memberships(house.deps) == 0
    assert ANNE in members(house)
    assert told(house) == {ANNE: ["your_last_day_undone"]}


def test_a_member_leaves_by_themselves_and_the_coordinator_hears_of_it(house):
    """And can take it back; somebody else's place is not theirs."""
    (place,) = my_places(house.deps, chat_id=ANNE)
    leave_myself(house.deps, chat_id=ANNE, membership_id=place.membership_id, last_day=TODAY + 7 * DAY)
    assert told(house) == {COORDINATOR: ["leaving"]}
    assert stay_myself(house.deps, chat_id=ANNE, membership_id=place.membership_id).leaves_on is None
    assert told(house) == {COORDINATOR: ["staying"]}
    with pytest.raises(NotAllowed):
        leave_myself(house.deps, chat_id=BRAM, membership_id=place.membership_id, last_day=TODAY)
    with pytest.raises(NotAllowed):
        my_places(house.deps, chat_id=LEAD)


@pytest.mark.parametrize("last_day", [TODAY - DAY, TODAY + FARTHEST + DAY])
def test_a_last_day_in_the_past_or_too_far_ahead_is_refused(house, last_day):
    """Also past the chat."""
    with pytest.raises(DayUnusable):
        set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], last_day=last_day)
    with pytest.raises(DayUnusable):
        leave_myself(house.deps, chat_id=ANNE, membership_id=house.memberships[ANNE], last_day=last_day)


@pytest.mark.parametrize("how", ["removed", "moved", "last day"])
def test_who_is_on_the_roster_of_an_open_round_answers_until_it_closes(house, brug, how):
    """Out of the team, and still one of the five; the next round does not ask them any more."""
    house.members(5)
    about = house.open_round()
    membership_id = house.memberships[ANNE]
    if how == "removed":
        remove_now(house.deps, chat_id=COORDINATOR, membership_id=membership_id)
    elif how == "moved":
        move_member(house.deps, chat_id=COORDINATOR, membership_id=membership_id, to_team_id=brug.id)
    else:
        today = house.deps.today()
        set_last_day(house.deps, chat_id=COORDINATOR, membership_id=membership_id, last_day=today)
        house.clock.pass_(DAY)
        end_due_memberships(house.deps)
    assert ANNE not in members(house)
    assert unanswered_round(house.deps, chat_id=ANNE) == about.id
    for chat_id in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat_id, about.id)
    assert house.close(about) == "published"
    again = house.next_round()
    asked = {entry.person_id for entry in house.read(lambda work: work.rounds.roster(again.id))}
    assert house.person(ANNE).id not in asked
    assert len(asked) == 4


def test_who_still_answers_in_a_team_cannot_become_its_reader_meanwhile(house):
    """Out of the team on Monday, lead on Tuesday: the open round would be read by one of its respondents."""
    house.members(5)
    about = house.open_round()
    house.answer(ANNE, about.id)
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    for token in (
        house.token(kind="lead"), invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token
    ):  # fmt: skip
        with pytest.raises(RoleConflict):
            house.join(ANNE, token)
    for chat_id in (BRAM, 1000, 1001, 1002):
        house.answer(chat_id, about.id)
    assert house.close(about) == "published"
    house.close(house.start_round())
    assert house.join(ANNE, house.token(kind="lead")).kind == "lead"


# Moving


def test_a_move_takes_the_description_along_and_tells_both_logs_and_the_person(house, brug):
    """Sector, function, layer and time stay; moving twice is refused, for the first place has ended."""
    moved = move_member(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], to_team_id=brug.id)
    assert (moved.team.id, moved.sector) == (brug.id, "jgz")
    new = house.read(lambda work: work.people.membership(moved.membership_id))
    assert (new.function, new.audience, new.tenure) == ("youth_nurse", "practice", "long")
    assert (members(house), members(house, brug)) == ({BRAM}, {ANNE})
    assert told(house) == {ANNE: ["your_move"]}
    assert {"member_moved_in", "member_moved_out"} <= set(logged(house))
    with pytest.raises(NotAllowed):
        move_member(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], to_team_id=brug.id)


def test_a_move_keeps_apart_who_reads_and_who_answers(house, brug):
    """A lead of the other team stays where they are; nobody goes to another area, and a lead does not move."""
    house.invite(ANNE, kind="lead", team=brug)
    membership_id = next(
        each.membership_id
        for each in team_people(house.deps, chat_id=COORDINATOR, team_id=house.team_id, role="member")
        if each.name == "Naam 201"
    )
    before = house.everything()
    with pytest.raises(RoleConflict):
        move_member(house.deps, chat_id=COORDINATOR, membership_id=membership_id, to_team_id=brug.id)
    for membership, to in ((membership_id, house.other_team.id), (membership_id, house.team_id), ("x", brug.id)):
        with pytest.raises(NotAllowed):
            move_member(house.deps, chat_id=COORDINATOR, membership_id=membership, to_team_id=to)
    with pytest.raises(NotAllowed):
        move_member(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD], to_team_id=brug.id)
    assert house.everything() == before


def test_who_is_in_both_teams_only_leaves_the_first(house, brug):
    """No second membership of one team."""
    house.invite(ANNE, team=brug)
    (place,) = (each for each in my_places(house.deps, chat_id=ANNE) if each.team.id == house.team_id)
    move_member(house.deps, chat_id=COORDINATOR, membership_id=place.membership_id, to_team_id=brug.id)
    assert [each.team.id for each in my_places(house.deps, chat_id=ANNE)] == [brug.id]


# Leads and coordinators


def test_a_removed_lead_loses_every_right_at_once(house, brug):
    """No maandbeeld is opened or shared, none that waits is sent; the coordinators hear that nobody leads now."""
    house.members(5)
    about = house.open_round()
    for chat_id in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat_id, about.id)
    house.close(about)
    maandbeeld_id = house.maandbeeld()
    ended = remove_lead(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD])
    assert (ended.chat_id, ended.left, ended.invited) == (LEAD, 0, None)
    with pytest.raises(NotAllowed):
        share_maandbeeld(house.deps, chat_id=LEAD, maandbeeld_id=maandbeeld_id)
    assert roles(house.deps, LEAD).leads == ()
    said = told(house)
    assert (said[LEAD], said[COORDINATOR]) == (["your_lead_role_ended"], ["no_lead"])
    assert {"lead_removed", "no_lead"} <= set(logged(house))
    with pytest.raises(NotAllowed):
        remove_lead(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD])


def test_a_lead_who_is_erased_leaves_the_same_word_for_the_coordinators(house):
    """Whatever way a team comes to be without one."""
    forget_me(house.deps, chat_id=LEAD)
    assert told(house) == {COORDINATOR: ["no_lead"]}


def test_a_replaced_lead_is_followed_by_whoever_takes_the_link(house):
    """One use; the new lead gets the maandbeeld the team was told about."""
    ended = remove_lead(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD], replacing=True)
    assert ended.invited.max_uses == 1
    assert house.join(STRANGER, ended.invited.token).kind == "lead"
    assert roles(house.deps, STRANGER).leads


def test_a_member_is_not_removed_as_lead_nor_a_lead_as_member(house):
    """Each by their own way."""
    with pytest.raises(NotAllowed):
        remove_lead(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    with pytest.raises(NotAllowed):
        remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD])
    with pytest.raises(NotAllowed):
        set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD], last_day=TODAY)


def test_a_removed_coordinator_loses_every_right_and_the_last_one_stays(house, second):
    """Oneself or the other; an area is never without."""
    mine = {each.myself: each.person_id for each in area_people(house.deps, chat_id=second, area_id=house.area_id)}
    assert len(mine) == 2
    remove_coordinator(house.deps, chat_id=second, area_id=house.area_id, person_id=mine[False])
    with pytest.raises(NotAllowed):
        see_team(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert roles(house.deps, COORDINATOR).areas == ()
    with pytest.raises(LastCoordinator):
        remove_coordinator(house.deps, chat_id=second, area_id=house.area_id, person_id=mine[True])
    assert told(house)[COORDINATOR] == ["your_coordinator_role_ended"]
    assert "coordinator_removed" in logged(house, second)


def test_a_coordinator_is_removed_by_a_colleague_only(house, second):
    """Not by one of another area, and nobody is removed who was not there."""
    there = area_people(house.deps, chat_id=second, area_id=house.area_id)
    for chat_id, person_id in ((OTHER_COORDINATOR, there[0].person_id), (second, house.person(OUTSIDER).id)):
        with pytest.raises(NotAllowed):
            remove_coordinator(house.deps, chat_id=chat_id, area_id=house.area_id, person_id=person_id)


def test_who_is_erased_has_no_last_day_any_more(house):
    """The duty meets people who are gone."""
    set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], last_day=TODAY)
    forget_me(house.deps, chat_id=ANNE)
    house.clock.pass_(3 * DAY)
    assert end_due_memberships(house.deps) == 0


def test_a_round_that_opens_the_day_after_asks_without_whoever_left(house):
    """Whatever the order of the duties within one tick is, the one for leaving goes first."""
    house.members(6)
    due = house.rhythm()
    last_day = due.astimezone(AMSTERDAM).date() - DAY
    set_last_day(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE], last_day=last_day)
    house.clock.moment = due
    end_due_memberships(house.deps)
    open_due_rounds(house.deps)
    about = house.read(lambda work: work.rounds.latest(house.team_id, element="trust"))
    asked = {entry.person_id for entry in house.read(lambda work: work.rounds.roster(about.id))}
    assert house.person(ANNE).id not in asked
    with pytest.raises(NotAllowed):
        one_of_team(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])


def test_an_old_link_does_not_bring_back_whoever_was_removed(house):
    """A lead, a member and a coordinator with a link in their pocket: all three links are dead."""
    lead_link, member_link = house.token(kind="lead"), house.token()
    house.join(SECOND, invite_colleague(house.deps, chat_id=COORDINATOR, area_id=house.area_id).token)
    pocket = invite_colleague(house.deps, chat_id=SECOND, area_id=house.area_id).token
    remove_lead(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[LEAD])
    remove_now(house.deps, chat_id=COORDINATOR, membership_id=house.memberships[ANNE])
    second = house.person(SECOND)
    remove_coordinator(house.deps, chat_id=COORDINATOR, area_id=house.area_id, person_id=second.id)
    for chat, link in ((LEAD, lead_link), (ANNE, member_link), (SECOND, pocket)):
        with pytest.raises(InvitationInvalid):
            house.join(chat, link)
