"""What a person sees: one question and its buttons, without a word about Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from dialogues.conversation.inputs import Tap


@dataclass(frozen=True, slots=True)
class Button:
    """One button; the ones that navigate stand together in one row under the answers."""

    label: str
    tap: Tap
    navigates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One question, or the last words of a dialogue (then without buttons)."""

    opening: str = ""
    """What was done with the previous round; only above the first question."""
    progress: str = ""
    quote: str = ""
    """What the person typed themselves, shown back to them; never anybody else's words."""
    quote_heading: str = ""
    question: str
    below: str = ""
    """Small print under the question: the name reminder and what happens with a typed text."""
    buttons: tuple[Button, ...] = ()
    notice: str = ""
    """A passing remark about the last input, for a toast; empty when there is none."""
    expects_text: bool = False
