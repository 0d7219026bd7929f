"""Who is in the middle of a dialogue, and that their prompt waits for it."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.activity import GONE_QUIET, Activity
from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from tests.bot.usecases.test_send_due import two_teams_of
from tests.support.fake_time import FakeTime
from tests.support.house import ANNE, START

SECOND = timedelta(seconds=1)


def test_two_minutes_without_a_tap_or_the_end_of_it_is_no_longer_busy():
    """Also when the clock is put back by a day; the end of another dialogue changes nothing."""
    activity = Activity()
    activity.saw(1, round_id="a", ended=False, at=START)
    activity.saw(1, round_id="b", ended=True, at=START)
    activity.saw(2, round_id="a", ended=False, at=START)
    activity.saw(2, round_id="a", ended=True, at=START)
    assert activity.busy(START + GONE_QUIET - SECOND) == {1}
    assert activity.busy(START + GONE_QUIET) == frozenset()
    activity.saw(1, round_id="a", ended=False, at=START)
    assert activity.busy(START - timedelta(days=1)) == frozenset()


async def test_a_prompt_comes_when_the_dialogue_has_ended_or_gone_quiet(house, phone):
    """Begun by oneself in one team: the question of the other waits, and comes after the last tap."""
    two_teams_of(house, ANNE)
    time = FakeTime()
    outbox = Outbox(phone.desk, pace=Pace(28, now=time, sleep=time.sleep))
    await phone.send(ANNE, "/ikhebeven")
    before = len(phone.telegram.shown(ANNE))
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) == before
    assert outbox.holding == {ANNE}
    house.clock.pass_(GONE_QUIET)
    assert outbox.holding == frozenset()
    await outbox.drain()
    house.clock.pass_(timedelta(days=1))  # the round she began by herself may count as the one of today
    await outbox.drain()
    assert len(phone.telegram.shown(ANNE)) > before
