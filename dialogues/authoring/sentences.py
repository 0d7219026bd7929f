"""Cutting Dutch text into sentences and words, in one way for all checks and estimates."""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+|\n+")
_WORD: Final = re.compile(r"\w")
_FINISHED: Final = re.compile(r"[.!?…][\"'”’)]*$")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text; a line of its own, such as a button or a heading, counts as one."""
    return tuple(sentence for sentence in _END.split(text) if sentence)


def finished(sentence: str) -> bool:
    """Whether this is a whole sentence, with an end; labels and meanings of themes are not."""
    return bool(_FINISHED.search(sentence))


def words_in(text: str) -> int:
    """How many words somebody reads; a dash or a dot between spaces is none."""
    return sum(1 for word in text.split() if _WORD.search(word))
