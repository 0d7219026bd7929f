"""The shape of a dialogue's file, format 3: what an author may write and must write."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from dialogues.authoring.markers import (
    ButtonText,
    Code,
    FactName,
    LinkName,
    Sentence,
    ThemeLabel,
)
from dialogues.conversation.definition import Audience, Branch, Counted, Sector, Storage
from dialogues.conversation.way import Way

AudienceName: TypeAlias = Annotated[Audience, Field(strict=False)]
BranchName: TypeAlias = Annotated[Branch, Field(strict=False)]
CountedName: TypeAlias = Annotated[Counted, Field(strict=False)]
StorageName: TypeAlias = Annotated[Storage, Field(strict=False)]
WayName: TypeAlias = Annotated[Way, Field(strict=False)]
SectorName: TypeAlias = Annotated[Sector, Field(strict=False)]
Number: TypeAlias = Annotated[
    str,
    BeforeValidator(lambda given: str(given) if type(given) is int else given),
    WithJsonSchema({"type": ["string", "integer"]}),
]
"""``3`` and ``S0`` alike; an author need not put quotes around a figure."""


class Strict(BaseModel):
    """A mapping in which every key is known and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Condition(Strict):
    """When something is shown: one of these facts holds, and the branch is one of these."""

    when: list[FactName] = []
    branches: list[BranchName] = []


class Variant(Condition):
    """A text that takes the place of the usual one when its condition is met."""

    text: Sentence


class Context(Variant):
    """An open question for people or teams of one sort; for both audiences unless one is named."""

    audience: AudienceName | None = None


class Statement(Strict):
    """The statement of an element for one audience."""

    before: Sentence | None = None
    """What to keep in mind; stands above the statement."""
    text: Sentence
    variants: list[Variant] = []
    question: Sentence | None = None
    """The question above the scale, where it is not the usual one."""
    not_applicable: ButtonText | None = None
    """The button for who had no occasion; absent where that cannot be."""


class Statements(Strict):
    """The statement for each audience."""

    practice: Statement
    strategic: Statement


class Probe(Strict):
    """The open question that follows each answer."""

    low: Sentence
    mid: Sentence
    high: Sentence


class Probes(Strict):
    """The open questions for each audience."""

    practice: Probe
    strategic: Probe


class Open(Strict):
    """The open question of an element, asked in a later round."""

    question: Sentence
    reminder: Literal["short", "long"]
    """Which name reminder stands under every open question of this element."""
    note: Sentence | None = None
    """A remark under the question."""


class ThemeSpec(Strict):
    """What an element can be about."""

    id: Code
    label: ThemeLabel
    meaning: Sentence


class ActionSpec(Strict):
    """A small step, with the question that later asks after it."""

    id: Code
    label: ButtonText
    text: Sentence
    check_question: Sentence
    about: Literal["people", "agreement"] | None = None
    """Whether people meet, look along or talk, or arrange something; a step between people comes first."""


class Example(Strict):
    """What was seen elsewhere, in two or three sentences; ends by asking what it would mean here (DSS §5.2)."""

    text: Sentence
    source: str
    """Where it was seen: one of the file's own sources."""
    audience: AudienceName | None = None


class Conversation(Strict):
    """The question a team lead can ask the team, by the published band."""

    low: Sentence
    mid: Sentence
    high: Sentence
    unclear: Sentence


class DialogueSpec(Strict):
    """What every dialogue has, whatever its steps."""

    format: Literal[3]
    id: Code
    number: Number
    version: Annotated[int, Field(ge=1)]
    title: Sentence
    summary: Sentence
    links: list[LinkName] = []
    sources: list[str]
    words: dict[str, Sentence] = {}
    """Words that need care, for writers: how to say it, or what it means."""


class ElementSpec(DialogueSpec):
    """An element: the steps around what is written here are the same for all of them."""

    short: Annotated[str, Field(min_length=1, max_length=20)] | None = None
    """A name for its place on the map of all elements, where the title is too long for a phone."""
    side: Literal["yes", "no", "jgz_team", "jgz_school", "team_school"]
    """Whether to ask which side of the triangle; or the one side it is about."""
    basis: Literal["yes", "no"] = "no"
    """Whether to ask what the answer rests on."""
    themes: Annotated[list[ThemeSpec], Field(min_length=1)]
    themes_first_shown: Annotated[int, Field(ge=0)] = 0
    statement: Statements
    probes: Probes
    context: list[Context] = []
    more_probes: list[Sentence] = []
    open: Open
    reflection: Sentence
    """The closing thought. It stays on the phone, so it is the same whatever was answered."""
    examples: list[Example] = []
    """In later rounds these take turns with the closing thought."""
    reflection_notes: list[Context] = []
    actions: Annotated[list[ActionSpec], Field(min_length=1)]
    conversation: Conversation
    reading_note: Sentence | None = None


class OptionSpec(Condition):
    """One button."""

    value: Code
    label: ButtonText
    branch: BranchName | None = None


class StepBase(Condition):
    """What every written-out step has."""

    id: Code
    way: WayName = Way.FULL
    """The shortest way on which this is still asked; a closing is on every way."""


class ChoiceSpec(StepBase):
    """One tap, one answer."""

    kind: Literal["choice"]
    text: Sentence
    variants: list[Variant] = []
    options: Annotated[list[OptionSpec], Field(min_length=1)]
    counted: CountedName = Counted.NOTHING
    skippable: Literal["yes", "no"] = "yes"
    after_text: Literal["yes", "no"] = "no"


class MultiSpec(StepBase):
    """Several answers; without options of its own it offers the themes of the file."""

    kind: Literal["multi"]
    text: Sentence
    variants: list[Variant] = []
    options: list[OptionSpec] = []
    counted: CountedName = Counted.LISTING
    most: Annotated[int, Field(ge=1)] = 3
    least: Annotated[int, Field(ge=1)] = 1
    ordered: Literal["yes", "no"] = "no"
    """Whether the first one tapped weighs most; the buttons then show 1, 2, 3."""
    first_shown: Annotated[int, Field(ge=0)] = 0


class OpenSpec(StepBase):
    """An open question; the name reminder is never left out."""

    kind: Literal["open"]
    text: Sentence
    variants: list[Variant] = []
    reminder: Literal["short", "long"]


class ClosingSpec(StepBase):
    """The last words; every paragraph whose condition is met is shown."""

    kind: Literal["closing"]
    paragraphs: Annotated[list[Variant], Field(min_length=1)]


StepSpec: TypeAlias = ChoiceSpec | MultiSpec | OpenSpec | ClosingSpec


class BlockSpec(DialogueSpec):
    """A dialogue that writes out its own steps, such as ``start``."""

    storage: StorageName
    """What may be kept of the answers; said in every such file, so that nobody finds out too late."""
    themes: list[ThemeSpec] = []
    steps: Annotated[list[Annotated[StepSpec, Field(discriminator="kind")]], Field(min_length=1, max_length=40)]
