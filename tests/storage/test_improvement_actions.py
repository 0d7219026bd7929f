"""Agreed steps: one open at a time as far as asked, decided once, and gone with their maandbeeld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.improvement_actions import ImprovementAction
from tests.storage.builders import DAY, NOW

TODAY = NOW.date()
ACTION = ImprovementAction(
    id="a", maandbeeld_id="nov", team_id="team", step="Koffie", owner="samen", agreed_on=TODAY,
    look_back_on=TODAY + 28 * DAY,
)  # fmt: skip


@pytest.fixture
def agreed(storage):
    with storage.begin() as work:
        work.maandbeelden.add("nov", team_id="team", month="2026-11", body="{}", composed_at=NOW)
        work.improvement_actions.add(ACTION)
        work.commit()
    return storage


def test_it_is_decided_once(agreed):
    """A second decision finds nothing open; what was stopped is told from that day on."""
    with agreed.begin() as work:
        steps = work.improvement_actions
        assert steps.open_of("team") == ACTION
        assert steps.look_back_later("a", on=TODAY + 56 * DAY, today=TODAY)
        assert steps.decide("a", state="stopped", on=TODAY + DAY)
        assert not steps.decide("a", state="kept", on=TODAY + DAY)
        assert not steps.look_back_later("a", on=TODAY, today=TODAY)
        assert steps.open_of("team") is None
        stopped = replace(
            ACTION, state="stopped", decided_on=TODAY + DAY, look_back_on=TODAY + 56 * DAY, went_on_on=TODAY
        )
        assert steps.ended_since("team", TODAY + DAY) == (stopped,)
        assert steps.ended_since("team", TODAY + 2 * DAY) == ()


def test_the_next_day_to_look_back_is_that_of_an_open_step(agreed):
    """Only a day that is still to come."""
    with agreed.begin() as work:
        steps = work.improvement_actions
        assert steps.next_look_back(after=TODAY) == TODAY + 28 * DAY
        assert steps.next_look_back(after=TODAY + 28 * DAY) is None
        steps.decide("a", state="kept", on=TODAY)
        assert steps.next_look_back(after=TODAY) is None


def test_whether_anything_was_agreed_since(agreed):
    """The day itself counts; what another step took the place of has ended too."""
    with agreed.begin() as work:
        assert work.improvement_actions.agreed_since("team", TODAY)
        assert not work.improvement_actions.agreed_since("team", TODAY + DAY)
        assert not work.improvement_actions.agreed_since("other", TODAY)
        work.improvement_actions.decide("a", state="changed", on=TODAY)
        assert [each.state for each in work.improvement_actions.ended_since("team", TODAY)] == ["changed"]


def test_it_goes_with_its_maandbeeld(agreed):
    """No step outlives it."""
    with agreed.begin() as work:
        work.maandbeelden.drop_before(NOW + DAY)
        assert work.improvement_actions.open_of("team") is None
