"""The map of all elements in words, for who does not see it: the caption of the picture, and the figure on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.render import words_nl
from dialogues.insight import Maandbeeld
from dialogues.insight.maandbeeld import Spot

_PARTS: Final[dict[str, Callable[[Spot], bool]]] = {
    words_nl.THIS_MONTH: lambda spot: spot.now,
    words_nl.EARLIER: lambda spot: bool(spot.word) and not spot.now,
    words_nl.STILL_OPEN: lambda spot: not spot.word,
}


def in_words(maandbeeld: Maandbeeld) -> tuple[tuple[str, str], ...]:
    """Headings with a sentence each: the outcomes of this month, earlier ones with their month, and what is open."""
    spots = [spot for region in maandbeeld.balance for spot in region.spots]
    parts = ((heading, [_told(spot) for spot in spots if fits(spot)]) for heading, fits in _PARTS.items())
    return tuple((heading, "; ".join(told) + ".") for heading, told in parts if told)


def _told(spot: Spot) -> str:
    if not spot.word:
        return spot.name
    return f"{spot.name}: {spot.word}" if spot.now else f"{spot.name}: {spot.word} ({spot.when})"
