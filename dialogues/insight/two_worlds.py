"""Practice and its leaders beside each other, over a whole area: two published outcomes and one question, no verdict.

What policy wants and what practice meets can be two worlds (DSS §3.10, §4.2.9). Both sides come from rounds of the area
(privacy rule 9): no team is in it, and the sectors are those that the area's own round could show.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dialogues.conversation.presenting import fill
from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.composing import compose
from dialogues.insight.guide import half_hour
from dialogues.insight.looking_back import experiences
from dialogues.insight.maandbeeld import ElementView, Maandbeeld, Question
from dialogues.insight.patterns import Experience
from dialogues.insight.patterns_nl import PATTERN_WORDS
from dialogues.insight.published import PublishedElement, TeamFacts

PATTERN: Final = "two_worlds"


@dataclass(frozen=True, slots=True)
class Sides:
    """Which of the two published an outcome about the same element."""

    practice: bool
    strategic: bool


def compose_two_worlds(
    area: str,
    month: str,
    *,
    team_label: str,
    practice: Iterable[PublishedElement],
    strategic: Iterable[PublishedElement],
) -> Maandbeeld | Sides:
    """One page about the first element of which both sides published something; else what is there and what is not.

    Args:
        area: its name.
        month: the month in which it is looked at, in words; an outcome of another month says so.
        team_label: what the wijkteam is called there.
        practice: what the area's own rounds published lately, oldest first; about few elements.
        strategic: what the strategic layer published in that time, oldest first; about many.
    """
    here, there = _newest(practice), _newest(strategic)
    about = next((name for name in here if name in there), None)
    if about is None:
        return Sides(practice=bool(here), strategic=bool(there))
    return _page(TeamFacts(team=area, month=month, team_label=team_label), here[about], there[about])


def _newest(rounds: Iterable[PublishedElement]) -> dict[str, PublishedElement]:
    """Element → its newest round that published a word."""
    return {one.element_id: one for one in rounds if experiences((one,))}


def _page(facts: TeamFacts, ours: PublishedElement, theirs: PublishedElement) -> Maandbeeld:
    practice = compose(replace(facts, whole=phrases_nl.AREA_LINE), (ours,))
    strategic = compose(replace(facts, whole=phrases_nl.STRATEGIC_LINE), (theirs,))
    question = _question(facts, ours, theirs)
    return Maandbeeld(
        title=phrases_nl.TWO_WORLDS_TITLE,
        team=facts.team,
        month=facts.month,
        intro="",
        elements=(
            _named(practice.elements[0], phrases_nl.PRACTICE_SIDE),
            replace(_named(strategic.elements[0], phrases_nl.STRATEGIC_LINE), reading_note=""),
        ),
        question=question,
        guide=half_hour(question, back=phrases_nl.TWO_WORLDS_BACK),
        footnotes=tuple(dict.fromkeys((phrases_nl.TWO_WORLDS_ARE, *practice.footnotes, *strategic.footnotes))),
    )


def _named(view: ElementView, side: str) -> ElementView:
    """One side with its name, and without steps: there is no team here that could agree on one."""
    return replace(view, title=f"{view.title}: {side.lower()}", steps=())


def _question(facts: TeamFacts, ours: PublishedElement, theirs: PublishedElement) -> Question:
    """Where the words differ, between the two or between sectors, the pattern; else what a family would say."""
    title = fill(ours.definition.title, {"wijkteam": facts.team_label})
    here, there = experiences((ours,))[ours.element_id], experiences((theirs,))[theirs.element_id]
    words = _words(facts, here, there)
    if len({band for band in words.values() if band is not None}) > 1:
        told = PATTERN_WORDS[PATTERN]
        grounds = tuple(f"{who}: {phrases_nl.band_word(band)}" for who, band in words.items())
        return Question(ours.element_id, told.name, told.question, pattern=PATTERN, grounds=grounds)
    return Question(
        ours.element_id, title, phrases_nl.SAME_WORD if None not in words.values() else phrases_nl.OPEN_QUESTION
    )


def _words(facts: TeamFacts, here: Experience, there: Experience) -> Mapping[str, Band | None]:
    """Who → the published word, of the area, of each sector that was shown, and of the strategic layer."""
    sectors = {phrases_nl.group_name(name, team_label=facts.team_label): band for name, band in here.sectors.items()}
    return {phrases_nl.AREA_LINE: here.band, **sectors, phrases_nl.STRATEGIC_LINE: there.band}
