"""The window of a round: closes on a working day at five, before the next opening, with its reminder inside."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.cadence import WINDOW_CHOICES, WINDOW_DAYS, Cadence, Reminder, window, window_choices, window_days
from dialogues.rhythm.calendar import Calendar, SchoolRegion
from dialogues.rhythm.recurrence import PRESETS, Recurrence, Rhythm
from dialogues.rhythm.working_hours import is_working_time
from tests.dialogues.rhythm.moments import (
    AMSTERDAM,
    at,
    cadences,
    calendars,
    days_after,
    local,
    moments,
    presets,
    recurrences,
)
from tests.support.chance import examples

lengths = st.sampled_from(sorted(WINDOW_DAYS.values())) | st.integers(1, 28)
reminders = st.sampled_from(Reminder)


def last_day(opened: date, days: int, calendar: Calendar, following: date | None) -> date:
    """The plain rule: the last open day of those it was given, or else the first one after the opening."""
    end = opened + timedelta(days=days)
    if following is not None:
        end = min(end, following - timedelta(days=1))
    inside = [day for day in days_after(opened, 30) if opened < day <= end and calendar.is_open(day)]
    if inside:
        return inside[-1]
    day = opened + timedelta(days=1)
    while not calendar.is_open(day):
        day += timedelta(days=1)
    return day


@given(opens=moments, days=lengths, calendar=calendars, room=st.none() | st.integers(1, 40))
def test_a_round_closes_at_five_on_the_last_open_day_it_has(
    opens: datetime, days: int, calendar: Calendar, room: int | None
) -> None:
    """Within its days and before the next opening; where there is no open day, on the first one there is."""
    following = None if room is None else opens + timedelta(days=room)
    span = window(opens, days=days, zone=AMSTERDAM, calendar=calendar, following=following)
    closes = local(span.closes_at)
    assert closes.time() == time(17, 0)
    assert opens < closes
    before = None if following is None else local(following).date()
    assert closes.date() == last_day(local(opens).date(), days, calendar, before)


@given(opens=moments, days=lengths, calendar=calendars)
def test_the_reminder_lies_inside_the_window_and_working_hours(opens: datetime, days: int, calendar: Calendar) -> None:
    """Whenever a round opens, also at night or before a row of holidays: an hour at least is left to answer in."""
    span = window(opens, days=days, zone=AMSTERDAM, calendar=calendar)
    assert span.remind_at is not None
    assert opens < span.remind_at <= span.closes_at - timedelta(hours=1)
    assert local(span.remind_at).date() > local(opens).date()
    assert calendar.is_open(local(span.remind_at).date())
    assert is_working_time(span.remind_at, zone=AMSTERDAM)
    assert (span.remind_at.second, span.remind_at.microsecond) == (0, 0)


@given(opens=moments, days=lengths, calendar=calendars, reminder=reminders)
def test_when_the_reminder_comes_changes_nothing_else(
    opens: datetime, days: int, calendar: Calendar, reminder: Reminder
) -> None:
    """The close stays; a day before is the open day before it, unless that is the day of opening; none is none."""
    span = window(opens, days=days, zone=AMSTERDAM, calendar=calendar, reminder=reminder)
    assert span.closes_at == window(opens, days=days, zone=AMSTERDAM, calendar=calendar).closes_at
    if reminder is Reminder.NONE:
        assert span.remind_at is None
    if reminder is Reminder.DAY_BEFORE:
        between = [
            day
            for day in days_after(local(opens).date() + timedelta(days=1), 400)
            if day < local(span.closes_at).date() and calendar.is_open(day)
        ]
        assert (span.remind_at and local(span.remind_at).date()) == (between[-1] if between else None)


@given(opens=moments, days=lengths, calendar=calendars, minute=st.integers(480, 1079))
def test_a_reminder_with_a_time_of_its_own_changes_only_its_time(
    opens: datetime, days: int, calendar: Calendar, minute: int
) -> None:
    """On the same day at the chosen minute; on the day of the close never later than four."""
    usual = window(opens, days=days, zone=AMSTERDAM, calendar=calendar)
    span = window(opens, days=days, zone=AMSTERDAM, calendar=calendar, remind_minute=minute)
    assert span.remind_at is not None
    assert usual.remind_at is not None
    assert span.closes_at == usual.closes_at
    reminds, chosen = local(span.remind_at), time(*divmod(minute, 60))
    assert reminds.date() == local(usual.remind_at).date()
    on_the_last = reminds.date() == local(span.closes_at).date()
    assert reminds.time() == (min(chosen, time(16, 0)) if on_the_last else chosen)
    assert span.remind_at <= span.closes_at - timedelta(hours=1)


@given(rule=recurrences)
def test_a_window_ends_before_the_next_round(rule: Recurrence) -> None:
    """What a recurrence gets by itself and what can be chosen: shorter than its gap, and at most two weeks."""
    assert window_days(rule) <= 14
    assert window_days(rule) < rule.shortest_gap
    assert window_choices(rule)
    assert all(days in WINDOW_CHOICES and days < rule.shortest_gap for days in window_choices(rule))
    assert window_days(rule) in window_choices(rule)


@pytest.mark.parametrize("rhythm", list(PRESETS))
def test_a_preset_has_the_window_that_belongs_to_it(rhythm: Rhythm) -> None:
    """Choosing the same rhythm by hand gives the same days."""
    assert window_days(Recurrence(*PRESETS[rhythm], "monday")) == WINDOW_DAYS[rhythm]


@given(cadence=cadences(presets), start=moments)
@settings(max_examples=examples(25), deadline=None)
def test_a_round_is_closed_before_the_next_one_opens(cadence: Cadence, start: datetime) -> None:
    """A year of rounds in every rhythm: never two of one team open at the same time."""
    opens = cadence.next_due(start)
    for _ in range(52):
        following = cadence.next_due(opens, previous=opens)
        span = window(opens, days=window_days(cadence.recurrence), zone=AMSTERDAM, following=following)
        assert opens < span.closes_at < following
        opens = following


@given(cadence=cadences(presets), start=moments)
def test_the_reminder_comes_at_the_hour_of_the_prompt(cadence: Cadence, start: datetime) -> None:
    """The hour that suits the team, suits it for the reminder too, also after a clock change."""
    opens = cadence.next_due(start)
    span = window(opens, days=window_days(cadence.recurrence), zone=AMSTERDAM)
    assert local(span.remind_at).time() == min(local(opens).time(), time(16, 0))


@pytest.mark.parametrize(
    ("rhythm", "reminds", "closes"),
    [
        (Rhythm.INTENSIVE, "2026-11-27", "2026-11-30"),
        (Rhythm.NORMAL, "2026-11-30", "2026-12-04"),
        (Rhythm.LIGHT, "2026-12-02", "2026-12-08"),
    ],
)
def test_an_ordinary_window_in_every_rhythm(rhythm: Rhythm, reminds: str, closes: str) -> None:
    """Opened on a Tuesday at ten: past half the window a reminder, and closed some days later at five."""
    span = window(at("2026-11-24", "10:00"), days=WINDOW_DAYS[rhythm], zone=AMSTERDAM)
    assert span.remind_at == at(reminds, "10:00")
    assert span.closes_at == at(closes, "17:00")


def test_christmas_does_not_push_the_reminder_past_the_close() -> None:
    """Six days from the Monday before Christmas 2025 end on Wednesday; so the reminder comes on that day."""
    span = window(at("2025-12-22", "10:00"), days=6, zone=AMSTERDAM)
    assert span.closes_at == at("2025-12-24", "17:00")
    assert span.remind_at == at("2025-12-24", "10:00")


@pytest.mark.parametrize(("opened", "reminds"), [("23:30", "16:00"), ("17:10", "16:00"), ("05:00", "08:00")])
def test_a_round_that_opened_at_an_odd_hour_reminds_at_a_decent_one(opened: str, reminds: str) -> None:
    """After standing still a round may open at night: its reminder keeps to working hours and to the close."""
    span = window(at("2025-12-22", opened), days=6, zone=AMSTERDAM)
    assert span.remind_at == at("2025-12-24", reminds)


def test_a_moved_opening_makes_room_for_the_next() -> None:
    """Easter Monday 2026 opens on Tuesday: with the next Monday in sight it closes on Friday, not on that Monday."""
    opens = at("2026-04-07", "10:00")
    span = window(opens, days=6, zone=AMSTERDAM, following=at("2026-04-13", "10:00"))
    assert span.closes_at == at("2026-04-10", "17:00")
    assert span.remind_at == at("2026-04-10", "10:00")


def test_a_round_before_a_holiday_is_open_on_one_day_after_it() -> None:
    """Opened on the last Friday before Christmas in the north: everybody still has a day in the new year."""
    span = window(at("2026-12-18", "10:00"), days=6, zone=AMSTERDAM, calendar=Calendar(SchoolRegion.NOORD))
    assert span.closes_at == at("2027-01-04", "17:00")
    assert span.remind_at == at("2027-01-04", "10:00")
