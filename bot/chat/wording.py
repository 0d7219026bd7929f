"""Putting a screen of a dialogue, or somebody's name, into Telegram's HTML."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from dialogues.conversation.screens import Screen

_LINKING: Final = re.compile(r"(?<=[@/.:])(?=\S)")
_WORD_JOINER: Final = "\u2060"


def as_text(name: str) -> str:
    """A name that somebody gave themselves, for others to read: no markup, and nothing Telegram makes a link of."""
    return escape(_LINKING.sub(_WORD_JOINER, name))


def html_of(screen: Screen) -> str:
    """The screen as one message: what was done, where we are, the question, the small print."""
    parts = [
        f"<i>{escape(screen.opening)}</i>" if screen.opening else "",
        f"<i>{escape(screen.progress)}</i>" if screen.progress else "",
        f"<b>{escape(screen.question)}</b>" if screen.buttons else escape(screen.question),
        escape(screen.below),
    ]
    return "\n\n".join(part for part in parts if part)
