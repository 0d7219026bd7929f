"""Moments to try the rhythm rules on, and reading them on the wall clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dialogues.rhythm.cadence import WEEKDAYS, Cadence, Rhythm

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

moments = st.datetimes(datetime(2024, 1, 1), datetime(2034, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
rhythms = st.sampled_from(Rhythm)
office_minutes = st.integers(8 * 60, 16 * 60)
any_minutes = st.integers(0, 24 * 60 - 1)


def cadences(minutes: st.SearchStrategy[int] = any_minutes, rhythm: st.SearchStrategy[Rhythm] = rhythms):
    return st.builds(Cadence, rhythm, st.sampled_from(WEEKDAYS), minutes, st.just(AMSTERDAM))


def local(moment: datetime) -> datetime:
    return moment.astimezone(AMSTERDAM)


def at(day: str, clock: str) -> datetime:
    """A moment on the wall clock of Amsterdam, as UTC: ``at("2026-03-31", "10:00")``."""
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), AMSTERDAM).astimezone(UTC)


def days_after(day: date, count: int) -> list[date]:
    """The day itself and the ``count`` days after it."""
    return [day + timedelta(days=number) for number in range(count + 1)]
