"""What a lead can answer in a maandbeeld: its topics and what was listed about them, and what was said to those.

Seeing that nothing is done with one's contribution makes people contribute less; a no is an answer too (DSS §3.10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from dialogues.insight import phrases_nl
from dialogues.insight.maandbeeld import CLOSING, Maandbeeld

WHY_SHOWN: Final = 3
"""So many reactions are told with their reason; of the others only what they are about. [keuze]"""


class Answer(StrEnum):
    """What a lead says to a signal."""

    YES = "yes"
    NO = "no"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing a maandbeeld shows, counted from 0 in the order in which it stands there."""

    place: int
    element: str
    """The element the round was about."""
    title: str
    """As readers know it: the topic, or the topic with one theme."""
    theme: bool = False


@dataclass(frozen=True, slots=True)
class Reaction:
    """What was said to one signal, signed by a role and never by a person."""

    place: int
    about: str
    answer: Answer
    why: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a maandbeeld stands with what was said to it."""

    reactions: tuple[Reaction, ...]
    open: tuple[str, ...]
    """Titles of topics to which nothing was said, nor to anything listed about them."""
    topics: int
    """How many topics there were to react to."""


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a maandbeeld left open and can still be answered while the next one is the newest."""

    signals: tuple[Signal, ...]
    """The topics that were open when the next one was made and are not in it again, each with its themes."""
    reactions: tuple[Reaction, ...]
    """What was said to those since."""
    open: tuple[str, ...]
    """Titles of those topics to which nothing was said yet."""


def signals(maandbeeld: Maandbeeld) -> tuple[Signal, ...]:
    """Everything that was shown, the topic before its themes; a topic of which nothing could be shown is left out.

    Of a closing it is the top 3, with what should become stronger as its themes.
    """
    found: list[Signal] = []
    top = maandbeeld.top3
    if top is not None:
        found.append(Signal(0, CLOSING, top.title))
        for item in top.stronger.items:
            title = phrases_nl.THEME_OF.replace("{title}", top.title).replace("{theme}", item.label)
            found.append(Signal(len(found), CLOSING, title, theme=True))
    for element in maandbeeld.elements:
        if element.note:
            continue
        about = element.subject or element.id
        found.append(Signal(len(found), about, element.title))
        for item in (item for mentions in element.mentions for item in mentions.items):
            title = phrases_nl.THEME_OF.replace("{title}", element.title).replace("{theme}", item.label)
            found.append(Signal(len(found), about, title, theme=True))
    return tuple(found)


def standing(maandbeeld: Maandbeeld, reactions: Iterable[Reaction]) -> Standing:
    """Lay what was said beside what was shown."""
    given = tuple(sorted(reactions, key=lambda one: one.place))
    places = {one.place for one in given}
    topics: dict[int, bool] = {}
    topic = 0
    for signal in signals(maandbeeld):
        topic = topic if signal.theme else signal.place
        topics[topic] = topics.get(topic, False) or signal.place in places
    titles = {signal.place: signal.title for signal in signals(maandbeeld)}
    return Standing(given, tuple(titles[place] for place, said in topics.items() if not said), len(topics))


def left_open(before: Maandbeeld, after: Maandbeeld, reactions: Iterable[Reaction]) -> LeftOpen:
    """What can still be answered of the one before: a maandbeeld says for good what was open when it was made."""
    again = {signal.element for signal in signals(after)}
    named = _named((signal.title for signal in signals(before) if not signal.theme), after.unanswered)
    found: list[Signal] = []
    is_left = False
    for signal in signals(before):
        if not signal.theme:
            is_left = signal.title in named and signal.element not in again
        if is_left:
            found.append(signal)
    places, titles = {each.place for each in found}, {each.title for each in found}
    given = tuple(each for each in sorted(reactions, key=lambda one: one.place) if each.place in places)
    return LeftOpen(tuple(found), given, tuple(each for each in standing(before, given).open if each in titles))


def _named(titles: Iterable[str], sentence: str) -> set[str]:
    """Which titles a sentence names; one that only stands within a longer one is not named."""
    found: set[str] = set()
    for title in sorted(titles, key=len, reverse=True):
        if title in sentence:
            found.add(title)
            sentence = sentence.replace(title, "\n")
    return found


def told(reactions: Iterable[Reaction]) -> str:
    """The reactions in sentences, for the team; '' when there are none."""
    every = tuple(reactions)
    sentences = [said(one) for one in every[:WHY_SHOWN]]
    if every[WHY_SHOWN:]:
        titles = phrases_nl.joined(tuple(one.about for one in every[WHY_SHOWN:]))
        sentences.append(phrases_nl.ALSO_ANSWERED.replace("{titles}", titles))
    return " ".join(sentences)


def said(one: Reaction) -> str:
    """One reaction: what it is about, the answer, and why."""
    return f"{one.about}: {answer_in_words(one)}"


def answer_in_words(one: Reaction) -> str:
    """The answer and why, without what it is about."""
    words = phrases_nl.ANSWER_WORDS[one.answer]
    return f"{words}. Waarom: “{one.why}”" if one.why else f"{words}."
