"""Putting a screen of a dialogue into Telegram's HTML."""

from __future__ import annotations

from html import escape

from dialogues.conversation.screens import Screen


def html_of(screen: Screen) -> str:
    """The screen as one message: what was done, where we are, the question, the small print."""
    parts = [
        f"<i>{escape(screen.opening)}</i>" if screen.opening else "",
        f"<i>{escape(screen.progress)}</i>" if screen.progress else "",
        f"<b>{escape(screen.question)}</b>" if screen.buttons else escape(screen.question),
        escape(screen.below),
    ]
    return "\n\n".join(part for part in parts if part)
