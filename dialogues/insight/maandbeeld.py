"""A maandbeeld: what a lead and a team see of a month, finished to the last word and kept for good."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from dialogues.insight.bands import Band

CLOSING: Final = "closing"
"""The look back after a whole circle: a dialogue about all elements, so no element itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One published word: who it is about and what was answered most, or how often a band was given."""

    who: str
    word: str
    band: Band | None = None
    """For the form beside the word; None on a tie."""
    number: int | None = None
    """An exact count; only where counts were published."""


@dataclass(frozen=True, slots=True)
class Scale:
    """The published cells of one question with a scale."""

    heading: str
    """Which side of the triangle, where a dialogue asks after each; else empty."""
    asked: str
    """The statement that was recognised or not; empty where the heading says enough."""
    lines: tuple[Line, ...]
    note: str = ""
    """An honest sentence instead of lines, below the floor."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One option that enough people chose."""

    label: str
    often: bool = False


@dataclass(frozen=True, slots=True)
class Mentions:
    """The options of one question that may be listed, in the author's order."""

    heading: str
    items: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A small step the team could agree on; the team chooses, never the bot."""

    id: str
    label: str
    text: str
    wanted: bool = False
    """Whether enough people chose it in the dialogue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopThree:
    """What people chose for their top 3 in the closing after a whole circle; no ranking."""

    title: str
    chosen: Mentions
    """What at least three people chose; empty when nothing was."""
    before: str = ""
    """What was chosen the time before, or why that does not stand beside it; empty the first time."""
    strategic: str = ""
    """What leaders and policy makers of the area chose."""
    stronger: Mentions
    """What would help most if it became stronger."""
    steps: tuple[Step, ...] = ()
    """Small steps that belong to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementView:
    """One element of the month."""

    id: str
    title: str
    when: str
    """Month of the round, in words."""
    subject: str = ""
    """Id of the element, where a block asked about one; else empty."""
    scales: tuple[Scale, ...] = ()
    mentions: tuple[Mentions, ...] = ()
    steps: tuple[Step, ...] = ()
    trend: str = ""
    """How it came out the time before, in words; empty where that may not be said."""
    reading_note: str = ""
    note: str = ""
    """An honest sentence when nothing of the round could be shown."""


@dataclass(frozen=True, slots=True)
class StepStory:
    """A step of the team: what was agreed, what became of it, and what was decided."""

    step: str
    lines: tuple[str, ...]
    """In order of time, each a whole sentence or two."""


@dataclass(frozen=True, slots=True)
class Question:
    """The one conversation question of the month."""

    element: str
    title: str
    text: str
    pattern: str = ""
    """Id of the balance pattern it comes from; empty for the question of one element."""
    grounds: tuple[str, ...] = ()
    """The published words a pattern rests on, each with its month."""


@dataclass(frozen=True, slots=True)
class GuideStep:
    """One part of the conversation of half an hour."""

    minutes: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Spot:
    """One element in its place on the map, with its newest published outcome of the last half year."""

    element: str
    name: str
    word: str = ""
    """What was published; empty while nothing is known."""
    band: Band | None = None
    """For the form beside the word; None on a tie."""
    when: str = ""
    """Month of the round, in words."""
    short_when: str = ""
    """The same where there is little room."""
    now: bool = False
    """Whether it is an outcome of this month."""


@dataclass(frozen=True, slots=True)
class Region:
    """Elements that stand together on the map."""

    title: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Maandbeeld:
    """The whole of it. Every text is final: rendering chooses type and place, never words."""

    title: str
    team: str
    month: str
    intro: str
    successes: tuple[str, ...] = ()
    """Texts that their writers call a good example; they come first of all."""
    recognised: str = ""
    """What was recognised this month, as the opening; empty when nothing was."""
    unanswered: str = ""
    """To what of the previous time nothing was said yet; stands on top."""
    feedback: str = ""
    """What was done with the previous time."""
    agreed: tuple[StepStory, ...] = ()
    """The step the team works on, and those it decided on since the previous maandbeeld."""
    participation: str = ""
    balance: tuple[Region, ...] = ()
    """The map of all elements; empty in a month without an outcome, and in those written before there was a map."""
    balance_note: str = ""
    """How to read the map."""
    top3: TopThree | None = None
    """The closing after a whole circle; a part of its own."""
    elements: tuple[ElementView, ...] = ()
    own_words: tuple[str, ...] = ()
    """Other texts that were shared, without a name, an element or a month."""
    own_figure: str = ""
    """The figure that the team keeps of its own, with what it does not say; empty when none was entered."""
    silent: str = ""
    """Which elements were not talked about for a long time."""
    question: Question | None = None
    guide: tuple[GuideStep, ...] = ()
    thin: str = ""
    """The short, honest message of a month in which nothing could be shown."""
    footnotes: tuple[str, ...] = ()

    def to_json(self) -> str:
        """Canonical JSON: equal maandbeelden give equal bytes, so that it can be hashed and chained."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Maandbeeld:
        """Read a stored maandbeeld; raises ValueError, KeyError or TypeError when it is not one."""
        plain: dict[str, Any] = json.loads(text)
        plain["elements"] = tuple(_element(element) for element in plain["elements"])
        plain["balance"] = tuple(_region(region) for region in plain.get("balance", ()))
        plain["top3"] = _top_three(plain["top3"]) if plain.get("top3") else None
        plain["question"] = plain["question"] and _question(plain["question"])
        plain["guide"] = tuple(GuideStep(**step) for step in plain["guide"])
        for texts in ("successes", "own_words"):
            plain[texts] = tuple(plain.get(texts, ()))
        plain["agreed"] = tuple(StepStory(each["step"], tuple(each["lines"])) for each in plain.get("agreed", ()))
        plain["footnotes"] = tuple(plain["footnotes"])
        return cls(**plain)


def _question(plain: Mapping[str, Any]) -> Question:
    return Question(**{**plain, "grounds": tuple(plain.get("grounds", ()))})


def _region(plain: Mapping[str, Any]) -> Region:
    spots = (Spot(**{**spot, "band": spot["band"] and Band(spot["band"])}) for spot in plain["spots"])
    return Region(plain["title"], tuple(spots))


def _top_three(plain: Mapping[str, Any]) -> TopThree:
    return TopThree(
        **{
            **plain,
            "chosen": _mentions(plain["chosen"]),
            "stronger": _mentions(plain["stronger"]),
            "steps": tuple(Step(**step) for step in plain["steps"]),
        }
    )


def _mentions(plain: Mapping[str, Any]) -> Mentions:
    return Mentions(plain["heading"], tuple(Mention(**item) for item in plain["items"]))


def _element(plain: Mapping[str, Any]) -> ElementView:
    return ElementView(
        **{
            **plain,
            "scales": tuple(
                Scale(**{**scale, "lines": tuple(_line(line) for line in scale["lines"])}) for scale in plain["scales"]
            ),
            "mentions": tuple(_mentions(mentions) for mentions in plain["mentions"]),
            "steps": tuple(Step(**step) for step in plain["steps"]),
        }
    )


def _line(plain: Mapping[str, Any]) -> Line:
    band = plain["band"]
    return Line(plain["who"], plain["word"], band and Band(band), plain["number"])
