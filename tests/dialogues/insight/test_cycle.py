"""The five links of the cycle: how each stands, whose turn it is, and which one waits first."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.insight.cycle import CycleFacts, State, Step, Turn, links, waits_for

TODAY = date(2026, 12, 10)
DAYS = st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=60))
MAY_BE_THERE = [each.name for each in fields(CycleFacts) if each.default is None]
SHOWN = CycleFacts(today=TODAY, closed_on=date(2026, 11, 17), shown_on=date(2026, 12, 1))
SHARED = replace(SHOWN, shared_on=date(2026, 12, 2))
TALKED = replace(SHARED, talked_on=date(2026, 12, 8))
AGREED = replace(TALKED, agreed_on=date(2026, 12, 8), look_back_on=date(2027, 1, 5))


@pytest.mark.parametrize(
    ("facts", "states", "turn"),
    [
        (CycleFacts(today=TODAY, running=False), "waiting planned planned planned planned", Turn.COORDINATOR),
        (CycleFacts(today=TODAY), "planned planned planned planned planned", None),
        (CycleFacts(today=TODAY, open_until=TODAY), "running planned planned planned planned", None),
        (SHOWN, "done waiting waiting planned planned", Turn.LEAD),
        (replace(SHOWN, has_lead=False), "done waiting waiting planned planned", Turn.COORDINATOR),
        (SHARED, "done done waiting planned planned", Turn.TEAM),
        (replace(SHARED, little_to_show=True), "done done not_needed not_needed planned", None),
        (TALKED, "done done done waiting planned", Turn.TEAM),
        (AGREED, "done done done done planned", None),
        (replace(AGREED, check_until=TODAY), "done done done done running", None),
        (replace(AGREED, look_back_on=TODAY), "done done done done waiting", Turn.TEAM),
        (replace(AGREED, deciding=True), "done done done done waiting", Turn.TEAM),
        (replace(AGREED, look_back_on=None, decided_on=TODAY), "done done done done done", None),
    ],
)
def test_each_link_stands_as_what_happened(facts, states, turn):
    """From no rhythm to a step that was ended; the first that waits says for whom."""
    chain = links(facts)
    assert [link.step for link in chain] == list(Step)
    assert " ".join(link.state for link in chain) == states
    waiting = waits_for(chain)
    assert (waiting.turn if waiting else None) == turn


def test_a_check_that_closed_is_the_day_since_which_the_team_can_decide():
    """Rather than the day that was planned."""
    checked = replace(AGREED, look_back_on=TODAY - timedelta(days=9), checked_on=TODAY - timedelta(days=2))
    assert links(checked)[-1].on == TODAY - timedelta(days=2)


@given(
    st.builds(
        CycleFacts,
        today=st.just(TODAY),
        running=st.booleans(),
        has_lead=st.booleans(),
        little_to_show=st.booleans(),
        **dict.fromkeys(MAY_BE_THERE, DAYS),
    )
)
def test_what_waits_waits_for_somebody_and_nothing_else_does(facts):
    """Whatever the facts: five links in order, and a turn exactly where somebody can do something."""
    chain = links(facts)
    assert [link.step for link in chain] == list(Step)
    for link in chain:
        assert (link.turn is Turn.NOBODY) == (link.state in {State.PLANNED, State.DONE, State.NOT_NEEDED}), link
