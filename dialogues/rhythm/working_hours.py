"""When the bot may speak first: working days between 08:00 and 18:00 on the local clock (privacy rule 19)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dialogues.rhythm.calendar import WORKING_DAYS

START: Final = time(8, 0)
END: Final = time(18, 0)


def is_working_day(day: date) -> bool:
    """Whether people work on this day: Monday to Friday, but not on a Dutch public holiday."""
    return WORKING_DAYS.is_open(day)


def is_working_time(moment: datetime, *, zone: ZoneInfo) -> bool:
    """Whether the bot may start a conversation at this moment (aware)."""
    local = moment.astimezone(zone)
    return is_working_day(local.date()) and START <= local.time() < END


def next_working_time(moment: datetime, *, zone: ZoneInfo) -> datetime:
    """The moment itself when it is working time, else the next 08:00 of a working day; in UTC."""
    if is_working_time(moment, zone=zone):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    day = local.date() if local.time() < START else local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, START, zone).astimezone(UTC)
