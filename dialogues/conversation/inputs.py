"""What a person can do to a dialogue: tap a button or type a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, TypeAlias

from dialogues.guarding.findings import Finding

SKIP: Final = "skip"
BACK: Final = "back"
STOP: Final = "stop"
DONE: Final = "done"
MORE: Final = "more"
NOT_SO: Final = "not_so"
"""Says that the guard warns for nothing."""


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
    """A text the person typed.

    Its words are kept, in the session and nowhere else, only while the writer may choose to share them
    (docs/decisions/0007-shared-texts.md); in every other dialogue they are dropped at once.
    """

    message: int
    """Number of the message in its chat; numbers grow, so a text that comes twice is recognised."""
    words: str = field(default="", repr=False)
    """What was typed, cleaned; empty where it may not be shared anyway."""
    findings: tuple[Finding, ...] = ()
    """What the guard warns about in these words."""


Input: TypeAlias = Tap | TypedText
