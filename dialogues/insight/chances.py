"""How likely a team is to get an overview at all: the arithmetic behind joining small teams."""

from __future__ import annotations

from math import comb
from typing import Final

from dialogues.insight.publication import FLOOR

USUAL_SHARE: Final = 0.6
"""Part of the members that answers, when nothing better is known."""


def chance_of_overview(members: int, *, share: float = USUAL_SHARE, floor: int = FLOOR) -> float:
    """The chance that at least ``floor`` of these members answer, when each does with chance ``share`` (binomial).

    Raises ValueError for a share outside 0-1 or a negative number of members.
    """
    if members < 0 or not 0 <= share <= 1:
        raise ValueError(f"no such team: {members} members, share {share}")
    return sum(comb(members, k) * share**k * (1 - share) ** (members - k) for k in range(floor, members + 1))
