"""What a team or an area may be called: one tidy line that is no link, and no other of its kind bears."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from unicodedata import normalize

from bot.usecases.errors import Refusal

LONGEST_NAME: Final = 40
_LINK: Final = re.compile(r"@|://|\w\.[^\W\d]{2}")
"""A mention, or an address: letters right after a point that itself follows a letter or a digit."""


class NameUnusable(Refusal):
    """The name is empty, too long, or reads as a link."""


class NameTaken(Refusal):
    """There is another one of this name, so nobody could tell the two apart."""


def clean_name(text: str) -> str:
    """The name with its white space tidied; raises NameUnusable when it is empty, too long, or reads as a link.

    Everybody in the team sees the name in messages, where Telegram would turn an address or a mention into a link.
    """
    name = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    if not name or len(name) > LONGEST_NAME or _LINK.search(name):
        raise NameUnusable
    return name


def same_name(one: str, other: str) -> bool:
    """Whether people would read the same name, whatever its capitals."""
    return _read(one) == _read(other)


def _read(name: str) -> str:
    return normalize("NFKC", name).casefold()


def require_free(name: str, *, taken: Iterable[str]) -> None:
    """Nothing, for a name that is not taken. Raises NameTaken."""
    if any(same_name(name, each) for each in taken):
        raise NameTaken
