"""The one figure that a team keeps of its own, beside its experiences: never computed, and never coupled to an answer.

Knowing what working together brings takes counting besides talking (DSS §3.13, §4.2.12). What is proposed follows what
the research asked policy: satisfaction, goals, seen earlier, drop-out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialogues.insight import phrases_nl

LONGEST_NAME: Final = 40
"""Characters of a name of the team's own."""
_TENTHS: Final = 10
_TYPED: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:[,.](\d))?\s*%?", re.ASCII)
"""Digits, with points between thousands or without, and at most one decimal behind a comma or a point."""


class FigureKind(StrEnum):
    """What a team can keep; one at a time."""

    SATISFACTION = "satisfaction"
    GOALS = "goals"
    EARLIER = "earlier"
    DROPOUT = "dropout"
    OWN = "own"
    """Something else, under a name of the team's own."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What may be entered for a kind."""

    most: int
    decimal: bool
    unit: str = ""
    """What stands right behind the figure."""


BOUNDS: Final = {
    FigureKind.SATISFACTION: Bounds(10, decimal=True, unit=" op een schaal van 0 tot 10"),
    FigureKind.GOALS: Bounds(100, decimal=True, unit=" %"),
    FigureKind.EARLIER: Bounds(9999, decimal=False),
    FigureKind.DROPOUT: Bounds(9999, decimal=False),
    FigureKind.OWN: Bounds(99_999, decimal=True),
}


class FigureUnusable(ValueError):
    """What was typed is no figure, or not one of this kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure as it was entered."""

    kind: FigureKind
    name: str = ""
    """The team's own name for it; only for ``own``."""
    tenths: int
    """The figure times ten: at most one decimal, and no rounding by a machine."""
    entered: str
    """The day, in words."""
    before: str = ""
    """The same figure a month before, as it is shown; empty where there is none."""


def read_figure(text: str, kind: FigureKind) -> int:
    """A typed figure such as ``7,8``, ``62 %`` or ``1.250``, in tenths. Raises FigureUnusable."""
    bounds = BOUNDS[kind]
    found = _TYPED.fullmatch(text.strip())
    if found is None or (found[2] and not bounds.decimal) or ("%" in text and kind is not FigureKind.GOALS):
        raise FigureUnusable(text)
    tenths = int(found[1].replace(".", "")) * _TENTHS + int(found[2] or 0)
    if tenths > bounds.most * _TENTHS:
        raise FigureUnusable(text)
    return tenths


def shown(kind: FigureKind, tenths: int) -> str:
    """The figure as readers see it, with a Dutch comma and its unit."""
    whole, rest = divmod(tenths, _TENTHS)
    thousands = f"{whole:,}".replace(",", ".")
    return f"{thousands},{rest}{BOUNDS[kind].unit}" if rest else f"{thousands}{BOUNDS[kind].unit}"


def name_of(kind: FigureKind, name: str = "") -> str:
    """What readers call it."""
    return name if kind is FigureKind.OWN else phrases_nl.FIGURES[kind]


def told(figure: Figure) -> str:
    """The figure beside the experiences: a plain figure, the one of a month before, and what it does not say."""
    parts = [
        f"{name_of(figure.kind, figure.name)}: {shown(figure.kind, figure.tenths)}.",
        phrases_nl.FIGURE_ENTERED.replace("{day}", figure.entered),
        phrases_nl.FIGURE_BEFORE.replace("{figure}", figure.before) if figure.before else "",
        phrases_nl.NO_EFFECT,
    ]
    return " ".join(filter(None, parts))
