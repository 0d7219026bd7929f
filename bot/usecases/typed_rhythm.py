"""A step or a time of a rhythm, as a coordinator types it in Dutch."""

from __future__ import annotations

import re
from typing import Final

from bot.usecases.errors import Refusal
from dialogues.rhythm.recurrence import MOST_MONTHS, MOST_WEEKS, Unit
from dialogues.rhythm.working_hours import END, START

EARLIEST: Final = START.hour * 60 + START.minute
LATEST: Final = END.hour * 60 + END.minute - 1
"""The first and the last local minute of the day at which something can be asked."""
MOST: Final = {Unit.WEEK: MOST_WEEKS, Unit.MONTH: MOST_MONTHS}
_TIME: Final = re.compile(r"(?:om )?(\d{1,2})(?:[:.u](\d{2}))? ?(?:uur|u)?")
_STEP: Final = re.compile(r"(om de|elke|iedere|eens per|per)? ?(\w+)? ?(week|weken|maand|maanden)")
_NUMBERS: Final = {
    word: number for number, word in enumerate(("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht"), start=1)
}


class TimeUnusable(Refusal):
    """What was typed is no time, or not one at which something may be asked."""


class StepUnusable(Refusal):
    """What was typed is no number of weeks or months, or more of them than a rhythm can have."""


def read_time(text: str) -> int:
    """Local minutes after midnight for ``9:15``, ``09.15 uur`` or ``9 uur``. Raises TimeUnusable."""
    found = _TIME.fullmatch(_plain(text))
    minute = int(found[1]) * 60 + int(found[2] or 0) if found else -1
    if found is None or int(found[2] or 0) >= 60 or not is_time(minute):  # noqa: PLR2004 - minutes of an hour
        raise TimeUnusable
    return minute


def is_time(minute: int) -> bool:
    """Whether something may be asked at this local minute of a working day."""
    return EARLIEST <= minute <= LATEST


def read_step(text: str) -> tuple[Unit, int]:
    """``om de 5 weken``, ``elke maand``, ``3 maanden``. Without a number "om de" means every other one.

    Raises StepUnusable.
    """
    found = _STEP.fullmatch(_plain(text))
    if found is None:
        raise StepUnusable
    before, number, word = found.groups()
    unit = Unit.WEEK if word.startswith("we") else Unit.MONTH
    if number is None:
        every = 2 if before == "om de" else 1
    else:
        every = int(number) if number.isdecimal() else _NUMBERS.get(number, 0)
    if not 1 <= every <= MOST[unit]:
        raise StepUnusable
    return unit, every


def _plain(text: str) -> str:
    """Small letters, single spaces, and no accents on "één"; only ASCII digits stay digits."""
    plain = " ".join(text.lower().replace("é", "e").rstrip(" .!").split())
    return plain if plain.isascii() else ""
