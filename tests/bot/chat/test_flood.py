"""Twenty updates in ten seconds are handled; what comes beyond is confirmed and let go, with one kind sentence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from telegram.error import TelegramError

from bot.chat.arriving import read
from bot.chat.callback_data import PromptTap, encode
from bot.chat.flood import MOST, MOST_WHEN_BUSY, SPAN, Flood, Verdict
from bot.chat.intake import Intake
from bot.chat.texts import chat_nl as texts
from tests.support.house import ANNE, BRAM, START
from tests.support.telegram import BOT, no_sleep, user

SECOND = timedelta(seconds=1)


def intake_with(phone, flood):
    return Intake(
        phone.bot,
        handle=partial(phone.handlers.handle, phone.application),
        give_up=phone.handlers.give_up,
        judge=lambda user_id: flood.judge(user_id, now=phone.house.clock.now()),
        hold_off=phone.handlers.hold_off,
        sleep=no_sleep,
    )


def typed(phone, first, number, *, chat=ANNE, text="hallo"):
    return tuple(
        read({"update_id": first + each, "message": phone.message(chat, text=text)}, phone.bot)
        for each in range(number)
    )


def tapped(phone, number, data, *, chat=ANNE, message_id=1):
    message = phone.message(chat, message_id=message_id, text=".") | {"from": BOT}
    query = {"id": str(number), "from": user(chat), "chat_instance": "1", "data": data, "message": message}
    return read({"update_id": number, "callback_query": query}, phone.bot)


def test_twenty_in_ten_seconds_and_one_sentence_per_flood():
    """The twenty-first is told, the rest is silence; ten seconds later there is room again."""
    flood = Flood()
    assert {flood.judge(1, now=START) for _ in range(MOST)} == {Verdict.HANDLE}
    assert flood.judge(1, now=START) is Verdict.SAY_SO
    assert {flood.judge(1, now=START + each * SECOND) for each in range(10)} == {Verdict.LET_GO}
    assert flood.judge(2, now=START) is Verdict.HANDLE
    assert flood.judge(1, now=START + SPAN) is Verdict.HANDLE
    assert flood.judge(1, now=START - timedelta(days=1)) is Verdict.HANDLE


@pytest.mark.parametrize("pace", [1, 7, 50, 400])
def test_never_more_than_twenty_in_any_ten_seconds(pace):
    """However fast it comes, and for how long; and it is told once in all that time."""
    flood = Flood()
    moments = [START + timedelta(seconds=each / pace) for each in range(pace * 60)]
    verdicts = [(moment, flood.judge(1, now=moment)) for moment in moments]
    handled = [moment for moment, verdict in verdicts if verdict is Verdict.HANDLE]
    for first, later in zip(handled, handled[MOST:], strict=False):
        assert later - first >= SPAN
    assert sum(verdict is Verdict.SAY_SO for _, verdict in verdicts) == (pace > 2)


def test_while_the_house_is_busy_everybody_gets_a_few_turns_and_the_others_theirs():
    """Two hundred who send five each at once get three each; who comes meanwhile is served all the same."""
    flood = Flood()
    crowd = [flood.judge(person, now=START) for _ in range(5) for person in range(200)]
    assert crowd.count(Verdict.HANDLE) <= 200 * MOST_WHEN_BUSY
    assert crowd.count(Verdict.SAY_SO) == 200
    assert {flood.judge(999, now=START) for _ in range(MOST_WHEN_BUSY)} == {Verdict.HANDLE}
    assert flood.judge(999, now=START) is Verdict.SAY_SO


def test_in_a_crowd_of_strangers_who_taps_at_a_human_pace_is_served():
    """A hundred new people a second, and one who taps every other second: never let go, in all that time."""
    flood = Flood()
    verdicts = []
    for moment in range(60 * 100):
        now = START + timedelta(seconds=moment / 100)
        assert flood.judge(10_000 + moment, now=now) is Verdict.HANDLE
        if moment % 200 == 0:
            verdicts.append(flood.judge(1, now=now))
    assert verdicts == [Verdict.HANDLE] * 30


def test_after_the_crowd_there_is_room_again():
    """A second later the house is no longer busy."""
    flood = Flood()
    for person in range(200):
        flood.judge(person, now=START)
    assert flood.judge(998, now=START + SECOND) is Verdict.HANDLE
    assert {flood.judge(998, now=START + SECOND) for _ in range(MOST - 1)} == {Verdict.HANDLE}


def test_no_more_people_are_remembered_than_so_many():
    """Who was heard of longest ago is forgotten first."""
    flood = Flood(kept=100)
    for person in range(1000):
        flood.judge(person, now=START)
    assert len(flood) == 100


async def test_what_is_let_go_is_confirmed_and_said_once_and_the_others_are_served(house, phone):
    """All in one batch: twenty answers and one sentence for who floods, nothing on the disk, and an answer for Bram."""
    intake = intake_with(phone, Flood())
    before = house.everything()
    batch = (*typed(phone, 1, 60), *typed(phone, 100, 1, chat=BRAM))
    await asyncio.wait_for(intake.take(batch), 20)
    await intake._lanes.drain()
    intake._move(batch)
    said = [call.text for call in phone.telegram.shown(ANNE)]
    assert said.count(texts.TOO_FAST) == 1
    assert len(said) == MOST + 1
    assert [call.text for call in phone.telegram.shown(BRAM)] == [texts.NO_TEXT_NOW]
    assert intake._offset == 101
    assert house.everything() == before


async def test_a_tap_that_is_let_go_works_some_seconds_later(house, phone):
    """The buttons stay where they are, the tap is told off on the spot, and nothing of the dialogue is lost."""
    about = house.open_round()
    flood = Flood()
    intake = intake_with(phone, flood)
    start = encode(PromptTap(about.id, "go"))
    await intake.take(typed(phone, 1, MOST))
    await intake.take((tapped(phone, 50, start), tapped(phone, 51, start)))
    await intake._lanes.drain()
    assert phone.telegram.remarks() == [texts.TOO_FAST]
    assert len(phone.telegram.of("answerCallbackQuery")) == 1
    house.clock.pass_(SPAN)
    await intake.take((tapped(phone, 52, start),))
    await intake._lanes.drain()
    assert "Vraag 1" in phone.last(ANNE).text


async def test_a_sentence_that_cannot_be_said_is_left(phone):
    """The person blocked the bot meanwhile: the update is confirmed all the same."""

    async def unheard(_update):
        raise TelegramError("x")

    intake = Intake(
        phone.bot, handle=unheard, give_up=unheard, judge=lambda _user: Verdict.SAY_SO, hold_off=unheard, sleep=no_sleep
    )
    batch = typed(phone, 7, 1)
    await intake.take(batch)
    intake._move(batch)
    assert intake._offset == 8


async def test_news_of_telegram_itself_is_never_too_much(phone):
    """That somebody blocked the bot comes through, in whatever flood."""
    seen = []

    async def handle(update):
        seen.append(update.update_id)

    intake = Intake(phone.bot, handle=handle, give_up=handle, judge=lambda _user: Verdict.LET_GO, sleep=no_sleep)
    status = {"user": BOT, "status": "kicked", "until_date": 0}
    member = {
        "chat": {"id": ANNE, "type": "private"}, "from": user(ANNE), "date": 1_793_000_000,
        "old_chat_member": {"user": BOT, "status": "member"}, "new_chat_member": status,
    }  # fmt: skip
    news = read({"update_id": 3, "my_chat_member": member}, phone.bot)
    await intake.take((news, *typed(phone, 4, 1)))
    assert seen == [3]
