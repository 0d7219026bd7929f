"""How many of each sector of an area took part in a month: bands by approximation, for sectors that are big enough.

Nobody can be pinned by them, whatever else a reader knows (docs/decisions/0006-participation.md): every person weighs
the same whatever the rhythm of their team, a sector needs ten times the heaviest person, and a chance deviation of
whole persons is added before the band is chosen, so that no band makes any answer sheet impossible.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from dialogues.conversation.definition import Sector
from dialogues.insight.groups import SECTORS

TEAMS_AT_LEAST: Final = 3
MEMBERS_AT_LEAST: Final = 10
"""Members of a sector who must have been asked; counted in the heaviest one, who may be in two teams (rule 11)."""
_HALF: Final = Fraction(1, 2)
_ALMOST_ALL: Final = Fraction(4, 5)


class Share(StrEnum):
    """How many of a sector took part in a month, by approximation; from low to high."""

    FEW = "few"
    """Less than half."""
    HALF = "half"
    """Half or more."""
    ALMOST_ALL = "almost_all"
    """Four out of five or more."""


Shares = Mapping[str, Share | None]
"""Sector that was asked → its band; None where it may not be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """What one round adds to the month of its area; exists in the clear only inside the opener."""

    team: str
    asked: Mapping[str, Sequence[str]]
    """Sector → a mark of each person who was asked. The mark means something in this area and month only."""
    answered: Mapping[str, int]
    """Sector → how many of them gave an answer that counts."""

    def to_json(self) -> str:
        """The slip as text; ``from_json`` reads it back."""
        plain = {
            "team": self.team,
            "asked": {sector: list(marks) for sector, marks in self.asked.items()},
            "answered": dict(self.answered),
        }
        return json.dumps(plain, separators=(",", ":"), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Slip:
        """Read a slip; raises ValueError, KeyError or TypeError when it is none."""
        plain: dict[str, Any] = json.loads(text)
        return cls(team=plain["team"], asked=plain["asked"], answered=plain["answered"])


def publish_shares(slips: Sequence[Slip], deviations: Mapping[str, int]) -> dict[str, Share | None]:
    """The bands of one area and month.

    Args:
        slips: of all rounds of the month.
        deviations: sector → by how many persons to deviate, drawn by chance once and kept nowhere.
    """
    rounds = Counter(slip.team for slip in slips)
    shares: dict[str, Share | None] = {}
    for sector in SECTORS:
        about = [(slip, Fraction(1, rounds[slip.team])) for slip in slips if slip.asked.get(sector)]
        if about:
            shares[sector] = _share(sector, about, deviations[sector])
    return shares


def _share(sector: str, about: Sequence[tuple[Slip, Fraction]], deviation: int) -> Share | None:
    """The band of one sector. Every team counts as the average of its rounds, so everybody weighs one per team."""
    teams: defaultdict[str, Fraction] = defaultdict(Fraction)
    persons: defaultdict[str, Fraction] = defaultdict(Fraction)
    answered = Fraction(0)
    for slip, weight in about:
        marks = slip.asked[sector]
        teams[slip.team] += weight * len(marks)
        for mark in marks:
            persons[mark] += weight
        answered += weight * min(slip.answered.get(sector, 0), len(marks))
    asked, heaviest = sum(teams.values(), Fraction()), max(persons.values())
    if len(teams) < TEAMS_AT_LEAST or asked < MEMBERS_AT_LEAST * heaviest or 2 * max(teams.values()) > asked:
        return None
    around = (answered + deviation * heaviest) / asked
    if around < _HALF:
        return Share.FEW
    return Share.ALMOST_ALL if around >= _ALMOST_ALL else Share.HALF


def education_falls_behind(before: Shares, previous: Shares, now: Shares) -> bool:
    """Whether ``onderwijs`` was below every other sector shown, two months in a row, and not the month before those.

    Three months in a row are told once: at the second.
    """
    return _behind(now) and _behind(previous) and not _behind(before)


def _behind(shares: Shares) -> bool:
    order = tuple(Share)
    own = shares.get(Sector.ONDERWIJS)
    others = [share for sector, share in shares.items() if share and sector != Sector.ONDERWIJS]
    return own is not None and bool(others) and all(order.index(own) < order.index(share) for share in others)
