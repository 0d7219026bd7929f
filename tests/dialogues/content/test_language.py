"""Plain Dutch everywhere: short sentences, known words, nothing that promises too much."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from dialogues.authoring.markers import Sentence
from dialogues.authoring.placeholders import with_samples
from dialogues.authoring.reading import ContentFile
from tests.support.shipped import shipped_files

FILES = shipped_files()
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)

AVOIDED = (
    "respons",
    "differentiatie",
    "geaggregeerd",
    "casus",
    "klacht",
    "doorverwijz",
    "stakeholder",
    "expertise",
    "borgen",
    "faciliter",
    "implementer",
    "conform",
    "middels",
    "teneinde",
    "anoniem",
    "goed zo",
    "moet beter",
)


def _texts(file: ContentFile) -> Iterator[str]:
    """What a person reads; the list of words for writers is not among it."""
    return (with_samples(found.value) for found in file.texts(Sentence) if found.path[0] != "words")


@each_file
def test_sentences_are_short_on_average(file) -> None:
    """Fifteen words a sentence at most, over a whole file (B1)."""
    sentences = [
        sentence for text in _texts(file) for sentence in re.split(r"(?<=[.!?])\s+", text) if len(sentence.split()) > 3
    ]
    if sentences:
        assert sum(len(sentence.split()) for sentence in sentences) / len(sentences) <= 15


@each_file
def test_words_to_avoid_are_avoided(file) -> None:
    """No jargon, no verdicts, and never a promise of anonymity."""
    for text in _texts(file):
        assert not [word for word in AVOIDED if word in text.lower()], text


@each_file
def test_readers_are_addressed_as_je(file) -> None:
    """Informal throughout; a formal form in between would sound like another sender."""
    assert not [text for text in _texts(file) if re.search(r"\b(u|uw|Uw)\b", text)]


@each_file
def test_texts_are_finished(file) -> None:
    """Sentences end in a full stop or a question mark, and hold no double spaces or words."""
    for text in _texts(file):
        whole = re.search(r"[.?!] ", text)
        assert not whole or text.endswith((".", "?", with_samples("{reactie}"))), text
        assert "  " not in text
        doubled = re.findall(r"\b(\w+) \1\b", text.lower())
        assert set(doubled) <= {"je"}, text


@each_file
def test_every_reader_sees_the_local_name_of_the_team(file) -> None:
    """Questions and buttons say {wijkteam}; the sort of team is called otherwise everywhere."""
    for found in file.texts(Sentence):
        assert not re.search(r"\bwijkteam\b", re.sub(r"\{\w+\}", "", found.value))
