"""Sentences are short on average, so that a whole dialogue reads easily (B1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import ButtonText, Sentence
from dialogues.authoring.placeholders import with_samples
from dialogues.authoring.reading import ContentFile
from dialogues.authoring.sentences import finished, sentences, words_in
from dialogues.errors import Mistake

MOST_ON_AVERAGE: Final = 15


def check_average_sentence(shelf: Shelf) -> Iterator[Mistake]:
    """Files whose sentences count more than 15 words on average."""
    for file in shelf.files:
        average = average_sentence(file)
        if average > MOST_ON_AVERAGE:
            problem = f"een zin telt hier gemiddeld {average:.1f} woorden".replace(".", ",")
            yield file.tree.mistake((), problem, f"maak lange zinnen korter; gemiddeld hooguit {MOST_ON_AVERAGE}")


def average_sentence(file: ContentFile) -> float:
    """Words a sentence over all a reader meets in one file; buttons and other loose words do not count along."""
    lengths = [
        words_in(sentence)
        for found in file.texts(Sentence)
        if found.path[0] != "words" and not issubclass(found.kind, ButtonText)
        for sentence in sentences(with_samples(found.value))
        if finished(sentence)
    ]
    return sum(lengths) / len(lengths) if lengths else 0.0
