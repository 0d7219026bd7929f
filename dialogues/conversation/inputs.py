"""What a person can do to a dialogue: tap a button or type a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

SKIP: Final = "skip"
BACK: Final = "back"
STOP: Final = "stop"
DONE: Final = "done"
MORE: Final = "more"


@dataclass(frozen=True, slots=True)
class Tap:
    """One button of one screen.

    A tap names the visit it belongs to, so that a second delivery, a double tap or an old screen is recognised
    whatever has happened since. At a multiple choice a tap also carries how often its button was used before.
    """

    visit: int
    choice: str
    """The index of an option in the definition as a decimal, or one of the navigation words."""
    times: int = 0
    """At a multiple choice: how often this button was used already in this visit; 0 for all other buttons."""


@dataclass(frozen=True, slots=True)
class TypedText:
    """A text the person typed. The engine learns only that it came, never its words."""

    message: int
    """Number of the message in its chat; numbers grow, so a text that comes twice is recognised."""


Input: TypeAlias = Tap | TypedText
