"""Who is new is asked in week 3 and week 8 how getting to know the partners goes; once each, while it holds."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.usecases.due_message import PromptMessage
from bot.usecases.forget_me import forget_me
from bot.usecases.open_due_rounds import open_due_rounds
from bot.usecases.plan_newcomer import _due, is_new
from bot.usecases.send_aside import AsideMessage
from bot.usecases.send_due import lease_due, mark_unreachable, reachable_again
from dialogues.rhythm.working_hours import is_working_day
from storage.people import Membership
from tests.support.house import AMSTERDAM, DAY, HOUR, OTHER_COORDINATOR
from tests.support.played import played_once

NEW = 4711
WEEK = timedelta(days=7)


@played_once
def newcomer(house):
    """Somebody who works here shorter than half a year, and told so on Monday 2 November."""
    house.invite(NEW)
    house.describe(NEW, sector="jgz", function="youth_nurse", tenure="short")
    house.quiet(NEW, ())
    return house


def rows(house, chat=NEW):
    return house.deliveries("newcomer", house.memberships[chat])


def local(moment):
    return moment.astimezone(AMSTERDAM)


def sent(house, moment):
    """What goes out when the outbox is emptied at this moment; only what was not there before."""
    house.clock.moment = moment
    return [each.message for each in house.send() if isinstance(each.message, AsideMessage)]


def test_two_invitations_are_planned_when_all_is_told(newcomer):
    """Three and eight weeks after joining, at half past eight, valid for two weeks."""
    planned = rows(newcomer)
    assert [local(each.due_at) for each in planned] == [
        datetime(2026, 11, 23, 8, 30, tzinfo=AMSTERDAM),
        datetime(2026, 12, 28, 8, 30, tzinfo=AMSTERDAM),
    ]
    assert all(each.valid_until == each.due_at + 14 * DAY for each in planned)
    assert [each.key.rsplit(":", 1)[1] for each in planned] == ["3", "8"]


def test_telling_it_again_plans_nothing_again(newcomer):
    """The same tap twice, or another sector: the same two rows."""
    before = rows(newcomer)
    newcomer.describe(NEW, tenure="short")
    newcomer.describe(NEW, sector="wijkteam", function="team_worker")
    assert rows(newcomer) == before


def test_who_works_here_longer_gets_none(house):
    """And who takes back that they are new gets none of what was not sent yet."""
    house.invite(NEW)
    house.describe(NEW, sector="jgz", function="youth_nurse", tenure="middle")
    assert rows(house) == ()
    house.describe(NEW, tenure="short")
    assert len(rows(house)) == 2
    house.describe(NEW, tenure="long")
    assert rows(house) == ()


def test_nothing_is_planned_before_all_is_told(house):
    """Only then it is known that somebody is new."""
    house.invite(NEW)
    house.describe(NEW, sector="jgz")
    assert rows(house) == ()


def test_who_tells_it_late_gets_what_still_makes_sense(house):
    """After six weeks the first invitation is past its two weeks; after four weeks it comes at once."""
    house.invite(NEW)
    house.invite(NEW + 1)
    house.clock.pass_(4 * WEEK)
    house.describe(NEW, sector="jgz", function="youth_nurse", tenure="short")
    first, second = rows(house)
    assert first.due_at == house.clock.now()
    assert second.due_at > first.due_at
    house.clock.pass_(2 * WEEK)
    house.describe(NEW + 1, sector="jgz", function="youth_nurse", tenure="short")
    assert [each.key.rsplit(":", 1)[1] for each in rows(house, NEW + 1)] == ["8"]


@given(st.dates(min_value=date(2026, 1, 1), max_value=date(2031, 1, 1)))
def test_an_invitation_is_due_on_a_working_day_at_half_past_eight(joined):
    """On the day itself, or the first working day after it; through clock changes and holidays."""

    class Zone:
        zone = AMSTERDAM

    membership = Membership(id="m", person_id="p", team_id="t", role="member", joined_on=joined)
    for week in (3, 8):
        due = local(_due(Zone, membership, week))
        assert is_working_day(due.date())
        assert due.time() == time(8, 30)
        assert 0 <= (due.date() - joined - week * WEEK).days <= 5


def test_it_is_sent_once_with_the_words_of_the_team(newcomer):
    """At its moment and not before."""
    first = rows(newcomer)[0]
    assert sent(newcomer, first.due_at - timedelta(minutes=1)) == []
    (message,) = sent(newcomer, first.due_at)
    assert (message.membership_id, message.dialogue) == (newcomer.memberships[NEW], "newcomer")
    assert "Wie ken je al" in message.summary
    assert sent(newcomer, first.due_at + 3 * DAY) == []


def test_it_is_not_sent_after_two_weeks(newcomer):
    """A bot that was down that long is silent about it."""
    assert sent(newcomer, rows(newcomer)[0].valid_until) == []


@pytest.mark.parametrize("how", ["left", "leaving", "erased", "told otherwise"])
def test_it_is_not_sent_to_who_is_not_new_here_any_more(newcomer, how):
    """Gone, going, erased, or here longer after all."""
    due = rows(newcomer)[0].due_at
    membership_id = newcomer.memberships[NEW]
    with newcomer.storage.begin() as work:
        if how == "left":
            work.people.end_membership(membership_id, newcomer.deps.today())
        elif how == "leaving":
            work.people.set_leaving(membership_id, newcomer.deps.today() + 40 * DAY)
        elif how == "told otherwise":
            work.people.describe(membership_id, tenure="long")
        work.commit()
    if how == "erased":
        forget_me(newcomer.deps, chat_id=NEW)
        assert rows(newcomer) == ()
    assert sent(newcomer, due) == []


def test_it_is_not_sent_to_who_cannot_be_reached(newcomer):
    """And does not come after all, with /start: it is no question that anybody waits for."""
    first = rows(newcomer)[0]
    newcomer.clock.moment = first.due_at
    (sending,) = [each for each in lease_due(newcomer.deps, limit=50) if isinstance(each.message, AsideMessage)]
    mark_unreachable(newcomer.deps, delivery_id=sending.delivery_id)
    reachable_again(newcomer.deps, chat_id=NEW)
    assert sent(newcomer, first.due_at + DAY) == []


def test_it_counts_for_one_prompt_a_day(newcomer):
    """A round of the team opens on the same morning: the question of today is the one that was due first."""
    due = newcomer.rhythm("trust")
    newcomer.clock.moment = due + 3 * WEEK  # Tuesday 24 November: the round opens late
    open_due_rounds(newcomer.deps)
    today = [each.message for each in newcomer.send() if each.chat_id == NEW]
    assert len([each for each in today if isinstance(each, AsideMessage | PromptMessage)]) == 1
    newcomer.clock.pass_(DAY + 4 * HOUR)  # half past twelve, between two consultation hours
    tomorrow = [each.message for each in newcomer.send() if each.chat_id == NEW]
    assert {type(each) for each in (*today, *tomorrow)} == {AsideMessage, PromptMessage}


def test_it_counts_over_all_teams(newcomer):
    """New in two teams on one day: on two days two invitations."""
    newcomer.invite(NEW, team=newcomer.other_team, by=OTHER_COORDINATOR)
    newcomer.describe(NEW, sector="jgz", function="youth_nurse", tenure="short")
    due = rows(newcomer)[0].due_at
    assert len(sent(newcomer, due)) == 1
    assert len(sent(newcomer, due + DAY)) == 1
    assert len(sent(newcomer, due + 2 * DAY)) == 0


def test_nothing_goes_out_outside_working_hours(newcomer):
    """A late evening: it waits for the morning."""
    due = rows(newcomer)[0].due_at
    assert sent(newcomer, datetime(2026, 11, 23, 22, 0, tzinfo=UTC)) == []
    assert len(sent(newcomer, due + DAY)) == 1


def test_a_lead_is_never_new():
    """Nor is somebody whose membership went."""
    lead = Membership(id="m", person_id="p", team_id="t", role="lead", tenure="short", joined_on=date(2026, 1, 1))
    assert not is_new(lead)
    assert not is_new(None)
