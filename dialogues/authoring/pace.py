"""How long reading a screen takes, by a stated pace.

Read are the question, the small print and the answers; progress and navigation are known by heart after one dialogue.
Typing takes no time here, for it is never required.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from dialogues.authoring.placeholders import with_samples
from dialogues.authoring.sentences import words_in
from dialogues.conversation.definition import (
    Closing,
    Definition,
    MultiChoice,
    OpenText,
    Option,
    Phrase,
    Step,
    Storage,
    When,
)
from dialogues.conversation.presenting import what_becomes_of_a_text

WORDS_A_MINUTE: Final = 180
"""An unhurried reader of a telephone."""
SECONDS_A_TAP: Final = 1.5
"""Finding the button and pressing it."""

Holds: TypeAlias = Callable[[When], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """How many seconds somebody reads at one step, at most and at least."""

    most: float
    fewest: float


def reading(definition: Definition, step: Step, *, surely: Holds, maybe: Holds) -> Reading:
    """The time to read a step, where some conditions are sure to hold and others only may."""
    most, fewest = _question(step, surely, maybe)
    print_most, print_fewest = _small_print(definition, step)
    if not isinstance(step, OpenText | Closing):
        seen = [option for option in step.options if maybe(option.when)]
        most += _labels(seen)
        sure = [option for option in seen if surely(option.when)]
        shown = step.first_shown if isinstance(step, MultiChoice) and step.first_shown else len(sure)
        fewest += _labels(sure[:shown])
    return Reading(_seconds(most + print_most), _seconds(fewest + print_fewest))


def _question(step: Step, surely: Holds, maybe: Holds) -> tuple[int, int]:
    possible = [phrase for phrase in step.phrases if maybe(phrase.when)]
    if isinstance(step, Closing):
        thoughts = [_length(thought) for thought in step.thoughts] or [0]
        sure = _words(phrase for phrase in possible if surely(phrase.when))
        return max(thoughts) + _words(possible), min(thoughts) + sure
    if not (isinstance(step, OpenText) and step.rotates):
        first_sure = next((place for place, phrase in enumerate(possible) if surely(phrase.when)), len(possible))
        possible = possible[: first_sure + 1]
    lengths = [_words((phrase,)) for phrase in possible] or [0]
    return max(lengths), min(lengths)


def _small_print(definition: Definition, step: Step) -> tuple[int, int]:
    labels = definition.labels
    if isinstance(step, MultiChoice) and step.least > 1:
        return words_in(labels.still_to_choose), 0
    if not isinstance(step, OpenText):
        return 0, 0
    reminder = labels.reminder_long if step.long_reminder else labels.reminder_short
    if definition.storage is not Storage.ENVELOPE:
        words = words_in(f"{reminder} {what_becomes_of_a_text(definition)}")
        return words, words
    either = [words_in(f"{reminder} {kept}") for kept in (labels.text_not_kept, labels.text_sharable)]
    return max(either), min(either)


@lru_cache(maxsize=4096)
def _length(text: str) -> int:
    """How many words somebody reads. The same texts come by on every way through a dialogue."""
    return words_in(with_samples(text))


def _words(phrases: Iterable[Phrase]) -> int:
    return sum(_length(phrase.text) for phrase in phrases)


def _labels(options: Iterable[Option]) -> int:
    return sum(_length(option.label) for option in options)


def _seconds(words: int) -> float:
    return words * 60 / WORDS_A_MINUTE
