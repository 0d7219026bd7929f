"""The harness itself: a mark that is missed fails, and the counts it rests on count."""

from __future__ import annotations

import asyncio

from tests.faults.__main__ import table_of, verdict
from tests.faults.flooded_telegram import minimum
from tests.faults.outcome import Outcome
from tests.faults.rows import ROWS, Row, play
from tests.faults.virtual import run_virtually
from tests.faults.wire import Call, inside_a_pause, most_in_a_second, too_soon_for_a_chat


def call(chat, begun, outcome="ok", pause=0.0):
    return Call(chat, begun, begun + 0.08, outcome, pause)


def test_a_row_that_misses_a_mark_or_breaks_down_has_failed(monkeypatch):
    """And the table says what was missed."""
    outcome = Outcome("F0", "storing", "grens", 1)
    outcome.must(True, "nooit")
    assert outcome.passed
    outcome.must(False, "3 kwijt")
    assert not outcome.passed
    assert "3 kwijt" in verdict(outcome)
    assert table_of([outcome], short=True).row_count == 1

    def breaks(*_arguments, **_keywords):
        raise ValueError("kapot")

    monkeypatch.setitem(ROWS, "F0", Row(breaks, None, None))
    assert play("F0", seed=1, short=True).missed == ["ValueError: kapot"]


def test_what_is_too_fast_is_seen():
    """31 calls in a second, two in a second for one chat, and a call inside a pause."""
    assert most_in_a_second(call(at, at / 31) for at in range(62)) == 31
    assert most_in_a_second(call(at, at / 28) for at in range(56)) == 28
    assert too_soon_for_a_chat([call(1, 0), call(2, 0.5), call(1, 0.9)]) == 1
    assert too_soon_for_a_chat([call(1, 0), call(1, 1.0)]) == 0
    refused = call(1, 0, "429", 10)
    assert inside_a_pause([refused, call(2, 5)]) == 1
    assert inside_a_pause([refused, call(2, 0.05), call(3, 10.1)]) == 0


def test_the_least_time_counts_overlapping_pauses_once():
    """Two pauses of ten seconds that overlap by half, and three calls."""
    calls = [call(1, 0, "429", 10), call(2, 5, "429", 10), call(3, 20)]
    assert round(minimum(calls), 2) == 15.1


def test_virtual_hours_take_no_time():
    """A day of sleep is over at once, in order, and threads are not needed."""

    async def story(loop):
        seen = []

        async def wakes(after):
            await asyncio.sleep(after)
            seen.append((after, loop.time()))

        await asyncio.gather(wakes(86_400), wakes(60))
        seen.append(await asyncio.to_thread(lambda: "hier"))
        return seen

    assert run_virtually(story) == [(60, 60.0), (86_400, 86_400.0), "hier"]
