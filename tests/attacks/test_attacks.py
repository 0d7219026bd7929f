"""Every attack in its short form. `make audit` runs them at full size and writes down what came out."""

from __future__ import annotations

import pytest

from tests.attacks.rows import SEED, measured, play, starts_processes

pytestmark = pytest.mark.thorough

SHORT = [
    pytest.param(row, marks=pytest.mark.journey if starts_processes(module) else ())
    for row, module in measured().items()
]


@pytest.mark.parametrize("row", SHORT)
def test_an_attack_comes_to_nothing(row):
    """All pass marks of the row, with the fixed seed."""
    outcome = play(row, seed=SEED, short=True)
    assert outcome.missed == []
    assert outcome.figure
