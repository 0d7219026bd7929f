"""The chance of an overview: exact, against counting all cases, against the table in the README, and against dice."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest

from dialogues.insight.bands import Band
from dialogues.insight.chances import chance_behind_word, chance_of_overview, chance_of_sectors
from dialogues.insight.publication import Rule, publish

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


def test_the_sectors_of_the_readme_are_the_sectors_of_the_program():
    """The table's other columns, from the function that fills it in elsewhere too."""
    rows = {
        int(cells[0]): tuple(int(cell.removesuffix(" %")) for cell in cells[1:])
        for line in (ROOT / "README.md").read_text().splitlines()
        if (cells := [cell.strip() for cell in line.strip("|").split("|")])[0].isdecimal() and len(cells) == 4
    }
    assert len(rows) == 6
    for members, told in rows.items():
        seen = chance_of_sectors(dict.fromkeys(("jgz", "wijkteam", "onderwijs"), members // 3), share=0.7)
        assert told == tuple(round(100 * each) for each in (seen.team, seen.one_sector, seen.every_sector))


@pytest.mark.parametrize(("respondents", "known_other"), [(5, False), (5, True), (8, True)])
def test_how_well_a_word_can_be_guessed_agrees_with_dice(respondents, known_other):
    """Colleagues who answer by chance, published by the rule: how often one of them is in the band of the word."""
    dice = random.Random(11)  # noqa: S311 - dice
    bands = list(Band)
    said = named = 0
    for _ in range(12_000):
        given = dice.choices(bands, weights=(0.7, 0.1, 0.1, 0.1), k=respondents - known_other)
        counts = {band: [*given, *bands[1:2][:known_other]].count(band) for band in bands}
        if publish({"jgz": counts}, Rule.WORDS).band is bands[0]:
            said += 1
            named += given[0] is bands[0]
    exact = chance_behind_word(respondents, prior=0.7, known_other=known_other)
    assert exact == pytest.approx(named / said, abs=0.02)


def test_a_word_makes_a_guess_better_but_never_certain():
    """More than was expected before, less than one, and more so with a colleague who is known to differ."""
    for respondents in (5, 8, 12):
        alone = chance_behind_word(respondents, prior=0.7)
        together = chance_behind_word(respondents, prior=0.7, known_other=True)
        assert 0.7 < alone < together < 1
