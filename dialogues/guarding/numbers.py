"""Numbers and addresses with a form of their own: BSN, IBAN, telephone, e-mail, links, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dialogues.guarding.findings import Finding, Kind

_DIGITS: Final = re.compile(r"(?<![\d,])\d(?:[ .-]?\d){7,8}(?![\d])")
_BSN_WORD: Final = re.compile(r"\b(?:bsn|burgerservice\w*|sofi\w*)\D{0,20}$", re.IGNORECASE)
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}\b", re.IGNORECASE)
_SHORTEST_IBAN: Final = 15
_TEN_DIGITS: Final = re.compile(r"(?<!\w)\(?0(?:[ ().-]{0,3}\d){9}(?!\d)")
_EMAIL: Final = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_LINK: Final = re.compile(
    r"\b(?:https?|tg|ftp)://\S+|\bwww\.\S+|\bt\.me/\S+|(?<![\w@])@\w{3,}"
    r"|\b[\w-]+\.(?:nl|com|org|net|eu|info|app|io)\b(?:/\S*)?",
)
_POSTCODE: Final = re.compile(r"\b[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}\b|\b[1-9]\d{3}(?!sa|sd|ss)[a-z]{2}\b")


def numbers(text: str) -> Iterator[Finding]:
    """Every number or address in a text, by its form and where it has one by its check digits."""
    yield from _bsn(text)
    yield from _iban(text)
    yield from _phone(text)
    for kind, pattern in ((Kind.EMAIL, _EMAIL), (Kind.LINK, _LINK), (Kind.POSTCODE, _POSTCODE)):
        for found in pattern.finditer(text):
            yield Finding(found.start(), found.end(), kind)


def _bsn(text: str) -> Iterator[Finding]:
    from stdnum.nl import bsn

    for found in _DIGITS.finditer(text):
        if bsn.is_valid(found[0]) or _BSN_WORD.search(text[: found.start()]):
            yield Finding(found.start(), found.end(), Kind.BSN)


def _phone(text: str) -> Iterator[Finding]:
    """As the library finds them, and any Dutch number of ten figures however it is spaced."""
    from phonenumbers import Leniency, PhoneNumberMatcher  # the numbers of all countries; only a text needs them

    for match in PhoneNumberMatcher(text, "NL", leniency=Leniency.VALID):
        yield Finding(match.start, match.end, Kind.PHONE)
    for found in _TEN_DIGITS.finditer(text):
        yield Finding(found.start(), found.end(), Kind.PHONE)


def _iban(text: str) -> Iterator[Finding]:
    """The longest part that has right check digits, for words may follow a number without anything in between."""
    from stdnum import iban

    for found in _IBAN.finditer(text):
        ends = range(found.end(), found.start() + _SHORTEST_IBAN - 1, -1)
        end = next((end for end in ends if iban.is_valid(text[found.start() : end])), None)
        if end is not None:
            yield Finding(found.start(), end, Kind.IBAN)
