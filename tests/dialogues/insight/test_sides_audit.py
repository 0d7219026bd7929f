"""A round split by side of the triangle gives no answer away either.

A side is an answer itself, so no reader knows who named which. The search gives the reader that knowledge as well: what
stays possible then stays possible for everybody who knows less.
"""

from __future__ import annotations

import pytest

from dialogues.insight import Rule, publish
from dialogues.insight.bad_rules import without_complement
from dialogues.insight.exhaustive import search

SPLITS = (
    {"jgz_team": 5},
    {"jgz_team": 5, "no_side": 4},
    {"jgz_team": 6, "no_side": 5},
    {"jgz_team": 5, "all_sides": 5},
    {"jgz_team": 5, "jgz_school": 5, "no_side": 1},
    {"jgz_team": 5, "jgz_school": 4, "no_side": 2},
    {"jgz_team": 3, "jgz_school": 3, "team_school": 3},
    {"jgz_team": 4, "jgz_school": 3, "team_school": 1, "no_side": 1},
)


@pytest.mark.parametrize("sizes", SPLITS, ids=str)
def test_no_band_is_pinned_when_a_round_is_split_by_side(sizes):
    assert search(publish, sizes, rule=Rule.WORDS).pins == ()


def test_the_search_sees_a_rest_of_one_who_named_no_side():
    pins = search(without_complement, {"jgz_team": 5, "no_side": 1}, rule=Rule.WORDS).pins
    assert {pin.group for pin in pins} >= {"no_side"}
