"""The chance of an overview: exact, against counting all cases, against the table in the README, and against dice."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from dialogues.insight.chances import chance_of_overview

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("members", range(10))
def test_it_is_the_sum_over_all_ways_to_answer(members):
    """Every pattern of who answers, counted one by one."""
    share = Fraction(3, 5)
    exact = sum(
        share ** sum(each) * (1 - share) ** (members - sum(each))
        for each in product((0, 1), repeat=members)
        if sum(each) >= 5
    )
    assert chance_of_overview(members, share=0.6) == pytest.approx(float(exact))


def test_it_agrees_with_dice():
    """Twenty thousand rounds of fourteen people."""
    dice = random.Random(4)  # noqa: S311 - dice
    came = sum(sum(dice.random() < 0.6 for _ in range(14)) >= 5 for _ in range(20_000))
    assert chance_of_overview(14) == pytest.approx(came / 20_000, abs=0.01)


def test_the_table_of_the_readme_says_the_same():
    """Its first column, with seven of ten answering."""
    told = {}
    for line in (ROOT / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].isdecimal() and cells[1].endswith(" %"):
            told[int(cells[0])] = int(cells[1].removesuffix(" %"))
    assert len(told) == 6
    assert told == {members: round(100 * chance_of_overview(members, share=0.7)) for members in told}


@pytest.mark.parametrize("floor", [5, 8])
def test_more_people_never_make_it_less_likely(floor):
    """Monotone in the number, nought below the floor, and a higher floor is never easier."""
    chances = [chance_of_overview(members, floor=floor) for members in range(40)]
    assert chances == sorted(chances)
    assert not any(chances[:floor])
    assert all(chance_of_overview(members, floor=9) <= each for members, each in enumerate(chances))


@pytest.mark.parametrize(("members", "share"), [(-1, 0.5), (5, 1.1), (5, -0.1)])
def test_what_cannot_be_is_refused(members, share):
    """A ValueError that says which."""
    with pytest.raises(ValueError, match="no such team"):
        chance_of_overview(members, share=share)
