"""Names: of the people the caller knows, common first names, words after "mevrouw", and pairs with capitals."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from dialogues.guarding.findings import Finding, Kind
from dialogues.guarding.words_nl import BEFORE_A_NAME, DETERMINERS, FIRST_NAMES, NOBODY, ORDINARY, PARTICLES

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")
_INITIALS: Final = re.compile(r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ter|ten) )*[A-Z][a-zà-ÿ]+")
_ENDS_SENTENCE: Final = re.compile(r"(?:^|[.!?…:\"“‘(]\s*|\n)$")
_SHORTEST_SMALL: Final = 3
"""Letters of the shortest name that is recognised without its capital."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    first: bool
    """Whether it begins a sentence, so that its capital says nothing."""

    @property
    def small(self) -> str:
        """In small letters, without a final full stop or a possessive."""
        plain = self.text.rstrip(".").lower().replace("’", "'")
        return re.sub(r"'s?$", "", plain)

    @property
    def capital(self) -> bool:
        """One capital and small letters after it: "Noord", not "JGZ"."""
        return self.text[0].isupper() and self.text[1:].lower() == self.text[1:] and len(self.text) > 1

    @property
    def named(self) -> bool:
        """As `capital`, also for "Bart-Jan"."""
        return all(part[:1].isupper() and part[1:].islower() for part in self.text.rstrip(".").split("-"))


def names(text: str, *, people: Collection[str], places: Collection[str]) -> Iterator[Finding]:
    """Every place in a text that looks like somebody's name.

    Args:
        text: what somebody wrote.
        people: names of people as they gave them themselves; an ordinary word of the work in one is no name.
        places: names of teams, towns and organisations; their words with a capital are nobody's name.
    """
    known = _parts(people) - NOBODY
    nobody = NOBODY | (_parts(places) - known)
    words = _words(text)
    for found in _INITIALS.finditer(text):
        yield Finding(found.start(), found.end(), Kind.NAME)
    for place, word in enumerate(words):
        if _is_name(word, words[max(place - 2, 0) : place], known=known, nobody=nobody):
            yield Finding(word.start, word.end, Kind.NAME)
    yield from _pairs(words, nobody=nobody)


def _parts(names: Collection[str]) -> frozenset[str]:
    """The words of names in small letters, also the halves of "Bart-Jan"; particles and single letters are left out."""
    parts = {part.small for name in names for part in _words(name)}
    parts |= {half for part in parts for half in part.split("-")}
    return frozenset(part for part in parts if len(part) >= _SHORTEST_SMALL and part not in PARTICLES)


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(found[0], found.start(), found.end(), bool(_ENDS_SENTENCE.search(text[: found.start()])))
        for found in _WORD.finditer(text)
    )


def _is_name(word: _Word, before: Sequence[_Word], *, known: frozenset[str], nobody: frozenset[str]) -> bool:
    forms = {word.small, word.small.removesuffix("s"), *word.small.split("-")}
    if forms & known:
        return word.text[0].isupper() or bool((forms & known) - ORDINARY)
    if forms & FIRST_NAMES and not forms & nobody:
        if word.text[0].isupper():
            return not (word.first and forms & ORDINARY)
        return not forms & ORDINARY and len(word.small) > _SHORTEST_SMALL
    if not word.named or word.first or forms & nobody:
        return False
    introduced = [each.text.lower() for each in before if each.text.lower() not in {"van", "de", "der", "den"}]
    after_title = bool(introduced) and introduced[-1] in BEFORE_A_NAME
    return after_title or not (before and before[-1].text.lower() in DETERMINERS)


def _pairs(words: Sequence[_Word], *, nobody: frozenset[str]) -> Iterator[Finding]:
    """Two words with a capital, side by side or with "van de" between: a first and a last name."""
    for place, first in enumerate(words):
        if not first.named or first.small in nobody or first.text.endswith(".") or (first.first and _common(first)):
            continue
        rest = words[place + 1 : place + 5]
        between = next((count for count, each in enumerate(rest) if each.small not in PARTICLES), len(rest))
        if between == len(rest):
            continue
        last = rest[between]
        near = last.start - first.end <= 1 + sum(each.end - each.start + 1 for each in rest[:between])
        if near and last.named and last.small not in nobody and not last.first:
            yield Finding(first.start, last.end, Kind.NAME)


def _common(word: _Word) -> bool:
    """Whether a word that begins a sentence is more likely an ordinary word than a first name."""
    return word.small not in FIRST_NAMES
