"""The groups a round can be split into: sectors of people, or sides of the triangle they thought of."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from dialogues.conversation.definition import Sector


class Split(StrEnum):
    """What a round is split by; chosen before the round, never both."""

    SECTOR = "sector"
    SIDE = "side"
    NONE = "none"
    """Nothing: a team that publishes by `Rule.COUNTS` never shows a group, also not in a round with words only."""


class Side(StrEnum):
    """A side of the triangle JGZ - wijkteam - onderwijs."""

    JGZ_TEAM = "jgz_team"
    JGZ_SCHOOL = "jgz_school"
    TEAM_SCHOOL = "team_school"
    ALL_SIDES = "all_sides"


NO_SIDE: Final = "no_side"
"""Respondents who named no side; counted in the team, never shown as a group of their own."""

SECTORS: Final[tuple[str, ...]] = tuple(Sector)
SIDES: Final[tuple[str, ...]] = (*Side, NO_SIDE)

SIDES_OF_SECTOR: Final[Mapping[str, frozenset[str]]] = {
    Sector.JGZ: frozenset({Side.JGZ_TEAM, Side.JGZ_SCHOOL, Side.ALL_SIDES}),
    Sector.WIJKTEAM: frozenset({Side.JGZ_TEAM, Side.TEAM_SCHOOL, Side.ALL_SIDES}),
    Sector.ONDERWIJS: frozenset({Side.JGZ_SCHOOL, Side.TEAM_SCHOOL, Side.ALL_SIDES}),
    Sector.GEMEENTE: frozenset(Side),
    Sector.OVERIG: frozenset(Side),
}
"""The sides somebody of a sector is offered: their own two and all three together (content-brief §4.1)."""


def family_of(names: frozenset[str]) -> tuple[str, ...]:
    """All groups of the one family these names belong to, in fixed order.

    Raises ValueError naming what is unknown, or both families when they are mixed.
    """
    for family in (SECTORS, SIDES):
        if names <= frozenset(family):
            return family
    unknown = sorted(names - frozenset(SECTORS) - frozenset(SIDES))
    if unknown:
        raise ValueError(f"unknown sector {unknown[0]!r}; known are {', '.join(SECTORS)}")
    raise ValueError(f"sectors and sides may not be mixed in one publication: {', '.join(sorted(names))}")
