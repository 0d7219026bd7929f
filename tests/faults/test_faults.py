"""Every fault in its short form. `make faults` runs them at full size, with figures."""

from __future__ import annotations

import pytest

from tests.faults.rows import ROWS, SEED, play

pytestmark = pytest.mark.thorough

SHORT = [pytest.param(name, marks=pytest.mark.journey if row.processes else ()) for name, row in ROWS.items()]


@pytest.mark.parametrize("name", SHORT)
def test_a_fault_leaves_nothing_lost_or_double(name):
    """All pass marks that do not depend on real seconds, with the fixed seed."""
    outcome = play(name, seed=SEED, short=True)
    assert outcome.missed == []
