"""What a button carries: at most 64 bytes, versioned, and never an authorisation.

Each kind of button is a small dataclass; its wire form is a letter, the version and its fields, joined by dots.
Ids hold no dots. Whatever cannot be read back exactly is None, and the chat answers it kindly.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar, Final, TypeAlias, get_type_hints

LIMIT: Final = 64
"""Bytes Telegram allows."""
VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class DialogueTap:
    """An answer or a step in the dialogue of a round."""

    letter: ClassVar[str] = "d"
    round_id: str
    visit: int
    choice: str
    times: int


@dataclass(frozen=True, slots=True)
class PromptTap:
    """Start, or one of the snoozes, on a prompt; ``again`` starts over to change an answer."""

    letter: ClassVar[str] = "p"
    round_id: str
    verb: str


@dataclass(frozen=True, slots=True)
class InvitationTap:
    """Yes or no to an invitation. It carries the token, so that before a yes nothing is stored."""

    letter: ClassVar[str] = "j"
    verb: str
    token: str


@dataclass(frozen=True, slots=True)
class AccountTap:
    """One fact about a new member; an empty value asks that question again."""

    letter: ClassVar[str] = "a"
    membership_id: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class MaandbeeldTap:
    """Something to do with a maandbeeld: ``react``, agree on a ``step``, see the ``cycle``, or take it along.

    That is as ``pdf``, ``sheet`` or ``csv``. Before a lead can ``send`` it to the team there is a ``preview``; ``keep``
    goes back.
    """

    letter: ClassVar[str] = "m"
    maandbeeld_id: str
    verb: str


@dataclass(frozen=True, slots=True)
class SignalTap:
    """A step in reacting to a maandbeeld; ``number`` is a page, or the place of what is reacted to."""

    letter: ClassVar[str] = "s"
    maandbeeld_id: str
    verb: str
    number: int


@dataclass(frozen=True, slots=True)
class StepTap:
    """A step in writing down what the team agreed on; ``value`` holds what was chosen so far, with dashes between."""

    letter: ClassVar[str] = "t"
    maandbeeld_id: str
    verb: str
    value: str


@dataclass(frozen=True, slots=True)
class OwnAnswerTap:
    """A lead's own answer to a question of a maandbeeld, kept nowhere: ``list``, ``ask``, a band, or ``ready``."""

    letter: ClassVar[str] = "o"
    maandbeeld_id: str
    place: int
    choice: str


@dataclass(frozen=True, slots=True)
class YearTap:
    """A school year as a file; ``verb`` is ``teams``, ``team`` or ``pdf``, and ``year`` the one in which it began."""

    letter: ClassVar[str] = "y"
    verb: str
    team_id: str
    year: int


@dataclass(frozen=True, slots=True)
class CycleTap:
    """A step in where a cycle stands; ``about`` is a team or a maandbeeld, and ``value`` a page or a day."""

    letter: ClassVar[str] = "c"
    verb: str
    about: str
    value: str


@dataclass(frozen=True, slots=True)
class ManageTap:
    """A step in the coordinator's menus; ``about`` is an area or a team."""

    letter: ClassVar[str] = "b"
    verb: str
    about: str
    value: str


@dataclass(frozen=True, slots=True)
class PreviewTap:
    """A step in a preview."""

    letter: ClassVar[str] = "v"
    visit: int
    choice: str
    times: int


@dataclass(frozen=True, slots=True)
class SelfTap:
    """Something a person does with their own data: ``stop`` or ``stay``."""

    letter: ClassVar[str] = "x"
    verb: str


@dataclass(frozen=True, slots=True)
class LogTap:
    """A page of the log of one's own teams, counted from 0."""

    letter: ClassVar[str] = "l"
    page: int


@dataclass(frozen=True, slots=True)
class LeaveTap:
    """A member's own choice of a last day: ``ask``, ``today``, ``month``, ``other``, or ``stay``."""

    letter: ClassVar[str] = "w"
    membership_id: str
    verb: str


@dataclass(frozen=True, slots=True)
class TimesTap:
    """A step in one's own quiet times or pause; ``value`` is a weekday with a part of it, or a day."""

    letter: ClassVar[str] = "q"
    verb: str
    value: str


@dataclass(frozen=True, slots=True)
class AsideTap:
    """A step in a dialogue of which nothing is kept: the whole way so far is in ``path``, the last mark is this tap.

    At most 64 bytes: an id of 22 characters, a dialogue of 20, an edition of 4 and a path of 12 (``MOST_MARKS``).
    """

    letter: ClassVar[str] = "e"
    membership_id: str
    dialogue: str
    edition: str
    path: str


@dataclass(frozen=True, slots=True)
class HandoverTap:
    """Something in passing on contacts; ``verb`` is ``step`` for an answer, and the rest says which."""

    letter: ClassVar[str] = "h"
    membership_id: str
    verb: str
    visit: int
    choice: str
    times: int


@dataclass(frozen=True, slots=True)
class RightsTap:
    """Something a person asks for their own data: ``export``, ``erase`` their answers, or ``keep`` them."""

    letter: ClassVar[str] = "r"
    verb: str


Reference: TypeAlias = (
    DialogueTap
    | PromptTap
    | InvitationTap
    | AccountTap
    | MaandbeeldTap
    | SignalTap
    | StepTap
    | CycleTap
    | YearTap
    | OwnAnswerTap
    | ManageTap
    | PreviewTap
    | SelfTap
    | LogTap
    | LeaveTap
    | TimesTap
    | AsideTap
    | HandoverTap
    | RightsTap
)
KINDS: Final[tuple[type[Reference], ...]] = (
    DialogueTap,
    PromptTap,
    InvitationTap,
    AccountTap,
    MaandbeeldTap,
    SignalTap,
    StepTap,
    CycleTap,
    YearTap,
    OwnAnswerTap,
    ManageTap,
    PreviewTap,
    SelfTap,
    LogTap,
    LeaveTap,
    TimesTap,
    AsideTap,
    HandoverTap,
    RightsTap,
)
_FIELDS: Final = {kind: tuple(field.name for field in fields(kind)) for kind in KINDS}
_BY_LETTER: Final = {kind.letter: kind for kind in KINDS}
_HINTS: Final = {kind: get_type_hints(kind) for kind in KINDS}


def encode(reference: Reference) -> str:
    """The wire form; raises ValueError when it would not fit or could not be read back."""
    parts = [str(getattr(reference, name)) for name in _FIELDS[type(reference)]]
    data = ".".join([reference.letter + VERSION, *parts])
    if len(data.encode()) > LIMIT or data.count(".") != len(parts):
        raise ValueError(f"knopgegevens passen niet: {type(reference).__name__}")
    return data


def decode(data: str) -> Reference | None:
    """The button this data came from, or None for anything this version did not make."""
    head, *parts = data.split(".")
    kind = _BY_LETTER.get(head[:1])
    if kind is None or head[1:] != VERSION or len(parts) != len(_FIELDS[kind]):
        return None
    hints = _HINTS[kind]
    values: dict[str, str | int] = {}
    for name, part in zip(_FIELDS[kind], parts, strict=True):
        if hints[name] is not int:
            values[name] = part
        elif part.isascii() and part.isdecimal() and str(int(part)) == part:
            values[name] = int(part)
        else:
            return None
    return kind(**values)  # type: ignore[arg-type]  # the types were checked against the hints just above
