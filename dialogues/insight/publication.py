"""The publication rule: what a reader may see of one question of one round, and nothing else.

The rule is proved by `dialogues.insight.audit` for every possible table of answers; change nothing here without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.groups import NO_SIDE, family_of

FLOOR: Final = 5
"""Nothing is published below this number of respondents; a team may raise it, nobody may lower it."""
EXACT_FROM: Final = 10
"""Exact counts only from this number of respondents."""
OUTSIDE_AT_LEAST: Final = 3
"""Exact counts only with this many respondents outside the biggest band."""
BESIDE_OTHERS: Final = 3
"""A group is shown only if it has this many respondents more than there are groups shown; a hidden rest one more."""

_BANDS: Final = tuple(Band)
_NOBODY: Final = dict.fromkeys(_BANDS, 0)
_KNOWN: Final = frozenset(_BANDS)
_ALL_FOUR: Final = itemgetter(*_BANDS)


class Rule(StrEnum):
    """How a team's answers are published; one per team, chosen before the round."""

    WORDS = "words"
    """The most frequent band, for the team and for every sector that may be shown."""
    COUNTS = "counts"
    """Exact counts for the team where that is safe, otherwise the team's word; never sectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What may be known about one question; a band that is None where one was published means a tie."""

    rule: Rule
    below_floor: bool = False
    band: Band | None = None
    """The team's most frequent band; None on a tie and below the floor."""
    sectors: Mapping[str, Band | None] = field(default_factory=dict)
    """Visible sector (or side) → its most frequent band, None on a tie. Hidden ones are absent."""
    counts: Mapping[Band, int] | None = None
    """Respondents per band, all four; only under `Rule.COUNTS` and only where that is safe."""

    def texts(self) -> tuple[str, ...]:
        """Everything a reader sees of this question, in Dutch."""
        if self.below_floor:
            return (phrases_nl.BELOW_FLOOR,)
        if self.counts is not None:
            return tuple(phrases_nl.count_line(band, number) for band, number in self.counts.items())
        team = phrases_nl.most_frequent(phrases_nl.THE_TEAM, self.band)
        groups = (
            phrases_nl.most_frequent(phrases_nl.group_name(name, team_label=phrases_nl.WIJKTEAM), band)
            for name, band in self.sectors.items()
        )
        return (team, *groups)

    def to_json(self) -> dict[str, Any]:
        """The publication as plain JSON values; `from_json` reads it back."""
        return {
            "rule": self.rule.value,
            "below_floor": self.below_floor,
            "band": self.band and self.band.value,
            "sectors": {name: band and band.value for name, band in self.sectors.items()},
            "counts": self.counts and {band.value: number for band, number in self.counts.items()},
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> Publication:
        """Read a stored publication; raises KeyError or ValueError when it is not one."""
        counts = plain["counts"]
        return cls(
            rule=Rule(plain["rule"]),
            below_floor=bool(plain["below_floor"]),
            band=_band(plain["band"]),
            sectors={name: _band(band) for name, band in plain["sectors"].items()},
            counts=None if counts is None else {band: int(counts[band]) for band in Band},
        )


def publish(counts: Mapping[str, Mapping[str, int]], rule: Rule | str, floor: int = FLOOR) -> Publication:
    """Decide what may be published about one question of one round; pure and deterministic.

    Args:
        counts: sector (or, in a round split by side, side) → band → number of respondents. Absent means 0.
        rule: the team's rule.
        floor: least number of respondents; 5 or more.

    Raises ValueError that names a floor below 5, an unknown rule, sector or band, or a number that is none.
    """
    if not isinstance(rule, Rule):
        rule = Rule(rule)
    if type(floor) is not int or floor < FLOOR:
        raise ValueError(f"the floor must be {FLOOR} or more, not {floor!r}")
    names, tables, sizes, team = _checked(counts)
    respondents = sum(team)
    if respondents < floor:
        return Publication(rule=rule, below_floor=True)
    if rule is Rule.COUNTS:
        exact = respondents >= EXACT_FROM and respondents - max(team) >= OUTSIDE_AT_LEAST
        return _made(rule, _most_frequent(team), (), team if exact else None)
    shown = [(names[place], _most_frequent(tables[place])) for place in _visible(names, sizes, floor)]
    return _made(rule, _most_frequent(team), tuple(shown), None)


def visible_groups(sizes: Mapping[str, int], *, floor: int = FLOOR) -> frozenset[str]:
    """The groups that may be shown: big enough each, and the hidden rest empty or big enough too.

    A rest that is too small is filled with the smallest visible group (the first by name of equal ones),
    because it could be found by subtraction otherwise. The more groups are shown, the bigger each of them and the rest
    must be: five people beside two groups with another word can be the only ones who make the word of the team, and
    then all of them are known (docs/decisions/0013-three-groups.md). Depends on sizes alone, never on an answer.
    """
    names = tuple(sizes)
    return frozenset(names[place] for place in _visible(names, tuple(sizes.values()), floor))


@lru_cache(maxsize=1024)
def _visible(names: tuple[str, ...], sizes: tuple[int, ...], floor: int) -> tuple[int, ...]:
    """The places of the groups that may be shown."""
    visible = sorted((size, name) for name, size in zip(names, sizes, strict=True) if size >= floor and name != NO_SIDE)
    hidden = sum(sizes) - sum(size for size, _ in visible)
    while visible:
        needed = len(visible) + BESIDE_OTHERS
        if visible[0][0] >= needed and (hidden == 0 or hidden >= max(floor, needed + 1)):
            break
        hidden += visible.pop(0)[0]
    return tuple(sorted(names.index(name) for _, name in visible))


def _checked(
    counts: Mapping[str, Mapping[str, int]],
) -> tuple[tuple[str, ...], list[tuple[int, ...]], tuple[int, ...], tuple[int, ...]]:
    """The groups in their fixed order; of each its respondents per band and in all; and those of the team per band."""
    names = _in_order(tuple(counts))
    tables: list[tuple[int, ...]] = []
    sizes: list[int] = []
    lows = mids = highs = without = 0
    for name in names:
        row = counts[name]
        if not _KNOWN.issuperset(row):
            raise ValueError(_what_is_wrong(name, row))
        low, mid, high, none = numbers = _ALL_FOUR(row if len(row) == len(_BANDS) else _NOBODY | dict(row))
        if not (type(low) is type(mid) is type(high) is type(none) is int and min(numbers) >= 0):
            raise ValueError(_what_is_wrong(name, row))
        tables.append(numbers)
        sizes.append(low + mid + high + none)
        lows, mids, highs, without = lows + low, mids + mid, highs + high, without + none
    return names, tables, tuple(sizes), (lows, mids, highs, without)


@lru_cache(maxsize=4096)
def _made(
    rule: Rule, band: Band | None, sectors: tuple[tuple[str, Band | None], ...], counts: tuple[int, ...] | None
) -> Publication:
    """What many tables read as, made once; its mappings cannot be changed, for all of those tables share it."""
    return Publication(
        rule=rule,
        band=band,
        sectors=MappingProxyType(dict(sectors)),
        counts=None if counts is None else MappingProxyType(dict(zip(_BANDS, counts, strict=True))),
    )


@lru_cache(maxsize=256)
def _in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in family_of(frozenset(map(str, names))) if name in names)


def _what_is_wrong(name: str, row: Mapping[str, int]) -> str:
    for band, number in row.items():
        if band not in _KNOWN:
            return f"unknown band {str(band)!r} in {name!r}; known are {', '.join(Band)}"
        if not _is_number(number) or number < 0:
            return f"{name!r} {str(band)!r} must be a whole number of 0 or more, not {number!r}"
    return f"{name!r} is no table of bands"


def _is_number(value: object) -> bool:
    return type(value) is int


@lru_cache(maxsize=4096)
def _most_frequent(table: tuple[int, ...]) -> Band | None:
    """The one biggest band; None on a tie, so that the tied bands stay unsaid."""
    most = max(table)
    return _BANDS[table.index(most)] if table.count(most) == 1 else None


def _band(value: str | None) -> Band | None:
    return None if value is None else Band(value)


def published_band(cells: Mapping[str, Mapping[str, Any]]) -> Band | None:
    """The published band of a round's first question on a scale; None on a tie or where only a list could be shown."""
    scales = (Publication.from_json(cell) for cell in cells.values() if cell["kind"] == "bands")
    return next((scale.band for scale in scales if not scale.below_floor), None)
