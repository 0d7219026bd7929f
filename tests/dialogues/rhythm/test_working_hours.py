"""When the bot may speak first: working days from eight to six, holidays excluded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from dialogues.rhythm.working_hours import is_working_day, is_working_time, next_working_time
from tests.dialogues.rhythm.moments import AMSTERDAM, at, local, moments


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-04-27",
        "2026-05-14",
        "2026-05-25",
        "2026-12-25",
        "2025-05-05",
        "2026-11-21",
        "2026-11-22",
    ],
)
def test_nobody_works_on_a_holiday_or_in_the_weekend(day: str) -> None:
    """From New Year to Christmas, a Liberation Day in a fifth year, and every Saturday and Sunday."""
    assert not is_working_day(date.fromisoformat(day))
    assert not is_working_time(at(day, "10:00"), zone=AMSTERDAM)


@pytest.mark.parametrize("day", ["2026-05-05", "2026-12-24", "2026-12-31", "2025-04-28", "2026-11-23"])
def test_people_work_on_days_that_only_look_like_holidays(day: str) -> None:
    """Most Liberation Days, the last days before a holiday, and the Monday after King's Day on a Saturday."""
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("clock", "working"), [("07:59", False), ("08:00", True), ("12:00", True), ("17:59", True), ("18:00", False)]
)
def test_working_hours_begin_at_eight_and_end_before_six(clock: str, *, working: bool) -> None:
    """The first minute counts, the last one does not, in summer time and in winter time."""
    assert is_working_time(at("2026-07-01", clock), zone=AMSTERDAM) is working
    assert is_working_time(at("2026-12-01", clock), zone=AMSTERDAM) is working


@given(moments)
def test_the_next_working_time_is_the_first_one(moment: datetime) -> None:
    """It is working time, not before the moment, and no quarter of an hour before it would have done."""
    found = next_working_time(moment, zone=AMSTERDAM)
    assert found.tzinfo is UTC
    assert found >= moment
    assert is_working_time(found, zone=AMSTERDAM)
    assert next_working_time(found, zone=AMSTERDAM) == found
    while moment < found:
        assert not is_working_time(moment, zone=AMSTERDAM)
        moment += timedelta(minutes=15)


def test_a_long_weekend_is_waited_out() -> None:
    """From the evening before Christmas 2025 to the Monday after it at eight."""
    assert next_working_time(at("2025-12-24", "18:00"), zone=AMSTERDAM) == at("2025-12-29", "08:00")


def test_eight_o_clock_is_that_of_the_wall() -> None:
    """The morning after a clock change begins at eight on the wall too."""
    for sunday, monday in (("2026-03-29", "2026-03-30"), ("2026-10-25", "2026-10-26")):
        found = next_working_time(at(sunday, "02:30"), zone=AMSTERDAM)
        assert found == at(monday, "08:00")
        assert local(found).hour == 8
