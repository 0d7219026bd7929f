"""Moments and months in Dutch words, on the local clock."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime


@lru_cache(maxsize=256)
def day(moment: datetime | date, *, zone: ZoneInfo) -> str:
    """``maandag 30 november``."""
    local = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    return format_date(local, "EEEE d MMMM", locale="nl")


@lru_cache(maxsize=256)
def day_and_time(moment: datetime, *, zone: ZoneInfo) -> str:
    """``maandag 30 november om 09:00 uur``."""
    local = moment.astimezone(zone)
    return format_datetime(local, "EEEE d MMMM 'om' HH:mm 'uur'", locale="nl")


def whole_day(on: date) -> str:
    """``30 november 2026``."""
    return format_date(on, "d MMMM y", locale="nl")


def whole_moment(moment: datetime, *, zone: ZoneInfo) -> str:
    """``30 november 2026 om 09:00 uur``."""
    return format_datetime(moment.astimezone(zone), "d MMMM y 'om' HH:mm 'uur'", locale="nl")


@lru_cache(maxsize=64)
def month(year_month: str) -> str:
    """``november 2026`` for ``2026-11``."""
    year, number = year_month.split("-")
    return format_date(date(int(year), int(number), 1), "MMMM y", locale="nl")
