"""The map of all elements: each in its fixed place, with what was published about it in the last half year.

Balance counts for more than any single element (DSS §4.1), so all of them are seen at once: no total, no order of
merit, and an element of which nothing is known is visibly open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import Region, Spot
from dialogues.insight.published import Outcome, PublishedElement

PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    phrases_nl.THE_FAMILY: ("client",),
    phrases_nl.FOUNDATION: ("trust", "roles", "communication"),
    phrases_nl.KEEPING_ON: ("process", "involvement", "leadership", "skills"),
    phrases_nl.COURSE: ("vision", "infosharing", "effect"),
    phrases_nl.SUPPORT: ("conditions", "structures", "municipality", "housing", "oneteam", "size"),
}
"""The groups of the content brief (§11), with the family before all (requirements F1); elements of one's own follow."""


def map_of(elements: Mapping[str, str], rounds: Iterable[PublishedElement], *, month: str) -> tuple[Region, ...]:
    """Every element in its place; a function of published cells and of the list of elements only.

    Args:
        elements: id → short name of each element that can be asked; an empty one gives no map.
        rounds: what was published in the last half year, oldest first. The newest outcome of an element counts.
        month: the month of the maandbeeld, in words.
    """
    newest = {one.element_id: spot for one in rounds if (spot := _known(one, elements, month)) is not None}
    spots = {element: newest.get(element, Spot(element, name)) for element, name in elements.items()}
    placed = {element for places in PLACES.values() for element in places}
    others = tuple(element for element in elements if element not in placed)
    regions = ((title, places) for title, places in {**PLACES, phrases_nl.OWN_ELEMENTS: others}.items())
    found = ((title, tuple(spots[each] for each in places if each in spots)) for title, places in regions)
    return tuple(Region(title, there) for title, there in found if there)


def _known(one: PublishedElement, elements: Mapping[str, str], month: str) -> Spot | None:
    """What is known of an element from one round; None where nothing of it was published."""
    scale = one.first_scale()
    if one.outcome is not Outcome.PUBLISHED or scale is None or one.element_id not in elements:
        return None
    words = phrases_nl.AGAIN_WORDS if one.about else phrases_nl.BAND_WORDS
    return Spot(
        one.element_id,
        elements[one.element_id],
        word=phrases_nl.band_word(scale.band, words),
        band=scale.band,
        when=one.month,
        short_when=phrases_nl.NOW if one.month == month else phrases_nl.short_month(one.month),
        now=one.month == month,
    )
