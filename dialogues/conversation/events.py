"""What happened in one turn, for the caller to act on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Reason(StrEnum):
    """Why an input changed nothing; every one of them is normal life with phones."""

    ENDED = "ended"
    OLD_SCREEN = "old_screen"
    UNKNOWN_BUTTON = "unknown_button"
    NO_TEXT_EXPECTED = "no_text_expected"
    TEXT_TOO_LONG = "text_too_long"


@dataclass(frozen=True, slots=True)
class Answered:
    """A step was answered, or answered again; no values means it was skipped, switched off or answered in words."""

    step: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WentBack:
    """The person returned to a step; its answer stands until it is answered again."""

    step: str


@dataclass(frozen=True, slots=True)
class TextTyped:
    """A text was typed at an open question; it is for the writer only, unless they choose to share it next."""

    step: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The dialogue is over; ``stopped`` when the person stopped it, with what was given kept."""

    stopped: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A button of a multiple choice asked for what cannot be now, such as a fourth answer; no answer changed.

    The tap is used up: a second delivery changes nothing either, whatever was switched in between.
    """

    step: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """The input changed nothing; the session is equal to what it was."""

    reason: Reason


Event: TypeAlias = Answered | WentBack | TextTyped | Ended | Refused | Ignored
