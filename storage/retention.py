"""How long each kind of data is kept: the one place that says so. docs/privacy.md tells the same, and a test compares.

Housekeeping (``bot/usecases/housekeeping.py``) drops what is past its time. The research behind it: privacy.md 6.5.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

FOR_AS_LONG: Final = None
"""No number of days: kept as long as what it belongs to, or gone with the event that docs/privacy.md names."""

DAYS: Final[Mapping[str, int | None]] = {
    # People: by themselves with /stop, and by themselves after leaving.
    "person": 30,  # after the last role ended
    "membership": 30,  # the same: a place that ended stays with a living account
    "coordinator": FOR_AS_LONG,
    "form": 1,  # after something was last filled in
    "delivery": 30,  # after it was sent or given up
    "handover_note": 30,  # after it was written, if it was not delivered before
    "roster": FOR_AS_LONG,  # of its round, to the close
    # Answers, all of them sealed.
    "envelope": 62,  # after its round opened, when it waits for a second chance
    "dialogue_session": 2,  # days without a tap
    "text_pool": 365,  # after its round opened, when no maandbeeld comes that could show it
    "text_release": FOR_AS_LONG,
    "tally": FOR_AS_LONG,
    "tally_slip": FOR_AS_LONG,
    # What was published: names nobody.
    "publication": 730,
    "maandbeeld": 730,
    "area_month": 730,
    "improvement_action": FOR_AS_LONG,  # of its maandbeeld
    "step_check": FOR_AS_LONG,  # of its round and its step
    "team_figure": 730,  # after it was entered
    "response": FOR_AS_LONG,  # of its maandbeeld
    # What was agreed and planned: no answers and nobody's opinion.
    "area": FOR_AS_LONG,
    "team": FOR_AS_LONG,
    "schedule": FOR_AS_LONG,
    "round": 730,  # after the close: what it says about people; its topic and days stay, for the circle of topics
    "closed_day": 60,
    "change": 365,
    "invitation": 30,  # after it expired
    "key_stock": FOR_AS_LONG,
    "dialogue_text": FOR_AS_LONG,
}
"""Table → days, counted from what is written beside it or from when it was made."""

ERASURE_LIST: Final = timedelta(days=60)
"""Twice the 30 days that a copy of the database may be kept: no copy may come back in which an entry is missed."""


def kept(table: str) -> timedelta:
    """How long rows of a table are kept; raises KeyError for one that is not kept by days."""
    days = DAYS[table]
    if days is None:
        raise KeyError(table)
    return timedelta(days=days)
