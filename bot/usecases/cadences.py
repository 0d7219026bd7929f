"""What a schedule means in days and hours."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dialogues.rhythm.cadence import Cadence
from dialogues.rhythm.recurrence import PRESETS, Recurrence, Rhythm


def cadence_for(*, rhythm: str, weekday: str, minute: int, zone: ZoneInfo) -> Cadence:
    """The openings of one of the three rhythms on offer. Raises KeyError or ValueError for any other."""
    unit, every = PRESETS[Rhythm(rhythm)]
    return Cadence(Recurrence(unit, every, weekday), minute, zone)
