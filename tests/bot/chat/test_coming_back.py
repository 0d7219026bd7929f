"""Somebody who stopped in the middle is picked up where they were."""

from __future__ import annotations

from bot.chat.texts import chat_nl as texts
from tests.support.house import ANNE, COORDINATOR, STRANGER


async def test_half_told_who_you_are_is_asked_on_at_the_next_start(house, phone):
    """A member who closed Telegram after the first question gets the second one, not an empty promise."""
    house.invite(STRANGER)
    house.describe(STRANGER, sector="jgz")
    await phone.send(STRANGER, "/start")
    assert phone.last(STRANGER).text == texts.ASK_FUNCTION
    await phone.send(ANNE, "/start")
    assert "korte vraag" in phone.last(ANNE).text


async def test_a_coordinator_can_try_every_dialogue(house, phone):
    """Page after page, all of them are offered."""
    offered = set()
    for page in range(10):
        await phone.tap(COORDINATOR, f"b1.try.{house.team_id}.{page}")
        offered |= set(phone.last(COORDINATOR).buttons)
    assert {each.title for each in house.deps.library.definitions.values()} <= offered
