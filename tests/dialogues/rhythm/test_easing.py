"""When fewer take part the bot asks for less: shorter first, then less often, and never less than a tap a month."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.way import Way
from dialogues.rhythm.easing import SILENT_ROUNDS, Ease, Participation, Reason, ease, silence
from dialogues.rhythm.recurrence import Recurrence, Unit
from tests.dialogues.rhythm.moments import recurrences

FEW, SOME, MOST = Participation
bands = st.lists(st.sampled_from(Participation), max_size=8).map(tuple)
ways = st.sampled_from(Way)
WEEKLY = Recurrence(Unit.WEEK, 1, "tuesday")


@pytest.mark.parametrize(
    ("rounds", "reason"),
    [
        ((), None),
        ((FEW,), None),
        ((FEW, FEW), Reason.TOO_FEW),
        ((SOME, FEW, FEW), Reason.TOO_FEW),
        ((FEW, SOME, FEW), None),
        ((MOST, SOME), None),
        ((MOST, SOME, SOME), Reason.FEWER),
        ((MOST, SOME, FEW), Reason.FEWER),
        ((MOST, FEW, SOME), Reason.FEWER),
        ((MOST, SOME, MOST), None),
        ((SOME, SOME, SOME), None),
        ((MOST, SOME, SOME, SOME), None),
        ((FEW, FEW, SOME), None),
    ],
)
def test_two_rounds_in_a_row_are_a_sign_and_one_is_not(
    rounds: tuple[Participation, ...], reason: Reason | None
) -> None:
    """Two that are lower than the one before them, or two without an overview."""
    eased = ease(rounds, way=Way.FULL, recurrence=WEEKLY)
    assert eased == (reason and Ease(Way.SHORT, None, reason))


def test_it_goes_down_step_by_step_and_stops_at_one_tap_a_month() -> None:
    """First the length, then the rhythm, one step for every fall."""
    way, recurrence, steps = Way.FULL, WEEKLY, []
    while eased := ease((FEW, FEW), way=way, recurrence=recurrence):
        way, recurrence = eased.way or way, eased.recurrence or recurrence
        steps.append((way, recurrence.to_text()))
    assert steps == [
        (Way.SHORT, "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"),
        (Way.BRIEF, "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"),
        (Way.BRIEF, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"),
        (Way.BRIEF, "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TU"),
    ]


@given(rounds=bands, way=ways, recurrence=recurrences)
def test_it_never_asks_for_more(rounds: tuple[Participation, ...], way: Way, recurrence: Recurrence) -> None:
    """One thing changes and it is less than before; nobody who is at a month or slower is slowed down."""
    eased = ease(rounds, way=way, recurrence=recurrence)
    if eased is None:
        return
    assert (eased.way is None) is not (eased.recurrence is None)
    if eased.way is not None:
        assert way.passes(eased.way)
        assert eased.way is not way
    if eased.recurrence is not None:
        assert way is Way.BRIEF
        assert recurrence.shortest_gap < eased.recurrence.shortest_gap <= 28
        assert eased.recurrence.weekday == recurrence.weekday


@given(rounds=bands, more=st.integers(0, 5))
def test_silence_counts_the_newest_rounds_without_an_overview(rounds: tuple[Participation, ...], more: int) -> None:
    """One round with an overview ends it; three in a row are said."""
    assert silence((*rounds, SOME) + (FEW,) * more) == more
    assert silence((FEW,) * SILENT_ROUNDS) == SILENT_ROUNDS == 3
