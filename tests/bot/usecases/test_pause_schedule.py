"""A rhythm pauses until a day or stops with a reason; neither happens, or ends, silently."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

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
    """The next opening lies ahead, and what runs cannot be restarted."""
    house.rhythm()
    chosen(house, pause, until=house.deps.today() + timedelta(days=40))
    soon = chosen(house, restart)
    assert soon.next_due_at < house.clock.now() + 15 * DAY
    chosen(house, stop, reason="enough")
    again = chosen(house, restart)
    assert (again.stopped, again.next_due_at > house.clock.now()) == ("", True)
    with pytest.raises(NotAllowed):
        chosen(house, restart)


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
