"""When a team is asked after the step it agreed on: around four and twelve weeks later (content-brief §6.1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

CHECK: Final = "actioncheck"
"""The block that asks whether a step happens and helps."""
CHECK_WEEKS: Final = (4, 12)
"""So many weeks after a step was agreed the team is asked after it. [keuze]"""
EARLY: Final = timedelta(weeks=1)
"""A round that comes so much sooner asks it too: better a week early than a whole step of the rhythm late. [keuze]"""
_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class OpenStep:
    """The step a team works on; one that was stopped, kept or replaced is none, and is never asked after."""

    agreed_on: date
    checked_on: tuple[date, ...] = ()
    """The days on which rounds asked after it."""

    def is_due(self, today: date) -> bool:
        """Whether a round that opens on this day is to ask after the step.

        Each of the two moments is asked once; one that passed in a pause is made up for by the next, never doubled.
        """
        latest = max(self.checked_on, default=date.min)
        from_days = (self.agreed_on + timedelta(weeks=weeks) - EARLY for weeks in CHECK_WEEKS)
        return any(latest < day <= today for day in from_days)

    def asked(self, today: date) -> OpenStep:
        """The step once a round has asked after it today."""
        return replace(self, checked_on=(*self.checked_on, today))


def weeks_since(agreed_on: date, today: date) -> int:
    """Whole weeks since a step was agreed, to the nearest; at least one."""
    return max(round((today - agreed_on).days / _WEEK), 1)
