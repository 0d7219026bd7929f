"""The example area of the sandbox, made by the ordinary use cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.furnishing import furnish
from bot.playground import COLLEAGUES, COORDINATOR, COUNSELOR, LEAD, NURSE, TEAM_WORKER, first_monday
from bot.usecases.access import roles
from bot.usecases.housekeeping import upcoming
from bot.usecases.join_team import look_at_invitation
from bot.usecases.open_due_rounds import open_due_rounds


def test_it_makes_one_team_with_a_rhythm_and_hands_out_links(empty_house):
    """Coordinator, lead and two professionals are in; the others hold an invitation that works."""
    links = furnish(empty_house.deps)
    assert set(links) == {user.id for user in (COUNSELOR, *COLLEAGUES)}
    for chat, token in links.items():
        assert look_at_invitation(empty_house.deps, chat_id=chat, token=token).kind == "member"
    assert roles(empty_house.deps, COORDINATOR.id).coordinates
    assert roles(empty_house.deps, LEAD.id).leads
    assert all(roles(empty_house.deps, user.id).member_of for user in (NURSE, TEAM_WORKER))
    (schedule,) = empty_house.rows("SELECT first, next_due_at FROM schedule")
    assert "trust" in schedule[0]
    assert schedule[1] is not None


@pytest.mark.parametrize("month", range(1, 13))
def test_it_begins_on_a_monday_with_a_whole_month_ahead(month):
    """In the first week of next month, at a quarter to nine in Amsterdam."""
    for day in (1, 15, 28):
        now = datetime(2026, month, day, 12, tzinfo=UTC)
        start = first_monday(now)
        assert (start.weekday(), start.day <= 7) == (0, True)
        assert timedelta(0) < start - now < timedelta(days=38)


def test_the_next_moment_brings_a_question_to_noor_and_wim(empty_house):
    """What the README promises: one tap on "Volgend moment", in nobody's consultation hours or lessons."""
    empty_house.clock.moment = first_monday(datetime(2027, 1, 20, 12, tzinfo=UTC))
    furnish(empty_house.deps)
    assert empty_house.send() == ()
    empty_house.clock.moment = upcoming(empty_house.deps).next
    open_due_rounds(empty_house.deps)
    assert {each.chat_id for each in empty_house.send()} == {NURSE.id, TEAM_WORKER.id}
