"""Quiet times: never inside a block, never past the end that was given, and never a search without an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.rhythm.calendar import LONGEST_CLOSURE, Calendar, SchoolRegion
from dialogues.rhythm.quiet import PARTS, SECTOR_DEFAULTS, QuietBlock, QuietTimes, block
from dialogues.rhythm.recurrence import WEEKDAYS
from dialogues.rhythm.working_hours import is_working_time
from tests.dialogues.rhythm.moments import AMSTERDAM, at, days_after, is_free, local, quarters, quiet_times
from tests.support.chance import examples

QUARTER = timedelta(minutes=15)
EVERYTHING = tuple(block(day, "hele dag") for day in WEEKDAYS)


@given(quiet=quiet_times, moment=quarters)
def test_the_bot_speaks_in_free_time_only(quiet: QuietTimes, moment: datetime) -> None:
    """An open day, eight to six, outside every block, not away: nothing else, and all of it."""
    assert quiet.allows(moment, AMSTERDAM) is is_free(moment, quiet)


@given(quiet=quiet_times, moment=quarters, room=st.none() | st.timedeltas(timedelta(0), timedelta(days=20)))
@settings(deadline=None)
def test_the_next_free_moment_is_the_first_one(quiet: QuietTimes, moment: datetime, room: timedelta | None) -> None:
    """Walking quarter by quarter: what is found is free, lies before the end, and nothing before it was free."""
    before = None if room is None else moment + room
    found = quiet.next_free(moment, AMSTERDAM, before=before)
    limit = moment + timedelta(days=30)
    walked = moment
    while walked < limit and not is_free(walked, quiet):
        walked += QUARTER
    if walked >= limit:
        assert found is None or found >= limit
    elif before is not None and walked >= before:
        assert found is None
    else:
        assert found == walked
        assert found.tzinfo is UTC


@given(quiet=quiet_times, moment=st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_seconds_do_not_slip_into_a_block(quiet: QuietTimes, moment: datetime) -> None:
    """Whatever the second it is asked at: the answer is free time, not before it, and stays when asked again."""
    found = quiet.next_free(moment, AMSTERDAM, before=None)
    if found is not None:
        assert found >= moment
        assert is_free(found, quiet)
        assert quiet.next_free(found, AMSTERDAM, before=None) == found


@given(moment=quarters, before=st.none() | quarters)
@settings(max_examples=examples(20), deadline=None)
def test_somebody_who_marks_everything_as_quiet_is_left_alone(moment: datetime, before: datetime | None) -> None:
    """No free minute in any week: nothing is ever sent, and the search ends."""
    assert QuietTimes(EVERYTHING).next_free(moment, AMSTERDAM, before=before) is None
    closed = Calendar(closed=frozenset(days_after(date(2026, 1, 1), LONGEST_CLOSURE + 4000)))
    assert QuietTimes(calendar=closed).next_free(at("2026-02-02", "10:00"), AMSTERDAM, before=before) is None


@given(quiet=quiet_times, moment=quarters)
def test_nothing_quiet_is_working_hours(quiet: QuietTimes, moment: datetime) -> None:
    """Without blocks, region or days away only working hours count, and nobody is asked outside them."""
    assert QuietTimes().allows(moment, AMSTERDAM) is is_working_time(moment, zone=AMSTERDAM)
    assert is_working_time(moment, zone=AMSTERDAM) or not quiet.allows(moment, AMSTERDAM)


def test_an_end_is_free_again_and_a_start_is_not() -> None:
    """Half past eight to a quarter past twelve: the last minute before it is free, and so is the one it ends on."""
    quiet = QuietTimes((QuietBlock("tuesday", 510, 735),))
    assert quiet.allows(at("2026-11-24", "08:29"), AMSTERDAM)
    assert not quiet.allows(at("2026-11-24", "08:30"), AMSTERDAM)
    assert not quiet.allows(at("2026-11-24", "12:14"), AMSTERDAM)
    assert quiet.allows(at("2026-11-24", "12:15"), AMSTERDAM)
    assert quiet.allows(at("2026-11-25", "10:00"), AMSTERDAM)


def test_the_first_day_back_is_the_first_day() -> None:
    """Away until Wednesday: asked again on Wednesday at eight, after the days that are quiet anyway."""
    quiet = QuietTimes(away_until=date(2026, 11, 25))
    assert quiet.next_free(at("2026-11-02", "10:00"), AMSTERDAM, before=None) == at("2026-11-25", "08:00")
    part_time = replace(quiet, blocks=(block("wednesday", "hele dag"), block("thursday", "ochtend")))
    assert part_time.next_free(at("2026-11-02", "10:00"), AMSTERDAM, before=None) == at("2026-11-26", "12:30")


def test_the_autumn_holiday_of_the_region_is_waited_out() -> None:
    """A school in the south hears nothing from the Saturday on, and everything on the Monday after it."""
    quiet = QuietTimes(calendar=Calendar(SchoolRegion.ZUID))
    assert quiet.next_free(at("2026-10-16", "18:00"), AMSTERDAM, before=None) == at("2026-10-26", "08:00")


def test_a_usual_week_holds_until_there_are_times_of_ones_own() -> None:
    """Consultation hours and lessons for two sectors, nothing for the others; own times put it aside."""
    own = QuietTimes((QuietBlock("monday", 600, 660),))
    assert QuietTimes().or_usual("jgz").blocks == SECTOR_DEFAULTS["jgz"]
    assert QuietTimes().or_usual("wijkteam") == QuietTimes().or_usual("") == QuietTimes()
    assert own.or_usual("onderwijs") == own
    assert not QuietTimes().or_usual("onderwijs").allows(at("2026-11-24", "10:00"), AMSTERDAM)
    for blocks in SECTOR_DEFAULTS.values():
        quiet = QuietTimes(blocks)
        for day in days_after(date(2026, 11, 23), 4):
            tonight = datetime.combine(day, local(at("2026-11-24", "18:00")).time(), AMSTERDAM)
            assert quiet.next_free(at(str(day), "08:30"), AMSTERDAM, before=tonight) == at(str(day), "12:15")


@pytest.mark.parametrize("weekday", WEEKDAYS)
@pytest.mark.parametrize("part", list(PARTS))
def test_a_part_of_a_day_leaves_the_rest_free(weekday: str, part: str) -> None:
    """One tap marks a morning, an afternoon or a day; morning and afternoon together are the day."""
    day = str(date(2026, 11, 23) + timedelta(days=WEEKDAYS.index(weekday)))
    quiet = QuietTimes((block(weekday, part),))
    assert quiet.allows(at(day, "10:00"), AMSTERDAM) is (part == "middag")
    assert quiet.allows(at(day, "14:00"), AMSTERDAM) is (part == "ochtend")
    assert not QuietTimes((block(weekday, "ochtend"), block(weekday, "middag"))).allows(at(day, "12:30"), AMSTERDAM)


@pytest.mark.parametrize(
    ("weekday", "start", "end"),
    [("saturday", 0, 60), ("", 0, 60), ("monday", -1, 60), ("monday", 60, 60), ("monday", 0, 1441)],
)
def test_a_block_is_a_part_of_a_working_day(weekday: str, start: int, end: int) -> None:
    """Weekends are quiet already; an empty block, or one past midnight, is a mistake."""
    with pytest.raises(ValueError, match="stille tijd"):
        QuietBlock(weekday, start, end)
