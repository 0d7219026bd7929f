"""Moments are aware UTC, whatever goes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql, sqlite

from storage.columns import UtcDateTime
from tests.storage.builders import schedule

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001 - zones are drawn


@given(moments, st.sampled_from([sqlite.dialect(), postgresql.dialect()]))
def test_a_moment_comes_back_as_the_same_moment_in_utc(moment, dialect):
    """Any aware moment survives both databases and comes back in UTC."""
    column = UtcDateTime()
    back = column.process_result_value(column.process_bind_param(moment, dialect), dialect)
    assert back == moment
    assert back.tzinfo is UTC


@given(moments, moments)
def test_stored_moments_sort_as_time_does(first, second):
    """SQLite compares texts; the order is that of the moments, also over zones."""
    bind = UtcDateTime().bind_processor(sqlite.dialect())
    assert (bind(first) < bind(second)) == (first < second)


def test_a_naive_moment_is_refused(storage):
    """A time without a zone never reaches the database."""
    with storage.begin() as work, pytest.raises(ValueError, match="without a time zone"):
        work.schedules.put(schedule(next_due_at=datetime(2026, 11, 2, 9)))  # noqa: DTZ001 - the mistake on trial


def test_a_naive_moment_is_refused_in_a_question_too(storage):
    """Comparing with a naive moment is the same mistake."""
    with storage.begin() as work, pytest.raises(ValueError, match="without a time zone"):
        work.schedules.due(datetime(2026, 11, 2, 9))  # noqa: DTZ001 - the mistake on trial
