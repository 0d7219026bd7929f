"""Putting a screen of a dialogue, or somebody's name, into Telegram's HTML."""

from __future__ import annotations

from html import escape

from dialogues.conversation.screens import Screen
from dialogues.guarding.cleaning import inert


def as_text(name: str) -> str:
    """Words that somebody wrote themselves: no markup, and nothing Telegram makes a link of."""
    return escape(inert(name))


def html_of(screen: Screen) -> str:
    """The screen as one message: what was done, where we are, the question, the small print."""
    question = as_text(screen.question) if screen.quote else escape(screen.question)
    parts = [
        f"<i>{escape(inert(screen.opening))}</i>" if screen.opening else "",
        f"<i>{escape(screen.progress)}</i>" if screen.progress else "",
        f"{escape(screen.quote_heading)}\n<blockquote>{as_text(screen.quote)}</blockquote>" if screen.quote else "",
        f"<b>{question}</b>" if screen.buttons else question,
        escape(screen.below),
    ]
    return "\n\n".join(part for part in parts if part)
