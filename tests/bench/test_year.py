"""A quarter of the simulated school year: what may not be is not there, and is seen when it is."""

from __future__ import annotations

from datetime import date

import pytest

from bench.living import (
    ANSWERS,
    CHECKS,
    DECISIONS,
    ENDED,
    IN_HOLIDAYS,
    MAANDBEELDEN,
    OUT_OF_HOURS,
    PROMPTS,
    REMINDERS,
    ROUNDS,
    SNOOZES,
    STEPS,
    TOGETHER,
    Voice,
)
from bench.school_year import BEGIN, SMALL_AREA, Group
from bench.year import SEED, months_of, silences, teams_of, tell

pytestmark = pytest.mark.thorough

QUARTER = date(2026, 11, 30)


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Two teams from September to November."""
    return tell(tmp_path_factory.mktemp("year"), plans=SMALL_AREA, until=QUARTER, seed=SEED)


def test_nothing_leaves_at_a_wrong_moment_and_nobody_is_silent_for_too_long(story):
    assert story.failures == []
    assert set(story.seen.months) == {"2026-09", "2026-10", "2026-11"}
    for what in (ROUNDS, PROMPTS, REMINDERS, SNOOZES, ANSWERS, MAANDBEELDEN, STEPS, CHECKS, DECISIONS):
        assert sum(month[what] for month in story.seen.months.values()), what
    assert (months_of(story, SEED).row_count, teams_of(story).row_count) == (4, 2)


def test_a_team_is_asked_as_often_as_its_rhythm_says(story):
    """Weekly from Friday 4 September; two-weekly from Tuesday the 1st, with a pause from 2 to 25 November."""
    normal, weekly = (story.seen.voices[group.id].days for group in story.groups)
    assert weekly == [date.fromordinal(date(2026, 9, 4).toordinal() + 7 * week) for week in range(13)]
    assert normal == [date(2026, 9, day) for day in (1, 15, 29)] + [date(2026, 10, 13), date(2026, 10, 27)]


@pytest.mark.parametrize("what", [IN_HOLIDAYS, OUT_OF_HOURS, ENDED, TOGETHER])
def test_one_message_at_a_wrong_moment_is_a_failure(story, what):
    month = story.seen.months["2026-10"]
    month[what] += 1
    try:
        assert story.failures == [f"1 {what}"]
    finally:
        month[what] -= 1


def test_a_round_that_is_left_out_is_a_silence_that_nothing_explains(story):
    """One Friday without a round: two weeks."""
    group = story.groups[1]
    days = [day for day in story.seen.voices[group.id].days if day != date(2026, 9, 25)]
    gaps = silences(group, Voice(days, [7] * len(days), 7), until=QUARTER)
    assert [(gap.since, gap.days) for gap in gaps if gap.days > gap.explained] == [(date(2026, 9, 18), 14)]


def test_a_pause_explains_its_own_days_and_one_step(story):
    group = Group("", SMALL_AREA[1], 0)
    voice = Voice([date(2026, 10, 2)], [7], 7, [(date(2026, 9, 4), date(2026, 9, 25))])
    first, _ = silences(group, voice, until=date(2026, 10, 5))
    assert (first.since, first.days, first.explained) == (BEGIN, 31, 7 * 2 + 21 + 3)
