"""Sentences stay short enough to read between two consultations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dialogues.authoring.checks.shelf import Shelf
from dialogues.authoring.markers import Sentence
from dialogues.authoring.placeholders import with_samples
from dialogues.authoring.sentences import sentences, words_in
from dialogues.errors import Mistake

MOST_WORDS: Final = 25


def check_sentence_length(shelf: Shelf) -> Iterator[Mistake]:
    """Every sentence of more than 25 words, placeholders filled in."""
    for file in shelf.files:
        for found in file.texts(Sentence):
            for sentence in sentences(with_samples(found.value)):
                words = words_in(sentence)
                if words > MOST_WORDS:
                    problem = f"de zin '{sentence[:40]}…' telt {words} woorden"
                    remedy = f"maak er twee zinnen van, elk hooguit {MOST_WORDS} woorden"
                    yield file.tree.mistake(found.path, problem, remedy)
