"""The window of a round: closes on a working day at five, before the next opening, with its reminder inside."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.cadence import WINDOW_DAYS, Cadence, window, window_days
from dialogues.rhythm.recurrence import Rhythm
from dialogues.rhythm.working_hours import is_working_day, is_working_time
from tests.dialogues.rhythm.moments import AMSTERDAM, at, cadences, local, moments, presets

days = st.sampled_from(sorted(WINDOW_DAYS.values())) | st.integers(6, 28)


@given(opens=moments, days=days)
def test_a_round_closes_at_five_on_a_working_day(opens: datetime, days: int) -> None:
    """Within the days it was given, never on a weekend or holiday, and after it opened."""
    closes = local(window(opens, days=days, zone=AMSTERDAM).closes_at)
    assert closes.time() == time(17, 0)
    assert is_working_day(closes.date())
    assert opens < closes
    assert closes.date() <= local(opens).date() + timedelta(days=days)


@given(opens=moments, days=days)
def test_no_working_day_is_taken_from_the_window(opens: datetime, days: int) -> None:
    """Between the close and the last day of the window there are only days off."""
    closes = local(window(opens, days=days, zone=AMSTERDAM).closes_at).date()
    last = local(opens).date() + timedelta(days=days)
    between = [closes + timedelta(days=number) for number in range(1, (last - closes).days + 1)]
    assert not any(is_working_day(day) for day in between)


@given(opens=moments, days=days)
def test_the_reminder_lies_inside_the_window_and_working_hours(opens: datetime, days: int) -> None:
    """Whenever a round opens, also at night or before a row of holidays: an hour at least is left to answer in."""
    span = window(opens, days=days, zone=AMSTERDAM)
    assert opens < span.remind_at <= span.closes_at - timedelta(hours=1)
    assert is_working_time(span.remind_at, zone=AMSTERDAM)
    assert (span.remind_at.second, span.remind_at.microsecond) == (0, 0)


@given(cadence=cadences(presets), start=moments)
@settings(max_examples=60, deadline=None)
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
