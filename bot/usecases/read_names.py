"""For whom a list of personal links is: names or roles that a coordinator typed, kept nowhere."""

from __future__ import annotations

from typing import Final

from bot.usecases.errors import Refusal
from bot.usecases.invite import LONGEST_LIST

LONGEST_LABEL: Final = 60
"""Characters of one line."""


class NamesUnusable(Refusal):
    """No line, too many lines, or one that is too long."""


def read_names(text: str) -> tuple[str, ...]:
    """One label per line, with its white space tidied and what cannot be shown left out; or so many numbered ones.

    Raises NamesUnusable when there is none, more than LONGEST_LIST, or one longer than LONGEST_LABEL.
    """
    if (typed := text.strip()).isascii() and typed.isdecimal():
        number = int(typed[:6])
        labels = tuple(f"Persoon {place}" for place in range(1, min(number, LONGEST_LIST + 1) + 1))
    else:
        labels = tuple(filter(None, (_tidied(line) for line in text.splitlines())))
    if not 1 <= len(labels) <= LONGEST_LIST or any(len(label) > LONGEST_LABEL for label in labels):
        raise NamesUnusable
    return labels


def _tidied(line: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())
