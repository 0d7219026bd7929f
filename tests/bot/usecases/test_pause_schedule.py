"""A rhythm pauses until a day or stops with a reason; neither happens, or ends, silently."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.usecases.closed_days import choose_school_region, close_days
from bot.usecases.errors import NotAllowed
from bot.usecases.leave_team import DayUnusable
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.pause_schedule import (
    LONGEST_PAUSE,
    REMIND_AFTER,
    pause,
    pause_until_typed,
    restart,
    resume_due,
    return_dates,
    stop,
)
from bot.usecases.set_schedule import set_own_rhythm, set_rhythm, set_window
from bot.usecases.set_topics import put_first
from tests.support.house import AMSTERDAM, COORDINATOR, DAY, LEAD


def chosen(house, choose, **choice):
    return choose(house.deps, chat_id=COORDINATOR, team_id=house.team_id, **choice)


def noted(house, kind):
    """How often a change of this kind was written down."""
    return len(house.rows("SELECT 1 FROM change WHERE kind = ?", kind))


def readers(house, kind):
    """Chats that are to be told of changes of this kind."""
    query = (
        "SELECT person.chat_id FROM delivery JOIN change ON change.id = delivery.subject "
        "JOIN person ON person.id = delivery.person_id WHERE change.kind = ?"
    )
    return {chat for (chat,) in house.rows(query, kind)}


def schedule(house):
    return house.read(lambda work: work.schedules.get(house.team_id))


def test_nothing_opens_in_a_pause_and_it_goes_on_by_itself(house):
    """In step: the first opening on or after the return date is one that would have come anyway."""
    about = house.open_round()
    until = house.deps.today() + timedelta(days=30)
    paused = chosen(house, pause, until=until)
    assert house.round(about.id) == about
    assert paused.next_due_at.astimezone(AMSTERDAM).date() >= until
    assert (paused.next_due_at - about.opens_at) // DAY % 14 == 0
    house.clock.moment = about.opens_at + 29 * DAY
    assert (open_due_rounds(house.deps), resume_due(house.deps)) == (0, 0)
    house.clock.moment = about.opens_at + 30 * DAY
    assert resume_due(house.deps) == 1
    assert resume_due(house.deps) == 0
    assert schedule(house).paused_until is None
    house.clock.moment = schedule(house).next_due_at
    assert open_due_rounds(house.deps) == 1


def test_lead_and_coordinator_hear_of_it_and_members_can_read_it(house):
    """The lead hears all of it; the coordinator hears what they did not do themselves; all is in the log."""
    house.rhythm()
    chosen(house, pause, until=house.deps.today() + timedelta(days=14))
    house.clock.pass_(15 * DAY)
    resume_due(house.deps)
    chosen(house, stop, reason="busy")
    assert [noted(house, kind) for kind in ("paused", "resumed", "stopped")] == [1, 1, 1]
    assert readers(house, "paused") == readers(house, "stopped") == {LEAD}
    assert readers(house, "resumed") == {LEAD, COORDINATOR}


def test_a_stop_is_brought_up_once_a_quarter(house):
    """Nothing opens; after thirteen weeks, and again after thirteen more, it is said."""
    house.rhythm()
    assert chosen(house, stop, reason="change").next_due_at is None
    house.clock.pass_(60 * DAY)
    assert (open_due_rounds(house.deps), resume_due(house.deps)) == (0, 0)
    for times in (1, 2):
        house.clock.pass_(REMIND_AFTER)
        assert resume_due(house.deps) == 1
        assert resume_due(house.deps) == 0
        assert noted(house, "still_stopped") == times


def test_restarting_ends_a_pause_and_a_stop(house):
    """The next opening lies ahead."""
    house.rhythm()
    chosen(house, pause, until=house.deps.today() + timedelta(days=40))
    soon = chosen(house, restart)
    assert soon.next_due_at < house.clock.now() + 15 * DAY
    chosen(house, stop, reason="enough")
    again = chosen(house, restart)
    assert (again.stopped, again.next_due_at > house.clock.now()) == ("", True)


def test_a_tap_that_comes_twice_changes_nothing_and_nobody_hears_it_twice(house):
    """Killed between doing and saying so, or an old button: a rhythm, a pause, a stop, and starting again."""
    house.rhythm()
    acts = (
        lambda: set_rhythm(
            house.deps, chat_id=COORDINATOR, team_id=house.team_id, rhythm="light", weekday="monday", minute=600
        ),
        lambda: chosen(house, set_window, days=6),
        lambda: chosen(house, put_first, element="effect"),
        lambda: chosen(house, pause, until=house.deps.today() + timedelta(days=14)),
        lambda: chosen(house, stop, reason="busy"),
        lambda: chosen(house, restart),
    )
    for act in acts:
        done, after = act(), house.everything()
        assert act() == done
        assert house.everything() == after


def test_choosing_a_rhythm_ends_a_stop_and_the_lead_hears_it(house):
    """As restarting does: with the day of the next question; a rhythm that ran already is no news."""
    house.rhythm()
    assert noted(house, "resumed") == 0
    chosen(house, stop, reason="enough")
    due = house.rhythm()
    assert (schedule(house).stopped, readers(house, "resumed")) == ("", {LEAD})
    told = house.rows("SELECT words FROM change WHERE kind = 'resumed'")
    assert [due.isoformat() in words for (words,) in told] == [True]


def test_the_bot_proposes_open_days_to_come_back(house):
    """Two, four and eight weeks ahead, never on a closed day."""
    house.rhythm()
    proposed = chosen(house, return_dates)
    assert len(proposed) == 3
    assert all(each.weekday() < 5 and each > house.deps.today() for each in proposed)


def test_a_typed_return_date(house):
    """As people write it; what is no day, or lies too far ahead, is refused and changes nothing."""
    house.rhythm()
    assert chosen(house, pause_until_typed, typed="31-12-2026").paused_until == date(2026, 12, 31)
    before = house.everything()
    with pytest.raises(DayUnusable):
        chosen(house, pause_until_typed, typed="na de vakantie")
    for until in (house.deps.today(), house.deps.today() + LONGEST_PAUSE + DAY):
        with pytest.raises(NotAllowed):
            chosen(house, pause, until=until)
    assert house.everything() == before


def test_a_reason_comes_from_the_list(house):
    """A stop without a reason is no stop."""
    house.rhythm()
    for reason in ("", "zomaar"):
        with pytest.raises(NotAllowed):
            chosen(house, stop, reason=reason)


def test_a_bot_that_was_down_when_the_pause_ended_still_opens_the_round(house):
    """The opening of that very day has passed by a minute: it opens late, and is not skipped."""
    due = house.rhythm()
    house.clock.moment = due - 7 * DAY
    paused = chosen(house, pause, until=due.astimezone(AMSTERDAM).date())
    assert paused.next_due_at == due
    house.clock.moment = due + timedelta(minutes=1)
    resume_due(house.deps)
    assert open_due_rounds(house.deps) == 1


def test_a_replan_keeps_what_is_due_and_the_step(house):
    """Choosing a region while an opening is overdue loses nothing, and later ones keep to their own week."""
    due = house.rhythm()
    house.clock.moment = due + timedelta(minutes=1)
    choose_school_region(house.deps, chat_id=COORDINATOR, area_id=house.area_id, region="zuid")
    assert schedule(house).next_due_at == due
    house.clock.moment = due + 6 * DAY
    assert open_due_rounds(house.deps) == 1
    choose_school_region(house.deps, chat_id=COORDINATOR, area_id=house.area_id, region="midden")
    assert schedule(house).next_due_at == due + 14 * DAY  # in step; the round that opened late makes room for it


def test_a_meeting_keeps_its_own_weeks_after_a_day_was_closed(house):
    """Every other Thursday, three days before: closing a Tuesday does not move rounds to the other week."""
    anchored = set_own_rhythm(
        house.deps,
        chat_id=COORDINATOR,
        team_id=house.team_id,
        recurrence="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
        minute=600,
        days_before=3,
    )
    house.clock.moment = anchored.next_due_at
    assert open_due_rounds(house.deps) == 1
    following = schedule(house).next_due_at
    closed = (anchored.next_due_at.astimezone(AMSTERDAM) + DAY).strftime("%Y%m%d")
    content = (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        f"DTSTART;VALUE=DATE:{closed}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    close_days(house.deps, chat_id=COORDINATOR, area_id=house.area_id, team_id="", content=content.encode())
    assert schedule(house).next_due_at == following


def test_a_rhythm_that_nobody_chose_sleeps_on(house):
    """A topic, a region, a meeting: none of them starts the questions."""
    put_first(house.deps, chat_id=COORDINATOR, team_id=house.team_id, element="effect")
    choose_school_region(house.deps, chat_id=COORDINATOR, area_id=house.area_id, region="zuid")
    assert schedule(house).next_due_at is None
    with pytest.raises(NotAllowed):
        chosen(house, pause, until=house.deps.today() + timedelta(days=14))
