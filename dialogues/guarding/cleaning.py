"""A typed text without what nobody can see: no zero-width, direction or control characters, one space between words."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST_TEXT: Final = 280
"""Characters of a text that may be shared (privacy part 3.6)."""
_LINKING: Final = re.compile(r"(?<=[@/.:#$])(?=\S)")
_WORD_JOINER: Final = "\u2060"
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode's categories of control, format, private, surrogate, unassigned and separating characters."""
_STACKED: Final = frozenset({"Mn", "Me"})
_MARKS_ON_ONE_LETTER: Final = 2


def inert(text: str) -> str:
    """The same text to the eye, in which a chat program finds no link, mention, command or tag."""
    return _LINKING.sub(_WORD_JOINER, text)


def clean(text: str) -> str:
    """The text in composed form, with only characters that show; equal to what it gives for its own result."""
    shown: list[str] = []
    marks = 0
    for sign in unicodedata.normalize("NFC", text):
        category = unicodedata.category(sign)
        marks = marks + 1 if category in _STACKED else 0
        if sign.isspace() or category in {"Zl", "Zp"}:
            shown.append(" ")
        elif category not in _UNSEEN and marks <= _MARKS_ON_ONE_LETTER:
            shown.append(sign)
    return unicodedata.normalize("NFC", " ".join("".join(shown).split()))
