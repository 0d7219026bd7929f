"""When participation falls the bot asks for less by itself: first shorter, then less often (requirements A4, B1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import takewhile
from typing import Final

from dialogues.conversation.way import Way
from dialogues.rhythm.recurrence import Recurrence, Unit

ROUNDS: Final = 2
"""This many rounds in a row make a fall; one is no sign."""
SILENT_ROUNDS: Final = 3
"""After this many rounds in a row without an overview it is said."""
_MONTH_IN_WEEKS: Final = 4


class Participation(StrEnum):
    """How many of a team took part in one round, as far as that is ever told (privacy rule 11)."""

    TOO_FEW = "too_few"
    ENOUGH = "enough"
    ALMOST_ALL = "almost_all"


class Reason(StrEnum):
    """Why less is asked."""

    TOO_FEW = "too_few"
    """Two rounds in a row gave no overview."""
    FEWER = "fewer"
    """Fewer took part, two rounds in a row."""


@dataclass(frozen=True, slots=True)
class Ease:
    """What changes: the way through a dialogue or the recurrence; the other one is None and stays."""

    way: Way | None
    recurrence: Recurrence | None
    reason: Reason


_SHORTER: Final = {Way.FULL: Way.SHORT, Way.SHORT: Way.BRIEF}
_LEVEL: Final = {band: level for level, band in enumerate(Participation)}


def ease(bands: tuple[Participation, ...], *, way: Way, recurrence: Recurrence, anchored: bool = False) -> Ease | None:
    """What to ask less of, given the rounds since the last change, oldest first; None when nothing changes.

    First the length is lowered, one step at a time, and then the rhythm: never below one tap a month.
    ``anchored`` is for rounds before a meeting.
    """
    reason = _reason(bands)
    if reason is None:
        return None
    if way in _SHORTER:
        return Ease(_SHORTER[way], None, reason)
    slower = _slower(recurrence, anchored=anchored)
    return Ease(None, slower, reason) if slower is not None else None


def silence(bands: tuple[Participation, ...]) -> int:
    """How many of the newest rounds in a row gave no overview; ``SILENT_ROUNDS`` of them are said out loud."""
    return len(list(takewhile(lambda band: band is Participation.TOO_FEW, reversed(bands))))


def _reason(bands: tuple[Participation, ...]) -> Reason | None:
    if silence(bands) >= ROUNDS:
        return Reason.TOO_FEW
    before, newest = bands[-ROUNDS - 1 : -ROUNDS], bands[-ROUNDS:]
    if before and all(_LEVEL[band] < _LEVEL[before[0]] for band in newest):
        return Reason.FEWER
    return None


def _slower(recurrence: Recurrence, *, anchored: bool) -> Recurrence | None:
    """Weekly becomes two-weekly, up to three weeks becomes monthly; what is as slow as that stays.

    What is anchored to a meeting keeps to the meeting: only some of them are passed over.
    """
    if recurrence.unit is Unit.MONTH or recurrence.every >= _MONTH_IN_WEEKS:
        return None
    if recurrence.every == 1:
        return replace(recurrence, every=2)
    if anchored:
        return replace(recurrence, every=2 * recurrence.every)
    return Recurrence(Unit.MONTH, 1, recurrence.weekday)
