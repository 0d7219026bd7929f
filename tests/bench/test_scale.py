"""The measurements of many teams, prompts, years and releases in their smallest form: they measure what they say."""

from __future__ import annotations

import pytest

from bench.age import age
from bench.figures import Figure
from bench.processes import Seen
from bench.prompts import Size as Prompts
from bench.prompts import figures
from bench.releases import releases
from bench.rows import Size
from bench.ticks import ticks

pytestmark = pytest.mark.thorough


def test_who_is_due_gets_a_round_in_one_tick_and_nobody_else():
    """Two teams of six: every one that is due has its round, and each tick was timed."""
    due, missed, idle, first = ticks(Size(teams=6, members=8, rounds=2, maandbeelden=1, due_each=3))
    assert "2 teams aan de beurt" in due.what
    assert missed.good
    assert min(due.measured, idle.measured, first.measured) > 0


def test_taps_are_timed_in_an_old_and_in_a_new_installation():
    """One dialogue in each; the ratio has a mark."""
    young = Size(teams=1, members=3, rounds=0, maandbeelden=0, due_each=0)
    old = Size(teams=1, members=3, rounds=4, maandbeelden=2, due_each=0)
    fresh, ratio = age(dialogues=1, young=young, old=old)
    assert fresh.measured > 0
    assert ratio.mark == pytest.approx(1.1)


def test_a_release_of_full_envelopes_is_timed():
    """One round, in processor time; it fails when nothing could be published."""
    (figure,) = releases(rounds=1)
    assert figure.measured > 0


def test_prompts_that_come_too_late_or_all_at_once_are_seen():
    """Sixty in just over two seconds is the pace; one missing, three seconds, or all in one second is not good."""
    size = Prompts(prompts=60)

    def seen(moments):
        return Seen(
            people=1,
            served=0,
            seconds=1.0,
            waited=[0.1, 0.1],
            unanswered=0,
            cpu=0.0,
            came_at=[float(each) for each in moments],
        )

    def good(moments):
        return [each.good for each in figures(seen(moments), size, 2.0)]

    assert good(number / 29 for number in range(60)) == [True] * 5
    assert good(number / 29 for number in range(59)) == [True, False, True, True, True]
    assert good(number / 20 for number in range(60)) == [False, True, True, True, True]
    assert figures(seen(0 for _ in range(60)), size, 2.0)[4].measured == 60


def test_a_mark_of_nothing_is_told():
    """A figure that must be zero says whether it is, without a ratio."""
    row = Figure(what="kwijt", measured=1, unit="", mark=0, digits=0).row()
    assert row == ("kwijt", "1", "≤ 0", "", "NEE")
