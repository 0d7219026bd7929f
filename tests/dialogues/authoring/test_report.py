"""The report tells what was walked, for every dialogue and both audiences."""

from __future__ import annotations

from functools import cache

import pytest

from dialogues.authoring.limits import limits_of
from dialogues.authoring.report import Row, report
from dialogues.conversation.definition import Audience
from tests.support.shipped import shipped

LIBRARY = shipped()
PAIRS = [(dialogue, audience) for dialogue in LIBRARY.definitions for audience in Audience]


@cache
def rows() -> dict[tuple[str, Audience], Row]:
    """The whole report, made at the first test that looks at it: who only collects tests need not wait for it."""
    return {(row.dialogue, row.audience): row for row in report(LIBRARY)}


def test_there_is_a_row_for_each_dialogue_and_audience() -> None:
    """In the order of the library, none left out."""
    assert list(rows()) == PAIRS


def test_figures_are_those_of_one_dialogue() -> None:
    """Trust counted by hand: seven steps, nine taps on the longest way, two on a busy day."""
    row = rows()["trust", Audience.PRACTICE]
    # start, score, side, three themes and Klaar, skip the text or type, (share,) action
    assert (row.steps, row.most_taps, row.fewest_taps, row.themes, row.actions) == (7, 9, 2, 9, 3)
    # 18 words of statement, 11 about partners, 3 of the question, 14 of the answers, 48 of the last words
    assert row.fewest_seconds == pytest.approx(94 * 60 / 180 + 2 * 1.5)
    assert 105 < row.most_seconds < 115


@pytest.mark.parametrize(("dialogue", "audience"), PAIRS)
def test_no_figure_is_beyond_its_limit(dialogue, audience) -> None:
    """The table shows what the checks guard."""
    row = rows()[dialogue, audience]
    limits = limits_of(row.dialogue)
    assert 2 <= row.fewest_taps <= row.most_taps <= limits.taps
    assert 0 < row.fewest_seconds <= row.most_seconds <= limits.seconds
    assert 0 < row.average_sentence <= 15
    assert row.steps >= 2
