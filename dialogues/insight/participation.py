"""How many of a team took part in a round: a band, never a number, and so wide that it points at nobody."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from dialogues.insight import phrases_nl
from dialogues.insight.publication import FLOOR

NARROWEST: Final = 3
"""A band leaves at least so many numbers of respondents possible. With fewer, a reader who knows that one colleague did
not take part would know that all others did."""
ONE_IN: Final = 5
"""Almost all: at most one in five is missing. [keuze]"""


class Participation(StrEnum):
    """How many took part in one round, for a whole team (privacy rule 11)."""

    TOO_FEW = "too_few"
    """Below the floor; the round that published nothing says so already."""
    ENOUGH = "enough"
    ALMOST_ALL = "almost_all"


def participation(respondents: int, asked: int, floor: int = FLOOR) -> Participation:
    """The band of one round of one team.

    ``almost_all`` exists only where it and ``enough`` both leave ``NARROWEST`` numbers or more possible, so from ten
    people asked at a floor of five. In a smaller team every round that could be published is ``enough``.

    Args:
        respondents: how many answers count.
        asked: how many people the round asked.
        floor: least number of respondents of this team.
    """
    if respondents < floor:
        return Participation.TOO_FEW
    least = asked - asked // ONE_IN
    wide = asked - least + 1 >= NARROWEST and least - floor >= NARROWEST
    return Participation.ALMOST_ALL if wide and respondents >= least else Participation.ENOUGH


def lower(one: str, other: str) -> str:
    """The lower of two published bands; a band that is not known says nothing."""
    order = tuple(Participation)
    known = [band for band in order if band in (one, other)]
    return str(known[0]) if known else ""


def participation_of_month(bands: Iterable[str]) -> str | None:
    """The words of a maandbeeld about all its rounds together: the lowest band of them.

    None where a round published nothing (its own note tells that better) or a band is not known.
    """
    seen = set(bands)
    if seen == {Participation.ALMOST_ALL}:
        return phrases_nl.ALMOST_ALL_TOOK_PART
    if seen and seen <= {Participation.ALMOST_ALL, Participation.ENOUGH}:
        return phrases_nl.ENOUGH_TOOK_PART
    return None
