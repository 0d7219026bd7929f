"""The band of a team: which words, and that no band points at anybody."""

from __future__ import annotations

import pytest

from dialogues.insight.participation import NARROWEST, Participation, participation, participation_of_month
from dialogues.rhythm import easing

SIZES = [(asked, floor) for floor in range(5, 13) for asked in range(floor, 80)]


def numbers(band, asked, floor):
    """The numbers of respondents that read as this band."""
    return [number for number in range(asked + 1) if participation(number, asked, floor) is band]


def test_below_the_floor_is_too_few_and_only_there():
    """What the round that published nothing says already."""
    for asked, floor in SIZES:
        assert numbers(Participation.TOO_FEW, asked, floor) == list(range(floor))


@pytest.mark.parametrize(("asked", "least"), [(10, 8), (11, 9), (12, 10), (15, 12), (20, 16), (25, 20)])
def test_almost_all_is_at_most_one_in_five_missing(asked, least):
    """From ten people on."""
    assert numbers(Participation.ALMOST_ALL, asked, 5) == list(range(least, asked + 1))


def test_a_small_team_has_one_word_for_every_overview():
    """With nine people a second band would leave only two numbers possible."""
    assert all(participation(asked, asked) is Participation.ENOUGH for asked in range(5, 10))
    assert participation(12, 12, 8) is Participation.ENOUGH


def test_a_band_that_says_more_than_the_overview_does_leaves_three_numbers_or_more():
    """In every team of up to eighty, at every floor: wide enough for one known colleague who took part or did not."""
    seen = 0
    for asked, floor in SIZES:
        bands = [numbers(band, asked, floor) for band in (Participation.ENOUGH, Participation.ALMOST_ALL)]
        if not bands[1]:
            assert bands[0] == list(range(floor, asked + 1))
            continue
        for possible in bands:
            seen += 1
            assert len(possible) >= NARROWEST
            # Known: one colleague did not take part, or did. Somebody else may still have done either.
            assert any(number <= asked - 2 for number in possible)
            assert any(number >= 2 for number in possible)
    assert seen > 500


def test_the_month_says_the_lowest_band_and_never_too_few():
    """Where a round published nothing, its own note tells it."""
    assert participation_of_month(["almost_all", "almost_all"]) == "bijna iedereen deed mee"
    assert participation_of_month(["almost_all", "enough"]) == "genoeg antwoorden"
    for unsaid in ([], [""], ["enough", ""], ["too_few"], ["enough", "too_few"]):
        assert participation_of_month(unsaid) is None


def test_the_rhythm_reads_the_same_bands_in_the_same_order():
    """Two rooms that may not import each other: what one publishes the other eases by."""
    assert [band.value for band in Participation] == [band.value for band in easing.Participation]
