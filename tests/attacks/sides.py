"""A round split by the side of the triangle that people name: which sides fit what was shown, as constraints.

Unlike a sector, a side is an answer. Nobody knows who named which, so it is a variable beside the band; which sides are
shown depends on how many named each, and by the rule of the product those numbers are all that can be read from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from ortools.sat.python import cp_model

from dialogues.insight import Band, counting
from dialogues.insight.groups import NO_SIDE, SIDES, SIDES_OF_SECTOR
from dialogues.insight.publication import visible_groups
from tests.attacks.answer_sheets import SIDE, Release

Chosen: TypeAlias = Mapping[tuple[str, Any], cp_model.LinearExprT]


def of_side(side: str) -> str:
    """The question under which is counted in which band those who named this side are."""
    return f"{SIDE}.{side}"


def joined(
    model: cp_model.CpModel, sector: str, bands: Mapping[Band, cp_model.LinearExprT], *, most: int
) -> dict[tuple[str, Any], cp_model.LinearExprT]:
    """How many of some people of a sector named each side, per band; who has no view is not asked and names none."""
    given: dict[tuple[str, Any], cp_model.LinearExprT] = {}
    for band, number in bands.items():
        offered = frozenset() if band is Band.NO_VIEW else SIDES_OF_SECTOR[sector]
        here = {side: model.new_int_var(0, most if side in {*offered, NO_SIDE} else 0, "") for side in SIDES}
        model.add(sum(here.values()) == number)
        given |= {(of_side(side), band): each for side, each in here.items()}
    return given


def sides_left(model: cp_model.CpModel, one: Chosen) -> dict[Any, cp_model.LiteralT]:
    """Of one person: side → whether it was named."""
    found = {side: model.new_bool_var("") for side in SIDES}
    for side, literal in found.items():
        model.add(sum(one[of_side(side), band] for band in Band) == literal)
    return found


def split_as_shown(model: cp_model.CpModel, release: Release, groups: Sequence[Chosen]) -> None:
    """So many named each side that exactly the sides that are shown could be."""
    most = len(release.given)
    named = [model.new_int_var(0, most, "") for _ in SIDES]
    for side, number in zip(SIDES, named, strict=True):
        model.add(number == sum(each.get((of_side(side), band), 0) for each in groups for band in Band))
    model.add_allowed_assignments(named, list(_fitting(release)))


def _fitting(release: Release) -> Iterator[tuple[int, ...]]:
    """Per side how many can have named it, in the order of ``SIDES``."""
    sectors = Counter(each.sector for each in release.given)
    could = {side: sum(many for name, many in sectors.items() if side in SIDES_OF_SECTOR[name]) for side in SIDES}
    shown = set(release.published.sectors)
    for numbers in _dealt(len(release.given), len(SIDES)):
        named = dict(zip(SIDES, numbers, strict=True))
        safe = {
            side: many
            for side, many in named.items()
            if many and side != NO_SIDE and could[side] - many >= counting.ELIGIBLE_OUTSIDE
        }
        rest = len(release.given) - sum(safe.values())
        if visible_groups(safe | ({NO_SIDE: rest} if rest else {}), floor=release.asked.floor) == shown:
            yield numbers


def _dealt(number: int, places: int) -> Iterator[tuple[int, ...]]:
    """Every way to deal so many people over so many sides."""
    if places == 1:
        yield (number,)
        return
    for here in range(number + 1):
        for others in _dealt(number - here, places - 1):
            yield (here, *others)
