"""What a maandbeeld is made from: published rounds, and facts about a team that are no answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from dialogues.conversation.definition import Audience, Definition
from dialogues.insight import phrases_nl
from dialogues.insight.groups import Split
from dialogues.insight.own_figure import Figure
from dialogues.insight.own_words import NO_TEXTS, OwnWords
from dialogues.insight.publication import Publication
from dialogues.insight.signals import Standing


class Outcome(StrEnum):
    """How a round ended, as far as readers may know."""

    PUBLISHED = "published"
    WAITING = "waiting"
    """Too few answers; the element is asked once more."""
    DESTROYED = "destroyed"
    """Too few answers for the second time; everything was thrown away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedElement:
    """One round of the month: its dialogue and the cells that `publish_round` made of it."""

    definition: Definition
    month: str
    """Month in which the round closed, in words: "november 2026"."""
    outcome: Outcome = Outcome.PUBLISHED
    cells: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    audience: Audience = Audience.PRACTICE
    split: Split = Split.SECTOR
    """What it was split by, as promised before it."""
    about: str = ""
    """Title of the element that a block such as ``still_standing`` asked about; empty for an element itself."""
    subject: str = ""
    """Id of that element."""
    roster: str = ""
    """A mark of who was asked, the same for the same people; empty when it is not known."""
    further: tuple[Definition, ...] = ()
    """The elements that a closing published as what should become stronger; the steps are theirs."""

    @property
    def element_id(self) -> str:
        """The element this round was about."""
        return self.subject or self.definition.id

    def first_scale(self) -> Publication | None:
        """The first question with an outcome; None where none reached the floor."""
        scales = (Publication.from_json(cell) for cell in self.cells.values() if cell["kind"] == "bands")
        return next((scale for scale in scales if not scale.below_floor), None)


@dataclass(frozen=True, slots=True)
class LastClosing:
    """The closing before this one, however long ago."""

    closing: PublishedElement
    comparable: bool
    """Whether its top 3 may stand beside this one: the same people were asked, or so many changed that it tells nothing
    about any of them."""


class Decision(StrEnum):
    """What a team decided about its step; stopping is learning too (content-brief §6.1)."""

    GO_ON = "go_on"
    CHANGED = "changed"
    STOPPED = "stopped"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Checked:
    """One round in which the team was asked after its step, and what was published of it."""

    ago: str
    """How long after the step was agreed it was asked: "na vier weken"."""
    round: PublishedElement
    new: bool = False
    """Whether no maandbeeld told of it yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedStep:
    """A step as the lead wrote it down, with days in words; nothing of it is an answer."""

    step: str
    owner: str
    agreed_on: str
    look_back_on: str = ""
    """Empty once it was decided on for good."""
    time_to_look_back: bool = False
    """Whether that day has come."""
    checks: tuple[Checked, ...] = ()
    """Oldest first."""
    decision: Decision | None = None
    """The newest one; None when nothing was decided yet."""
    decided_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFacts:
    """What a maandbeeld may use besides published cells; none of it is an answer."""

    team: str
    month: str
    """The month of the maandbeeld in words: "november 2026"."""
    title: str = phrases_nl.TITLE
    whole: str = phrases_nl.TEAM_LINE
    """What the line about everybody together is called: of a team, an area or its strategic layer."""
    team_label: str = phrases_nl.WIJKTEAM
    """Local name of the wijkteam."""
    roster_changed: bool = False
    """Whether in one of the rounds 1-4 people differ from the round published before: no counts, no comparison."""
    participation: str | None = None
    """Participation of the whole team as a band in words ("genoeg antwoorden"); None says nothing about it."""
    feedback: str = ""
    """What was done with the previous time, in one or two sentences; empty when there was nothing."""
    agreed: tuple[AgreedStep, ...] = ()
    """The step the team works on, last, and before it those it decided on since the previous maandbeeld."""
    own_figure: Figure | None = None
    """The figure that the team keeps of its own, when one was entered since the last time; never an answer."""
    previous: Standing | None = None
    """How the previous maandbeeld stands with what the lead said to it; None for a first one."""
    earlier: tuple[PublishedElement, ...] = ()
    """What the team's rounds published in the half year before, oldest first."""
    long_before: tuple[PublishedElement, ...] = ()
    """What the questions of this month published before that, as long as it is kept, oldest first: only for how the
    same question came out the time before."""
    elements: Mapping[str, str] = field(default_factory=dict)
    """Id → short name of each element that can be asked, for the map; empty where no map is wanted."""
    strategic: tuple[PublishedElement, ...] = ()
    """What the strategic audience of the area published in that time, oldest first."""
    last_closing: LastClosing | None = None
    """The closing before, for the top 3 of a month that has one."""
    profile: frozenset[str] = frozenset()
    """What the coordinator told about the team: ``size:large``, ``team:0-100`` …"""
    participations: tuple[str, ...] = ()
    """Per month, oldest first, the lowest published band of participation; this month is the last."""
    undiscussed: bool = False
    """Whether nobody responded and no step was agreed for three months."""
    pattern_before: str = ""
    """Id of the balance pattern in the previous maandbeeld."""
    silent: tuple[str, ...] = ()
    """Titles of elements that were not talked about for half a year (requirements A4)."""
    texts: OwnWords = NO_TEXTS
    """Texts that were released already: what people shared after an earlier round."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What further placeholders in content stand for; {wijkteam} and {maand} are known already."""
