"""The shape of the two files all dialogues share: ``phrases.yaml`` and ``functions.yaml``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from dialogues.authoring.markers import (
    AtMostText,
    ButtonText,
    Code,
    FoundText,
    ProgressText,
    Sentence,
    StillToChooseText,
)
from dialogues.authoring.spec import OptionSpec, SectorName, Strict, Variant


class FindingWords(Strict):
    """What each kind of finding is called; the fields are the values of ``Kind``."""

    name: Sentence
    bsn: Sentence
    iban: Sentence
    phone: Sentence
    email: Sentence
    link: Sentence
    birth_date: Sentence
    address: Sentence
    postcode: Sentence
    school: Sentence


class LabelsSpec(Strict):
    """Words on buttons and around questions; the fields are those of ``Labels``."""

    skip: ButtonText
    back: ButtonText
    stop: ButtonText
    done: ButtonText
    more: ButtonText
    chosen_mark: ButtonText
    progress: ProgressText
    reminder_short: Sentence
    reminder_long: Sentence
    text_not_kept: Sentence
    stopped: Sentence
    stopped_empty: Sentence
    at_most: AtMostText
    still_to_choose: StillToChooseText
    text_signed: Sentence
    stopped_unkept: Sentence
    text_sharable: AtMostText
    text_written: Sentence
    text_found: FoundText
    text_never: FoundText
    text_kept: Sentence
    text_gone: Sentence
    adjust: ButtonText
    not_so: ButtonText
    erase: ButtonText
    findings: FindingWords
    onward: ButtonText = ButtonText("")
    text_unkept: Sentence = Sentence("")
    nothing_kept: Sentence = Sentence("")


class Question(Strict):
    """A question with fixed answers that many elements share."""

    question: Sentence
    options: Annotated[list[OptionSpec], Field(min_length=1)]


class NoViewProbe(Strict):
    """What to ask who has no view on it."""

    practice: Sentence
    strategic: Sentence


class ActionQuestion(Strict):
    """The question about a next step; the steps themselves come from the element."""

    question: Sentence
    other: ButtonText
    none: ButtonText


class Explained(Strict):
    """A word that not everybody uses, and what is meant by it here."""

    word: Code
    """How it begins, in small letters."""
    text: Sentence


class PhrasesSpec(Strict):
    """What all elements share (``phrases.yaml``)."""

    format: Literal[3]
    labels: LabelsSpec
    scale: Question
    """The one scale of all elements: the figures and "Geen zicht op", each with its branch."""
    explained: list[Explained] = Field(default=[])
    """Stands under a statement that uses the word, for a statement is the first that somebody reads."""
    side: Question
    basis: Question
    themes_question: Sentence
    no_view: NoViewProbe
    reserves: list[Variant]
    """Open questions that fit every element, for later rounds."""
    share: Question
    action: ActionQuestion
    thanks: Annotated[list[Variant], Field(min_length=1)]
    """What happens with the answer now; after the closing thought."""
    sentences: dict[Code, Sentence]
    """Sentences the bot says around a dialogue."""


class SectorSpec(Strict):
    """A group of people as the maandbeeld names it."""

    code: SectorName
    label: ButtonText


class FunctionSpec(Strict):
    """What someone does for a living."""

    code: Code
    label: ButtonText
    sectors: Annotated[list[SectorName], Field(min_length=1)]
    audience: Literal["practice", "strategic", "both"]


class FunctionsSpec(Strict):
    """Sectors and functions people choose from (``functions.yaml``)."""

    format: Literal[3]
    sectors: Annotated[list[SectorSpec], Field(min_length=1)]
    functions: Annotated[list[FunctionSpec], Field(min_length=1)]
