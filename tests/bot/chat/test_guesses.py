"""Ten wrong links an hour: then none is looked at, in words that fit, and nothing of it is kept on the disk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.chat import guesses
from bot.chat.callback_data import InvitationTap, encode
from bot.chat.guesses import MOST, SPAN, Guesses
from bot.chat.texts import chat_nl as texts
from bot.usecases.errors import InvitationInvalid, TooManyGuesses
from tests.support.house import ANNE, START, STRANGER


async def wrong():
    raise InvitationInvalid


async def right():
    return "welkom"


async def test_after_ten_wrong_links_no_link_is_looked_at_for_an_hour(house, phone):
    """Opened or tapped; a link that works waits too, for that person only, and works again an hour later."""
    before = house.everything()
    for number in range(MOST):
        if number % 2:
            await phone.tap(STRANGER, encode(InvitationTap("yes", "A" * 32)))
            assert phone.telegram.remarks()[-1] == texts.INVITATION_INVALID
        else:
            await phone.send(STRANGER, f"/start {'B' * 32}")
            assert phone.last(STRANGER).text == texts.INVITATION_INVALID
    assert house.everything() == before
    link = house.token()
    await phone.send(STRANGER, f"/start {link}")
    assert phone.last(STRANGER).text == texts.TOO_MANY_LINKS
    await phone.tap(STRANGER, encode(InvitationTap("yes", link)))
    assert phone.telegram.remarks()[-1] == texts.TOO_MANY_LINKS
    assert house.person(STRANGER) is None
    await phone.send(998, f"/start {link}")
    assert "Ik ben een bot" in phone.last(998).text
    house.clock.pass_(SPAN)
    await phone.send(STRANGER, f"/start {link}")
    assert "Ik ben een bot" in phone.last(STRANGER).text


async def test_a_link_that_gave_a_role_before_is_not_a_wrong_one(house, phone):
    """Somebody who opens their own old link now and then is never kept out."""
    link = house.token()
    house.join(STRANGER, link)
    house.clock.pass_(timedelta(days=90))
    for _ in range(MOST + 1):
        await phone.send(STRANGER, f"/start {link}")
    assert texts.TOO_MANY_LINKS not in {call.text for call in phone.telegram.shown(STRANGER)}
    assert len(phone.desk.guesses) == 0


async def test_who_guessed_is_forgotten_after_an_hour_and_never_more_than_so_many_are_remembered(monkeypatch):
    """Nothing is remembered longer than it is needed, also when the clock is put back by a day."""
    monkeypatch.setattr(guesses, "KEPT", 3)
    tried = Guesses()
    for chat in range(5):
        with pytest.raises(InvitationInvalid):
            await tried.count(chat, wrong, now=lambda: START)
    assert len(tried) == 3
    assert await tried.count(ANNE, right, now=lambda: START + SPAN) == "welkom"
    assert len(tried) == 0
    for _ in range(MOST):
        with pytest.raises(InvitationInvalid):
            await tried.count(ANNE, wrong, now=lambda: START)
    with pytest.raises(TooManyGuesses):
        await tried.count(ANNE, right, now=lambda: START)
    assert await tried.count(ANNE, right, now=lambda: START - timedelta(days=1)) == "welkom"
