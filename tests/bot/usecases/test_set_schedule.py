"""What a coordinator can choose about a team's rhythm, and what follows from it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.usecases.changes import my_log
from bot.usecases.errors import NotAllowed
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.set_schedule import (
    set_meeting,
    set_own_rhythm,
    set_reminder,
    set_reminder_time,
    set_school_holidays,
    set_way,
    set_window,
)
from dialogues.conversation.inputs import SKIP
from dialogues.rhythm.quiet import block
from dialogues.rhythm.recurrence import WEEKDAYS
from tests.support.house import AMSTERDAM, ANNE, BRAM, COORDINATOR, DAY

THIRD_TUESDAY = "FREQ=MONTHLY;INTERVAL=1;BYDAY=3TU"
EVERY_THREE_WEEKS = "FREQ=WEEKLY;INTERVAL=3;BYDAY=WE"


def by_coordinator(house, choose, **choice):
    return choose(house.deps, chat_id=COORDINATOR, team_id=house.team_id, **choice)


def local(moment):
    return moment.astimezone(AMSTERDAM)


def test_an_own_rhythm_keeps_its_step(house):
    """Every three weeks on Wednesday at ten: 21 days from one opening to the next."""
    chosen = by_coordinator(house, set_own_rhythm, recurrence=EVERY_THREE_WEEKS, minute=600)
    first = house.next_round()
    second = house.next_round()
    assert local(first.opens_at).strftime("%A %H:%M") == "Wednesday 10:00"
    assert local(second.opens_at) - local(first.opens_at) == 21 * DAY
    assert chosen.rhythm == "own"


def test_the_day_before_a_meeting(house):
    """Anchored to the third Tuesday: opens on Monday, and the maandbeeld is in time for that meeting too."""
    chosen = by_coordinator(house, set_own_rhythm, recurrence=THIRD_TUESDAY, minute=600, days_before=1)
    assert local(chosen.next_due_at) == datetime(2026, 11, 16, 10, 0, tzinfo=AMSTERDAM)
    assert local(chosen.maandbeeld_due_at) == datetime(2026, 11, 16, 8, 30, tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    "choice",
    [
        {"recurrence": "FREQ=DAILY", "minute": 600},
        {"recurrence": "", "minute": 600},
        {"recurrence": THIRD_TUESDAY, "minute": 3},
        {"recurrence": THIRD_TUESDAY, "minute": 600, "days_before": 99},
    ],
)
def test_a_forged_rhythm_changes_nothing(house, choice):
    """What no button says is refused."""
    before = house.everything()
    with pytest.raises(NotAllowed):
        by_coordinator(house, set_own_rhythm, **choice)
    assert house.everything() == before


def test_window_and_reminder_count_from_the_next_round(house):
    """The open round stays as announced; the next one is shorter and reminds on the day before it closes."""
    about = house.open_round()
    house.stock(2)
    by_coordinator(house, set_window, days=6)
    by_coordinator(house, set_reminder, reminder="day_before")
    assert house.round(about.id) == about
    after = house.next_round()
    assert local(after.closes_at).date() - local(after.opens_at).date() <= 6 * DAY
    assert 1 <= (local(after.closes_at).date() - local(after.remind_at).date()).days <= 3
    by_coordinator(house, set_reminder, reminder="none")
    assert house.next_round().remind_at is None


@pytest.mark.parametrize(("choose", "choice"), [(set_window, {"days": 99}), (set_reminder, {"reminder": "hourly"})])
def test_what_is_not_on_offer_is_refused(house, choose, choice):
    """A window longer than the rhythm, and a row of reminders."""
    house.rhythm()
    with pytest.raises(NotAllowed):
        by_coordinator(house, choose, **choice)


def test_the_reminder_has_a_time_of_its_own_and_waits_for_quiet_times(house):
    """A quarter past nine for all; somebody whose mornings are quiet gets it after half past twelve."""
    house.rhythm()
    by_coordinator(house, set_reminder_time, minute=9 * 60 + 15)
    mornings = tuple(block(day, "ochtend").to_word() for day in WEEKDAYS)
    house.quiet(BRAM, mornings)
    about = house.next_round()
    assert local(about.remind_at).strftime("%H:%M") == "09:15"
    due = {each.person_id: local(each.due_at).strftime("%H:%M") for each in house.deliveries("reminder", about.id)}
    assert due == {house.person(ANNE).id: "09:15", house.person(BRAM).id: "12:30"}
    house.stock(1)
    by_coordinator(house, set_reminder_time, minute=None)
    assert local(house.next_round().remind_at).strftime("%H:%M") == "08:30"


@pytest.mark.parametrize("minute", [0, 479, 1080, 1440])
def test_a_reminder_outside_working_hours_is_refused(house, minute):
    """Before eight and from six on nothing is sent, whatever a button says."""
    house.rhythm()
    with pytest.raises(NotAllowed):
        by_coordinator(house, set_reminder_time, minute=minute)


def test_a_shorter_way_holds_for_everybody(house):
    """One tap a question: the dialogue that Anne starts in full ends after her score, and counts."""
    house.rhythm()
    by_coordinator(house, set_way, way="brief")
    about = house.next_round()
    view = house.start(ANNE, about.id)
    score = next(each.tap for each in view.screen.buttons if each.tap.choice not in {SKIP, "stop", "back"})
    assert house.give(ANNE, view, score).ended


def test_a_meeting_moves_the_maandbeeld_and_not_the_rounds(house):
    """Two open days before the third Tuesday; without a meeting the first working day of the month again."""
    due = house.rhythm()
    chosen = by_coordinator(house, set_meeting, meeting=THIRD_TUESDAY, days_before=2)
    assert (chosen.next_due_at, local(chosen.maandbeeld_due_at).date().isoformat()) == (due, "2026-11-13")
    again = by_coordinator(house, set_meeting, meeting="", days_before=1)
    assert local(again.maandbeeld_due_at).date().isoformat() == "2026-12-01"


def test_a_team_can_go_on_in_school_holidays(house):
    """With a region chosen the autumn weeks are passed over, unless the team wants to be asked."""
    with house.storage.begin() as work:
        work.teams.set_school_region(house.area_id, "noord")
        work.commit()
    house.clock.moment = datetime(2026, 12, 9, 9, 0, tzinfo=AMSTERDAM)
    house.rhythm(rhythm="intensive")
    skipping = by_coordinator(house, set_school_holidays, choice="skip")
    assert local(skipping.next_due_at).date().isoformat() == "2026-12-15"
    house.clock.moment = skipping.next_due_at
    open_due_rounds(house.deps)
    after = house.read(lambda work: work.schedules.get(house.team_id))
    assert local(after.next_due_at).date().isoformat() == "2027-01-04"
    asking = by_coordinator(house, set_school_holidays, choice="ask")
    assert local(asking.next_due_at).date().isoformat() == "2026-12-22"


def test_the_log_tells_how_long_before_the_meeting_rounds_open(house):
    """Two days before the third Tuesday: both are written down; without a meeting only the day."""
    house.clock.moment += timedelta(minutes=1)
    by_coordinator(house, set_own_rhythm, recurrence=THIRD_TUESDAY, minute=600, days_before=2)
    words = my_log(house.deps, chat_id=ANNE).changes[0].words
    assert (words["rhythm"], words["before"]) == (THIRD_TUESDAY, "2")
    house.clock.moment += timedelta(minutes=1)
    by_coordinator(house, set_own_rhythm, recurrence=EVERY_THREE_WEEKS, minute=600)
    assert "before" not in my_log(house.deps, chat_id=ANNE).changes[0].words


def test_every_choice_is_in_the_log(house):
    """A member reads what was changed, without names."""
    house.rhythm()
    by_coordinator(house, set_window, days=6)
    by_coordinator(house, set_way, way="short")
    house.clock.moment += timedelta(minutes=1)
    by_coordinator(house, set_meeting, meeting=THIRD_TUESDAY, days_before=1)
    assert my_log(house.deps, chat_id=ANNE).changes[0].kind == "meeting"
    written = {kind for (kind,) in house.rows("SELECT kind FROM change")}
    assert {"rhythm", "window", "way", "meeting"} <= written
