"""What a lead can lay beside the team's words: the questions of a maandbeeld, asked again and never kept (rule 16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogues.insight import phrases_nl
from dialogues.insight.bands import Band
from dialogues.insight.maandbeeld import ElementView, Line, Maandbeeld, Scale


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """One question of a maandbeeld whose outcome could be shown, counted from 0."""

    place: int
    title: str
    """The topic, with the side of the triangle where it was about one."""
    asked: str
    """The statement; empty where the title says enough."""
    words: Mapping[Band, str]
    """What can be answered, in the words in which the team's outcome is told."""
    team: tuple[Line, ...]
    """What was published."""


def own_questions(maandbeeld: Maandbeeld) -> tuple[OwnQuestion, ...]:
    """The questions with a scale of which something was published, in the order of the page."""
    return tuple(
        OwnQuestion(place, _title(element, scale), scale.asked, _words(element, scale), scale.lines)
        for place, (element, scale) in enumerate(_shown(maandbeeld))
    )


def _shown(maandbeeld: Maandbeeld) -> Iterator[tuple[ElementView, Scale]]:
    return ((element, scale) for element in maandbeeld.elements for scale in element.scales if scale.lines)


def _title(element: ElementView, scale: Scale) -> str:
    return f"{element.title}, {scale.heading}" if scale.heading else element.title


def _words(element: ElementView, scale: Scale) -> Mapping[Band, str]:
    if scale.heading:
        return phrases_nl.FLOW_WORDS
    return phrases_nl.AGAIN_WORDS if element.subject else phrases_nl.BAND_WORDS
