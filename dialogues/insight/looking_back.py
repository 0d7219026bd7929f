"""What earlier publications add to a month: the team's picture for balance patterns, and how an element went before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise
from typing import Any

from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.listing import Listing
from dialogues.insight.maandbeeld import CLOSING, Question
from dialogues.insight.participation import Participation
from dialogues.insight.patterns import Experience, Found, Ground
from dialogues.insight.patterns_nl import PATTERN_WORDS
from dialogues.insight.publication import Publication
from dialogues.insight.published import Outcome, PublishedElement


def experiences(rounds: Iterable[PublishedElement]) -> dict[str, Experience]:
    """Element → its newest published outcome; of rounds given oldest first. The closing is about all of them, not one.

    Where was only asked whether a high outcome still holds, the answer is an outcome of the element asked about.
    """
    newest: dict[str, Experience] = {}
    for one in rounds:
        scale = one.first_scale()
        if one.outcome is Outcome.PUBLISHED and scale is not None and one.element_id != CLOSING:
            newest[one.element_id] = Experience(
                band=scale.band, month=one.month, sectors=scale.sectors, often=_often(one.cells)
            )
    return newest


def trend_of(one: PublishedElement, earlier: Iterable[PublishedElement]) -> str:
    """Since when the same question came out in the same word, or in another; '' where that may not be said.

    Only the two published words stand next to each other, and only where exactly the same people were asked: a word
    that changes when one person left would point at that person (privacy §3.6, trend). Never an arrow, never a verdict.
    However long ago: the two are the same pair of publications in a row that the audit of the forms goes through.
    """
    same = [each for each in earlier if each.definition.id == one.definition.id and each.about == one.about]
    if not same or not one.roster or same[-1].roster != one.roster:
        return ""
    step, now = next(iter(_scales(one)), ("", None))
    then = dict(_scales(same[-1])).get(step)
    if now is None or then is None or _asked(one, step) != _asked(same[-1], step):
        return ""
    told = phrases_nl.TREND_SAME if now.band == then.band else phrases_nl.TREND_OTHER
    words = phrases_nl.AGAIN_WORDS if one.about else phrases_nl.BAND_WORDS
    return told.replace("{month}", same[-1].month).replace("{word}", phrases_nl.band_word(then.band, words))


def _scales(one: PublishedElement) -> Iterable[tuple[str, Publication]]:
    """Step and outcome of each question that has one."""
    every = ((step, Publication.from_json(cell)) for step, cell in one.cells.items() if cell["kind"] == "bands")
    return ((step, scale) for step, scale in every if not scale.below_floor)


def _asked(one: PublishedElement, step: str) -> object:
    """The words of a question, as they were then: over months its author may have changed them."""
    return [phrase.text for phrase in one.definition.step(one.audience, step).phrases]


def fading(participations: Iterable[str]) -> bool:
    """Whether the published participation of the months fell two times in a row (requirements A4).

    Args:
        participations: per month its lowest published band, oldest first: ``almost_all``, ``enough`` or ``too_few``.
    """
    order = list(Participation)
    ranks = [order.index(Participation(each)) for each in participations if each in order]
    falls = [later < before for before, later in pairwise(ranks)]
    return falls[-2:] == [True, True]


def pattern_question(
    found: Found, titles: Mapping[str, str], words: Mapping[str, str], *, asked: Collection[str]
) -> Question:
    """A balance pattern as the conversation question of the month, with the published words it rests on.

    It counts as a question about the first of its elements that was asked this month, so that steps can stand by it.
    """
    told = PATTERN_WORDS[found.id]
    about = [ground.element for ground in found.grounds]
    return Question(
        element=next((each for each in about if each in asked), about[0]),
        title=told.name,
        text=fill(told.question, words),
        pattern=found.id,
        grounds=tuple(_ground(ground, titles, words) for ground in found.grounds),
    )


def _ground(ground: Ground, titles: Mapping[str, str], words: Mapping[str, str]) -> str:
    who = f", {_group(ground.who, words)}" if ground.who else ""
    title = fill(titles.get(ground.element, ground.element), words)
    return f"{title}{who}: {phrases_nl.band_word(ground.band)} ({ground.month})"


def _group(who: str, words: Mapping[str, str]) -> str:
    if who == "strategic":
        return phrases_nl.STRATEGIC
    return phrases_nl.GROUP_NAMES[who].replace("{team_label}", words["wijkteam"])


def _often(cells: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    listings = (Listing.from_json(cell) for cell in cells.values() if cell["kind"] == "listing")
    return frozenset(item.value for listing in listings for item in listing.items if item.often)
