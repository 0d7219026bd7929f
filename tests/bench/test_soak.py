"""The soak in its smallest form: eight days of one team, with the product as a process of its own."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from bench.onlooker import ANSWERS, PICTURES, PROMPTS, SHARED, SNOOZES, TAPS
from bench.soak import MAANDBEELDEN, ROUNDS, Lived, Size, figures, live

pytestmark = pytest.mark.thorough

A_WEEK = Size(
    teams=1,
    days=8,
    begin=datetime(2026, 11, 23, 7, 0, tzinfo=UTC),
    settled=2,
    rhythm="intensive",
    rest=0,
    hurry=0,
)
"""Its round opens at once and closes in time; a maandbeeld would come an hour later, and take as long as the rest."""


@pytest.mark.journey
def test_people_live_with_the_bot_while_it_is_looked_at():
    lived = live(A_WEEK)
    assert lived.seen[ROUNDS] == 1
    assert lived.seen[PROMPTS] >= A_WEEK.members
    assert lived.seen[TAPS] > lived.seen[ANSWERS] >= 5
    assert len(lived.waited) == lived.seen[TAPS]
    assert max(lived.memory) == A_WEEK.days
    assert all(reading > 10 for reading in (*lived.memory.values(), *lived.files))


def test_a_soak_in_which_nothing_happens_or_something_grows_is_not_good():
    everything = (ROUNDS, PROMPTS, ANSWERS, SNOOZES, MAANDBEELDEN, SHARED, PICTURES)
    size = Size()

    def bad(*, end=100.0, files=30, times=10**6, slow=0):
        seen = Counter(dict.fromkeys(everything, times))
        lived = Lived(
            memory={0: 90.0, 20: 100.0, 90: end}, files=[30, files], seen=seen, waited=[0.1] * 90 + [0.4] * slow
        )
        return [figure.what for figure in figures(lived, size) if not figure.good]

    assert bad() == []
    assert bad(end=110.5) == ["geheugen na 90 dagen met 200 teams en 1200 leden, keer dat na 20 dagen"]
    assert bad(files=31) == ["open bestanden erbij sinds dag 20"]
    assert bad(slow=10) == ["p95 van 100 tikken in die tijd, met de proeftuin erbij"]
    assert bad(times=0) == [f"intussen: {what}" for what in everything]
