"""How many random examples a test tries: what it names in the whole suite, and a share of it in the fast loop."""

from __future__ import annotations

from typing import Final

from hypothesis import settings

WHOLE: Final = 100
"""Examples of a test that names no number, in the whole suite: as many as Hypothesis tries by itself."""
FAST: Final = 20
"""The same in `make fast`."""


def examples(number: int) -> int:
    """So many in the whole suite."""
    return max(1, number * settings().max_examples // WHOLE)
