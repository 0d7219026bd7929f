"""How likely an overview is, and how likely a guess about one person: the arithmetic that small teams must know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import comb, prod
from typing import Final

from dialogues.insight.bands import Band
from dialogues.insight.groups import SECTORS
from dialogues.insight.publication import FLOOR, Rule, publish, visible_groups

USUAL_SHARE: Final = 0.6
"""Part of the members that answers, when nothing better is known."""


def chance_of_overview(members: int, *, share: float = USUAL_SHARE, floor: int = FLOOR) -> float:
    """The chance that at least ``floor`` of these members answer, when each does with chance ``share`` (binomial).

    Raises ValueError for a share outside 0-1 or a negative number of members.
    """
    if members < 0 or not 0 <= share <= 1:
        raise ValueError(f"no such team: {members} members, share {share}")
    return sum(comb(members, k) * share**k * (1 - share) ** (members - k) for k in range(floor, members + 1))


@dataclass(frozen=True, slots=True)
class Visibility:
    """Chances, 0-1, that a round of one team shows something."""

    team: float
    one_sector: float
    every_sector: float


def chance_of_sectors(sizes: Mapping[str, int], *, share: float = USUAL_SHARE, floor: int = FLOOR) -> Visibility:
    """How often a round shows the team, at least one sector and all of them, with this many members per sector.

    Everybody answers with chance ``share``, apart from the others; what is shown then is decided by the rule itself.
    """
    team = one = every = 0.0
    for answered in product(*(range(size + 1) for size in sizes.values())):
        chance = prod(
            comb(size, k) * share**k * (1 - share) ** (size - k)
            for size, k in zip(sizes.values(), answered, strict=True)
        )
        visible = visible_groups(dict(zip(sizes, answered, strict=True)), floor=floor)
        team += chance * (sum(answered) >= floor)
        one += chance * bool(visible)
        every += chance * (len(visible) == len(sizes))
    return Visibility(team, one, every)


def chance_behind_word(respondents: int, *, prior: float, floor: int = FLOOR, known_other: bool = False) -> float:
    """The chance that one certain person is in the band that the team's word names; 0-1.

    A word fixes nobody's answer, but makes a guess better. Everybody is in that band with chance ``prior`` and in each
    of the other three with an equal part of the rest, apart from each other (a model: colleagues are more alike).

    Args:
        respondents: how many answers the word stands for; the floor or more.
        prior: what a reader expected before reading, between 0 and 1.
        floor: least number of respondents of the team.
        known_other: whether the reader knows one colleague's answer, which is in another band.
    """
    others = respondents - known_other
    rest = (1 - prior) / (len(Band) - 1)
    named = said = 0.0
    for row in _rows(others, len(Band)):
        told = (row[0], row[1] + known_other, *row[2:])
        counts: dict[str, dict[str, int]] = {SECTORS[0]: dict(zip(Band, told, strict=True))}
        if publish(counts, Rule.WORDS, floor).band is next(iter(Band)):
            chance = _orders(row) * prior ** row[0] * rest ** (others - row[0])
            said += chance
            named += chance * row[0] / others
    return named / said


def _rows(people: int, bands: int) -> Iterator[tuple[int, ...]]:
    """All ways in which so many people can be spread over so many bands."""
    if bands == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in _rows(people - first, bands - 1):
            yield (first, *rest)


def _orders(row: tuple[int, ...]) -> int:
    """In how many ways people can make up this row."""
    return prod(comb(sum(row[place:]), number) for place, number in enumerate(row))
