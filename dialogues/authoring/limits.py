"""How long a dialogue may be: the usual limits, and those of the dialogue that comes only twice a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of the longest way through a dialogue, the tap that opens it included."""

    taps: int
    seconds: int
    """By the pace stated in ``pace.py``."""


USUAL: Final = Limits(taps=10, seconds=180)
"""Ten taps and three minutes: what fits between two consultations (content-brief §2)."""

OF_THEIR_OWN: Final[Mapping[str, Limits]] = MappingProxyType({"closing": Limits(taps=16, seconds=240)})
"""``closing`` looks back on half a year: a top three, one to strengthen, and four questions. ``start`` is no exception:
it keeps to the usual limits.
"""

FEWEST_TAPS: Final = 2
"""Opening a dialogue and one score: the shortest way through every element."""


def limits_of(dialogue: str) -> Limits:
    """The limits for the dialogue with this id."""
    return OF_THEIR_OWN.get(dialogue, USUAL)
