"""The lead is asked what the team decides: on the day to look back, and after the team said something; once each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.usecases.agree_action import agree_action, decide_action
from bot.usecases.ask_to_decide import TALK, AskToDecide, ask_leads_to_decide
from bot.usecases.be_away import go_away
from bot.usecases.housekeeping import tidy, upcoming
from bot.usecases.pause_schedule import pause, restart, stop
from bot.usecases.see_cycle import see_own_cycle, see_team_cycle
from dialogues.rhythm.checking import CHECK
from tests.support.house import AMSTERDAM, COORDINATOR, DAY, LEAD, House
from tests.support.played import played_once

WEEK = 7 * DAY


@played_once
def chats(house):
    house.stock(20)
    return house.members(6)


@played_once
def maandbeeld_id(house, chats):
    house.answered(chats, house.open_round())
    found = house.maandbeeld()
    house.send()
    return found


def agrees(house: House, weeks: int = 4, place: str = "0"):
    newest = house.read(lambda work: work.maandbeelden.latest(house.team_id)).id
    return agree_action(house.deps, chat_id=LEAD, maandbeeld_id=newest, place=place, owner="samen", weeks=weeks)


def decides(house: House, decision: str):
    newest = house.read(lambda work: work.maandbeelden.latest(house.team_id)).id
    action_id = house.read(lambda work: work.improvement_actions.open_of(house.team_id)).id
    return decide_action(house.deps, chat_id=LEAD, maandbeeld_id=newest, action_id=action_id, decision=decision)


def asked(house: House) -> list[AskToDecide]:
    ask_leads_to_decide(house.deps)
    return [each.message for each in house.send() if isinstance(each.message, AskToDecide)]


def is_silent(house: House) -> bool:
    """Whether nobody is asked anything: no row is planned now, and none that waited goes out."""
    return ask_leads_to_decide(house.deps) == 0 and asked(house) == []


def until_the_check_is_told(house: House, chats) -> None:
    """Rounds go by; the team says that the step happens, and a maandbeeld tells it."""
    for _ in range(6):
        about = house.next_round()
        if about.element == CHECK:
            break
        house.answered(chats, about)
    for chat in chats:
        house.tap(chat, house.start(chat, about.id), "Soms")
    house.close(about)
    house.maandbeeld()
    house.send()


def test_on_the_day_to_look_back_the_lead_is_asked_once(house, maandbeeld_id):
    """Not a day sooner, not a second time, and honest that the team said nothing yet."""
    action = agrees(house)
    house.clock.moment += action.look_back_on - house.deps.today() - DAY
    assert is_silent(house)
    house.clock.pass_(DAY)
    (message,) = asked(house)
    assert message.agreeing.open.id == action.id
    assert message.agreeing.said == ("Het team is er nog niet naar gevraagd.",)
    assert is_silent(house)
    house.clock.pass_(WEEK)
    assert is_silent(house)


def test_going_on_is_asked_again_on_the_new_day(house, maandbeeld_id):
    """Four weeks later, once more."""
    agrees(house)
    house.clock.pass_(4 * WEEK)
    assert len(asked(house)) == 1
    action = decides(house, "go_on")
    assert is_silent(house)
    house.clock.moment += action.look_back_on - house.deps.today()
    assert len(asked(house)) == 1


@pytest.mark.parametrize("decision", ["stop", "keep"])
def test_what_was_decided_is_not_asked(house, maandbeeld_id, decision):
    """Nor what another step took the place of."""
    agrees(house)
    house.clock.pass_(DAY)
    decides(house, decision)
    house.clock.pass_(8 * WEEK)
    assert is_silent(house)
    agrees(house, weeks=4)
    agrees(house, weeks=12, place="1")
    house.clock.pass_(4 * WEEK)
    assert is_silent(house)


def test_a_row_that_waits_is_dropped_when_it_was_decided_meanwhile(house, maandbeeld_id):
    """The evening before: the lead goes on, and gets no question in the morning."""
    agrees(house)
    house.clock.pass_(4 * WEEK + 12 * DAY / 24)
    assert ask_leads_to_decide(house.deps) == 1
    decides(house, "go_on")
    assert is_silent(house)


def test_a_week_after_the_maandbeeld_that_told_what_the_team_said(house, maandbeeld_id, chats):
    """When the day to look back is still far away; with the words of the team beside it, and once."""
    agrees(house, weeks=12)
    until_the_check_is_told(house, chats)
    assert is_silent(house)
    house.clock.pass_(TALK)
    (message,) = asked(house)
    assert message.agreeing.said[0].endswith("gevraagd aan het hele team. Gebeurt het? Het vaakst ‘soms’.")
    house.clock.pass_(WEEK)
    assert is_silent(house)


def test_once_the_lead_is_asked_the_cycle_says_whose_turn_it_is(house, maandbeeld_id, chats):
    """Before the day to look back; the coordinator reads nothing that depends on how many answered."""
    agrees(house, weeks=12)
    until_the_check_is_told(house, chats)
    coordinator = see_team_cycle(house.deps, chat_id=COORDINATOR, team_id=house.team_id).links
    assert checked(house) == "planned"
    house.clock.pass_(TALK)
    assert len(asked(house)) == 1
    assert checked(house) == "waiting"
    assert see_team_cycle(house.deps, chat_id=COORDINATOR, team_id=house.team_id).links == coordinator
    decides(house, "go_on")
    assert checked(house) == "planned"


def checked(house: House) -> str:
    """How the last link of the cycle stands, for the lead."""
    return see_own_cycle(house.deps, chat_id=LEAD, team_id=house.team_id).links[-1].state


def test_who_goes_on_right_after_the_maandbeeld_is_not_asked(house, maandbeeld_id, chats):
    """The lead was faster than the question."""
    agrees(house, weeks=12)
    until_the_check_is_told(house, chats)
    house.clock.pass_(DAY)
    decides(house, "go_on")
    house.clock.pass_(TALK)
    assert is_silent(house)


def test_a_team_in_a_pause_is_left_alone(house, maandbeeld_id):
    """The question comes when the pause is over."""
    agrees(house)
    pause(house.deps, chat_id=COORDINATOR, team_id=house.team_id, until=house.deps.today() + 6 * WEEK)
    house.clock.pass_(5 * WEEK)
    assert is_silent(house)
    house.clock.pass_(WEEK)
    assert len(asked(house)) == 1


def test_a_team_that_was_stopped_is_left_alone(house, maandbeeld_id):
    """Until it begins again."""
    agrees(house)
    stop(house.deps, chat_id=COORDINATOR, team_id=house.team_id, reason="busy")
    house.clock.pass_(4 * WEEK)
    assert is_silent(house)
    restart(house.deps, chat_id=COORDINATOR, team_id=house.team_id)
    assert len(asked(house)) == 1


def test_the_day_to_look_back_is_one_of_the_moments_that_come(house, maandbeeld_id):
    """So that a simulated week does not jump over it; never one that is past, which nothing would wait for."""
    about = house.start_round()
    house.close(about)
    action = agrees(house)
    with house.storage.begin() as work:
        work.schedules.put(replace(work.schedules.get(house.team_id), next_due_at=None, maandbeeld_due_at=None))
        work.deliveries.remove_kind("ask_response", subject=maandbeeld_id)
        work.commit()
    house.send()
    coming = upcoming(house.deps).next
    assert coming.astimezone(AMSTERDAM).date() == action.look_back_on
    house.clock.moment = coming
    assert upcoming(house.deps).next is None


def stops_leading(house: House) -> None:
    lead = house.person(LEAD)
    with house.storage.begin() as work:
        place = next(each for each in work.people.memberships(lead.id) if each.role == "lead")
        work.people.end_membership(place.id, house.deps.today())
        work.commit()


def test_who_leads_now_is_asked(house, maandbeeld_id):
    """Whoever led when it was agreed; everybody who leads gets it, and nobody else."""
    agrees(house)
    house.invite(700, kind="lead")
    house.clock.pass_(4 * WEEK)
    ask_leads_to_decide(house.deps)
    rows = house.rows("SELECT person_id FROM delivery WHERE kind = 'decide_step'")
    assert {person for (person,) in rows} == {house.person(LEAD).id, house.person(700).id}


def test_who_comes_to_lead_after_the_question_is_asked_it_too(house, maandbeeld_id):
    """The lead who was asked left without a word; the next one is asked once, and nobody after it was answered."""
    action = agrees(house)
    house.clock.pass_(4 * WEEK)
    assert len(asked(house)) == 1
    stops_leading(house)
    house.clock.pass_(2 * DAY)
    house.invite(700, kind="lead")
    assert [each.agreeing.open.id for each in asked(house)] == [action.id]
    house.clock.pass_(40 * DAY)
    tidy(house.deps)
    assert is_silent(house)
    newest = house.read(lambda work: work.maandbeelden.latest(house.team_id)).id
    decide_action(house.deps, chat_id=700, maandbeeld_id=newest, action_id=action.id, decision="go_on")
    house.invite(701, kind="lead")
    assert is_silent(house)


def test_a_lead_who_is_away_for_long_is_asked_on_coming_back(house, maandbeeld_id):
    """The question waits: nothing was decided meanwhile."""
    agrees(house)
    house.clock.pass_(4 * WEEK)
    until = house.deps.today() + 6 * WEEK
    go_away(house.deps, chat_id=LEAD, until=until)
    assert asked(house) == []
    house.clock.pass_(6 * WEEK + DAY)
    assert len(asked(house)) == 1


def test_two_tickers_ask_once(house, maandbeeld_id):
    """What one process claimed, the other finds claimed."""
    action = agrees(house)
    house.clock.pass_(4 * WEEK)
    with house.storage.begin() as work:
        assert work.improvement_actions.claim_asking(action.id, before=None, today=house.deps.today())
        assert not work.improvement_actions.claim_asking(action.id, before=None, today=house.deps.today())


def test_without_a_lead_the_question_waits_for_one(house, maandbeeld_id):
    """Nobody is there on the day: it is not noted as asked, so whoever comes to lead is asked then."""
    agrees(house)
    stops_leading(house)
    house.clock.pass_(4 * WEEK)
    assert ask_leads_to_decide(house.deps) == 0
    assert house.read(lambda work: work.improvement_actions.open_of(house.team_id)).lead_asked_on is None
