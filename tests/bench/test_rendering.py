"""The measurement of taps beside rendering measures both, at a small size."""

from __future__ import annotations

import pytest

from bench.costs import beside_rendering
from bench.rendering import a_full_month, taps_beside_rendering
from tests.support.house import ANNE, BRAM, open_house

pytestmark = pytest.mark.thorough


def test_taps_go_on_while_maandbeelden_are_drawn(tmp_path):
    """Taps are answered before and during the drawing, and their figures are told with a ratio."""
    house = open_house(tmp_path, new=True).furnish()
    house.members(5)
    about = house.open_round()
    measured = taps_beside_rendering(house.deps, [ANNE, BRAM], about.id, number=1, seconds_alone=0.1)
    assert measured.alone.taps >= 2
    assert measured.beside.taps >= 2
    assert 0 < measured.alone.median <= measured.alone.p95
    assert measured.rendering > 0
    assert beside_rendering(measured).row_count == 3


def test_what_is_drawn_is_a_full_month():
    """Sectors, themes, a question and a map, or the figures would flatter."""
    made = a_full_month()
    assert made.question
    assert all(len(element.scales[0].lines) > 1 and element.mentions for element in made.elements)
    assert sum(bool(spot.word) for region in made.balance for spot in region.spots) == 6
