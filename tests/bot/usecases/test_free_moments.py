"""The moment fits the person: quiet times, the team's, closed days, absence, and what a dialogue going on holds up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.usecases.closed_days import close_days, open_days_again
from bot.usecases.free_moments import plan_again
from bot.usecases.send_due import LEASE, begin_sending, give_back, lease_due, mark_sent
from bot.usecases.set_own_quiet import clear_quiet
from bot.usecases.set_team_quiet import set_team_quiet
from bot.usecases.snooze import snooze
from dialogues.rhythm.quiet import block
from dialogues.rhythm.snooze import Snooze
from storage.teams import ClosedDay
from tests.bot.usecases.test_send_due import own_row, rows_without_names, two_teams_of, words
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY, HOUR, LEAD, STRANGER

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
NEVER = tuple(block(day, "hele dag").to_word() for day in WEEK)


def local(about, hours, minutes=0, *, days=0):
    """A moment on the local clock, some days after the round opened."""
    day = about.opens_at.astimezone(AMSTERDAM).date() + timedelta(days=days)
    return datetime.combine(day, time(hours, minutes), AMSTERDAM)


def row(house, about, chat, kind="prompt"):
    mine = house.person(chat).id
    return next(each for each in house.deliveries(kind, about.id) if each.person_id == mine)


def away(house, chat, until):
    with house.storage.begin() as work:
        work.people.set_away(work.people.by_chat(chat).id, until)
        work.commit()


def test_until_somebody_chose_the_usual_week_of_the_sector_holds(house):
    """Opened in the consultation hours of the morning: the nurse is asked after them, the team worker at once."""
    house.quiet(ANNE, None)
    house.quiet(BRAM, None)
    about = house.open_round()
    assert set(words(house.send())) == {BRAM}
    assert row(house, about, ANNE).due_at == local(about, 12, 15)
    house.clock.moment = local(about, 12, 15)
    assert set(words(house.send())) == {ANNE}


def test_own_times_the_teams_and_closed_days_all_count(house):
    """Own Tuesday, the team's Wednesday morning: asked on Wednesday afternoon."""
    house.quiet(ANNE, (block("tuesday", "hele dag").to_word(),))
    with house.storage.begin() as work:
        work.teams.set_quiet(house.team_id, (block("wednesday", "ochtend").to_word(),))
        work.commit()
    about = house.open_round()
    assert row(house, about, ANNE).due_at == local(about, 12, 30, days=1)


def test_the_invitation_to_who_is_new_waits_for_the_end_of_the_consultation_hours(house):
    """It goes by the same week as a question of the team."""
    house.invite(STRANGER)
    house.describe(STRANGER, sector="jgz", function="youth_nurse", tenure="short")
    invitation = house.deliveries("newcomer", house.memberships[STRANGER])[0]
    house.clock.moment = invitation.due_at
    assert STRANGER not in words(house.send())
    moved = house.deliveries("newcomer", house.memberships[STRANGER])[0].due_at.astimezone(AMSTERDAM)
    assert (moved.hour, moved.minute) == (12, 15)
    house.clock.moment = moved
    assert lease_due(house.deps, limit=9, busy=frozenset({STRANGER})) == ()
    assert STRANGER in words(house.send())


@pytest.mark.parametrize("kind", ["prompt", "reminder"])
def test_without_a_free_moment_a_row_waits_at_the_close_and_expires_unsent(house, kind):
    """Everything quiet: due at the close, and never sent."""
    house.quiet(ANNE, NEVER)
    about = house.open_round()
    assert row(house, about, ANNE, kind).due_at == about.closes_at
    house.clock.moment = about.closes_at
    assert ANNE not in words(house.send())


def test_quiet_times_that_changed_meanwhile_count_at_the_moment_of_sending(house):
    """Chosen after the opening, before the sending: it waits, as if it was never tried."""
    about = house.open_round()
    house.quiet(ANNE, (block("tuesday", "hele dag").to_word(),))
    assert set(words(house.send())) == {BRAM}
    assert (row(house, about, ANNE).due_at, row(house, about, ANNE).attempts) == (local(about, 8, days=1), 0)


def test_quiet_times_count_until_right_before_the_call(house):
    """A long pause before the call, into a quiet block: the prompt waits for the end of it."""
    about = house.open_round()
    sending = next(each for each in lease_due(house.deps, limit=9) if each.chat_id == ANNE)
    house.quiet(ANNE, (block("tuesday", "ochtend").to_word(),))
    assert not begin_sending(house.deps, delivery_id=sending.delivery_id)
    assert row(house, about, ANNE).due_at == local(about, 12, 30)


def test_who_is_away_hears_nothing_at_all(house):
    """No prompt, no snoozed one, no message; from the day of return on, what is still open."""
    about = house.open_round()
    house.send()
    snooze(house.deps, chat_id=ANNE, round_id=about.id, message_id=7, choice=Snooze.LATER_TODAY)
    back = about.opens_at.astimezone(AMSTERDAM).date() + timedelta(days=2)
    away(house, ANNE, back)
    house.clock.moment = local(about, 17, days=1)
    assert house.send() == ()
    house.clock.moment = datetime.combine(back, time(8), AMSTERDAM)
    assert set(words(house.send())) == {ANNE}


def test_what_was_put_off_comes_as_promised_also_in_a_quiet_time(house):
    """The person named the moment; a block that was chosen later does not move it."""
    about = house.open_round()
    house.send()
    back = snooze(house.deps, chat_id=ANNE, round_id=about.id, message_id=7, choice=Snooze.LATER_TODAY)
    house.quiet(ANNE, NEVER)
    house.clock.moment = back
    assert set(words(house.send())) == {ANNE}


def test_a_lead_with_own_quiet_times_gets_messages_outside_them(house):
    """The honest sentence after a thin round waits until the lead's block is over; others read it at once."""
    about = house.open_round()
    house.quiet(LEAD, tuple(block(day, "hele dag").to_word() for day in WEEK[:4]))
    house.close(about)
    house.clock.moment = next_working_morning(about)
    assert LEAD not in words(house.send())
    house.clock.moment = friday_after(house.clock.moment)
    assert LEAD in words(house.send())


def next_working_morning(about):
    day = about.closes_at.astimezone(AMSTERDAM).date() + timedelta(days=1)
    return datetime.combine(day, time(9), AMSTERDAM)


def friday_after(moment):
    on = moment.astimezone(AMSTERDAM)
    return on + timedelta(days=(4 - on.weekday()) % 7)


def test_a_reminder_is_taken_when_its_person_is_free_whoever_answered(house):
    """Rows of who answered and who did not move alike, and end alike."""
    for chat in (ANNE, BRAM):
        house.quiet(chat, None)
    with house.storage.begin() as work:
        work.teams.set_quiet(house.team_id, tuple(block(day, "ochtend").to_word() for day in WEEK))
        work.commit()
    about = house.open_round()
    for hours in range(3, 11):
        house.clock.moment = local(about, 8) + hours * HOUR
        house.send()
    house.answer(ANNE, about.id)
    quiet = (block("monday", "hele dag").to_word(), *(block(day, "ochtend").to_word() for day in WEEK[1:]))
    house.quiet(ANNE, quiet)
    house.quiet(BRAM, quiet)
    seen = set()
    for hours in range(24 * 14):
        house.clock.moment = about.opens_at + hours * HOUR
        if house.clock.moment >= about.closes_at:
            break
        seen |= {each.chat_id for each in house.send() if each.message.reminder}
        assert len(set(rows_without_names(house, "reminder", about))) == 1
    assert seen == {BRAM}


def test_no_reminder_on_the_day_of_the_prompt(house):
    """Asked late, because the days before were quiet: the reminder waits for the next day."""
    about = house.open_round()
    own_row(house, ANNE, about, due_at=about.remind_at)
    house.clock.moment = about.remind_at
    assert [each.reminder for each in words(house.send())[ANNE]] == [False]
    house.clock.pass_(DAY)
    assert [each.reminder for each in words(house.send())[ANNE]] == [True]


def test_what_waits_moves_when_times_change(house):
    """An absence that ends early brings an open question at once; what was put off keeps its promise."""
    about = house.open_round()
    before = house.person(ANNE)
    away(house, ANNE, date(2027, 6, 1))
    paused = house.person(ANNE)
    with house.storage.begin() as work:
        plan_again(work, house.deps, before=before, now=paused)
        work.commit()
    assert row(house, about, ANNE).due_at == about.closes_at
    away(house, ANNE, None)
    with house.storage.begin() as work:
        plan_again(work, house.deps, before=paused, now=house.person(ANNE))
        work.commit()
    assert row(house, about, ANNE).due_at == about.opens_at
    assert set(words(house.send())) == {ANNE, BRAM}


def test_a_question_comes_forward_when_days_open_again_or_the_team_lifts_quiet_times(house):
    """Put off by a closed day and by a quiet day of the team: sent as soon as the coordinator takes them back."""
    due = house.rhythm()
    about = house.next_round()
    set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday="tuesday", part="hele dag")
    assert row(house, about, ANNE).due_at == local(about, 8, days=1)
    assert words(house.send()) == {}
    set_team_quiet(house.deps, chat_id=COORDINATOR, team_id=house.team_id, weekday="tuesday", part="")
    assert row(house, about, ANNE).due_at == due
    today = due.astimezone(AMSTERDAM).date()
    close_days(house.deps, chat_id=COORDINATOR, area_id=house.area_id, team_id="", content=closing(today, today + DAY))
    assert words(house.send()) == {}
    assert row(house, about, BRAM).due_at == local(about, 8, days=2)
    open_days_again(house.deps, chat_id=COORDINATOR, area_id=house.area_id, team_id="")
    assert set(words(house.send())) == {ANNE, BRAM}


def test_what_is_planned_for_somebody_new_is_not_pulled_forward(house):
    """Choosing quiet times moves what waits, but the questions of week three and eight keep their weeks."""
    house.invite(STRANGER)
    house.describe(STRANGER, sector="jgz", function="youth_nurse", tenure="short")
    mine = house.memberships[STRANGER]
    before = [each.due_at for each in house.deliveries("newcomer", mine)]
    clear_quiet(house.deps, chat_id=STRANGER)
    assert [each.due_at for each in house.deliveries("newcomer", mine)] == before
    assert min(before) > house.clock.now() + 20 * DAY


def closing(*days):
    """A calendar file with these days."""
    events = "".join(f"BEGIN:VEVENT\r\nUID:{day}\r\nDTSTART;VALUE=DATE:{day:%Y%m%d}\r\nEND:VEVENT\r\n" for day in days)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


# A dialogue that is going on


def test_a_dialogue_holds_the_prompt_of_another_team_and_no_row_tells(house):
    """Held: the row waits as one whose turn has not come. Others get theirs, and so does the chat afterwards."""
    first, _ = two_teams_of(house, ANNE)
    waiting = row(house, first, ANNE)
    sent = lease_due(house.deps, limit=9, busy=frozenset({ANNE}))
    assert ANNE not in {each.chat_id for each in sent}
    assert row(house, first, ANNE) == waiting
    for each in sent:
        mark_sent(house.deps, delivery_id=each.delivery_id)
    assert {each.chat_id for each in lease_due(house.deps, limit=9)} == {ANNE}


def test_a_prompt_that_was_taken_is_given_back_as_if_it_never_was(house):
    """The person began a dialogue between the lease and the call."""
    about = house.open_round()
    before = row(house, about, ANNE)
    sending = next(each for each in lease_due(house.deps, limit=9) if each.chat_id == ANNE)
    assert sending.holds
    give_back(house.deps, delivery_ids=(sending.delivery_id,))
    assert row(house, about, ANNE) == before
    house.clock.pass_(LEASE)
    assert ANNE in {each.chat_id for each in lease_due(house.deps, limit=9)}


def test_a_prompt_that_was_put_off_waits_too_and_the_row_of_a_reminder_never_does(house):
    """A promised moment is kept within the two minutes; the rows of all reminders are done at once."""
    about = house.open_round()
    house.send()
    house.clock.moment = snooze(house.deps, chat_id=ANNE, round_id=about.id, message_id=7, choice=Snooze.LATER_TODAY)
    busy = frozenset({ANNE, BRAM})
    assert lease_due(house.deps, limit=9, busy=busy) == ()
    (put_off,) = lease_due(house.deps, limit=9)
    assert put_off.holds
    mark_sent(house.deps, delivery_id=put_off.delivery_id)
    house.clock.moment = about.remind_at
    assert {each.message.reminder for each in lease_due(house.deps, limit=9, busy=busy)} == {True}
    assert {each.state for each in house.deliveries("reminder", about.id)} == {"done"}


def test_no_message_comes_on_a_day_that_the_team_closed(house):
    """The honest sentence after a thin round waits for the day after the study day, for everybody."""
    about = house.open_round()
    house.close(about)
    morning = next_working_morning(about)
    while morning.weekday() > 4:
        morning += timedelta(days=1)
    study_day = ClosedDay(id="study", area_id=house.area_id, day=morning.date())
    with house.storage.begin() as work:
        work.teams.replace_closed_days(house.area_id, None, [study_day])
        work.commit()
    house.clock.moment = morning
    assert words(house.send()) == {}
    house.clock.moment = morning + timedelta(days=1)
    assert LEAD in words(house.send())
