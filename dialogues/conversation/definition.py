"""What a dialogue is, as data: its steps per audience, and what surrounds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from dialogues.conversation.way import Way


class Audience(StrEnum):
    """The layer a question is written for (DSS §7.3: two topic lists, one element)."""

    PRACTICE = "practice"
    STRATEGIC = "strategic"


class Sector(StrEnum):
    """The side of the triangle someone works for, as the maandbeeld groups people."""

    JGZ = "jgz"
    WIJKTEAM = "wijkteam"
    ONDERWIJS = "onderwijs"
    GEMEENTE = "gemeente"
    OVERIG = "overig"


class Branch(StrEnum):
    """Which way a dialogue goes after its statement (content-brief §3.1)."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class Counted(StrEnum):
    """How the answers to a step may be counted when a round is released."""

    BANDS = "bands"
    """One band a respondent: low, mid, high or no view; not_applicable is never counted."""
    LISTING = "listing"
    """Options that enough respondents chose are listed, without counts."""
    SPLIT = "split"
    """Not counted itself; other answers may be split by it."""
    NOTHING = "nothing"


SHARED: Final = "shared"
"""Value of the answer that shares a text with the team."""
EXAMPLE: Final = "example"
"""Value of the answer that shares a text as a good example. Every other answer keeps nothing of the text."""


class Storage(StrEnum):
    """What may be kept of the answers to a dialogue; a use case looks here before it keeps anything."""

    ENVELOPE = "envelope"
    """Sealed in the person's envelope, opened together with those of the others when the round is released."""
    NOTHING = "nothing"
    """Nothing at all: the bot only thinks along, and no round can be about it."""
    SIGNED = "signed"
    """Passed on with the writer's name, after the writer has seen the whole text and said yes; never counted."""


@dataclass(frozen=True, slots=True)
class When:
    """When a step, option or phrase is shown; an empty field does not restrict."""

    branches: frozenset[Branch] = frozenset()
    facts: frozenset[str] = frozenset()
    """At least one of these facts holds: ``sector:jgz``, ``audience:strategic``, ``size:large`` …

    ``known:`` and a placeholder holds when there is a word for that placeholder."""

    def holds(self, *, branch: Branch | None, facts: frozenset[str]) -> bool:
        """Whether the condition is met by this branch and these facts."""
        return (not self.branches or branch in self.branches) and (not self.facts or bool(self.facts & facts))


ALWAYS = When()


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to ask something; placeholders such as ``{wijkteam}`` are filled when it is shown."""

    text: str
    when: When = ALWAYS
    thanks: bool = False
    """Whether it says what happens with the answer now; left out where nothing is kept of it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person can tap."""

    value: str
    """What goes into the envelope; unique within its step."""
    label: str
    branch: Branch | None = None
    """The branch this answer opens; also its band when the step is counted as BANDS."""
    when: When = ALWAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One tap, one answer: side, statement, basis, action, or a plain question."""

    id: str
    phrases: tuple[Phrase, ...]
    options: tuple[Option, ...]
    counted: Counted = Counted.NOTHING
    skippable: bool = True
    after_text: bool = False
    """Asked only when a text was typed just before that may be shared (the ``share`` step).

    Its answers ``shared`` and ``example`` share the text; any other keeps nothing of it."""
    when: When = ALWAYS
    way: Way = Way.FULL
    """The shortest way on which this is still asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiChoice:
    """Up to ``most`` answers, switched on and off by taps and closed with "Klaar"; none at all is "Sla over"."""

    id: str
    phrases: tuple[Phrase, ...]
    options: tuple[Option, ...]
    counted: Counted = Counted.LISTING
    most: int = 3
    least: int = 1
    """How many answers it takes before "Klaar" is there."""
    ordered: bool = False
    """Whether the order of tapping is the answer: the first one weighs most. Buttons then show 1, 2, 3."""
    first_shown: int = 0
    """How many options to show before "Meer"; 0 shows all."""
    when: When = ALWAYS
    way: Way = Way.FULL
    """The shortest way on which this is still asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenText:
    """An open question; typing is never required (DSS §3.2.4) and the name reminder always precedes it."""

    id: str
    phrases: tuple[Phrase, ...]
    """Shown in turn over the rounds: of those that apply, the one at round number - 1."""
    rotates: bool = True
    """Whether they take turns; otherwise it is the first one that applies, every round."""
    long_reminder: bool = False
    when: When = ALWAYS
    way: Way = Way.FULL
    """The shortest way on which this is still asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """The last screen: one thought, thanks, and what happens with the answer."""

    id: str
    phrases: tuple[Phrase, ...]
    thoughts: tuple[str, ...] = ()
    """Stand before the phrases in turn over the rounds: the one at round number - 1. They have no condition: the last
    words stay on the phone, and may not tell what was answered."""
    when: When = ALWAYS


Step: TypeAlias = Choice | MultiChoice | OpenText | Closing


@dataclass(frozen=True, slots=True)
class Theme:
    """One thing an element can be about (content-brief §5); the label is a button."""

    id: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ImprovementAction:
    """A small step a team can agree, with the question that later asks after it (DSS §1.2 el. 11)."""

    id: str
    label: str
    text: str
    check_question: str


@dataclass(frozen=True, slots=True)
class ConversationQuestions:
    """The question the maandbeeld puts to the team, by the published band; ``unclear`` fits every other case."""

    low: str
    mid: str
    high: str
    unclear: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Words on buttons and around questions that all dialogues share (``content/phrases.yaml``)."""

    skip: str
    back: str
    stop: str
    done: str
    more: str
    chosen_mark: str
    progress: str
    """Holds ``{position}`` and ``{total}``."""
    reminder_short: str
    reminder_long: str
    text_not_kept: str
    stopped: str
    stopped_empty: str
    at_most: str
    """Holds ``{most}``."""
    still_to_choose: str
    """Holds ``{left}``."""
    text_signed: str
    """Instead of ``text_not_kept``, where a text is passed on with the writer's name."""
    stopped_unkept: str
    """Instead of ``stopped``, where nothing is kept of what was answered."""
    text_sharable: str
    """Instead of ``text_not_kept``, where the writer may choose to share the text. Holds ``{most}``."""
    text_written: str
    """Above a text that is shown back to its writer."""
    text_found: str
    """What the guard found, with the choice to adjust. Holds ``{found}``."""
    text_never: str
    """As ``text_found``, where it holds something that can never be shared. Holds ``{found}``."""
    text_kept: str
    """A passing remark after sharing."""
    text_gone: str
    """A passing remark after not sharing."""
    adjust: str
    not_so: str
    erase: str
    findings: Mapping[str, str]
    """What each kind of finding is called, by its code."""
    onward: str = ""
    """Instead of ``skip`` under an open question, where nothing is kept of what was answered; '' is ``skip``."""
    text_unkept: str = ""
    """Instead of ``text_not_kept``, where the button says ``onward``."""
    nothing_kept: str = ""
    """The last words where a dialogue that usually counts is played without keeping anything; '' says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A whole dialogue as an author wrote it."""

    id: str
    number: str
    version: int
    title: str
    summary: str
    """One sentence of explanation, shown in the prompt; may hold placeholders."""
    is_element: bool
    steps: Mapping[Audience, tuple[Step, ...]]
    short: str = ""
    """A name for where there is little room; '' where the title will do."""
    themes: tuple[Theme, ...] = ()
    actions: tuple[ImprovementAction, ...] = ()
    conversation: ConversationQuestions | None = None
    reading_note: str = ""
    links: tuple[str, ...] = ()
    """Ids of connected elements (DSS §4.1: elements strengthen each other)."""
    sources: tuple[str, ...] = ()
    """Sections of the report this dialogue rests on."""
    storage: Storage = Storage.ENVELOPE
    labels: Labels = field(repr=False)

    @property
    def short_title(self) -> str:
        """What it is called on the map of all elements."""
        return self.short or self.title

    def step(self, audience: Audience, step_id: str) -> Step:
        """The step with this id; raises KeyError when the audience has none such."""
        for step in self.steps[audience]:
            if step.id == step_id:
                return step
        raise KeyError(step_id)

    def has_way(self, audience: Audience, way: Way) -> bool:
        """Whether there is anything to ask this audience on this way; always so for the full one."""
        asked = (step for step in self.steps[audience] if not isinstance(step, Closing))
        return way is Way.FULL or any(way.passes(step.way) for step in asked)
