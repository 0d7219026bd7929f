"""An update is confirmed to Telegram after its effect, tried three times, and never done twice by us."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from re import sub

import pytest
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TimedOut

from bot.bridge import committed, effect_is_committed
from bot.chat import intake as room
from bot.chat.application import Handlers, build_application
from bot.chat.arriving import read, tapped
from bot.chat.intake import REMEMBERED, TRIES, Intake
from bot.chat.messenger import Messenger
from bot.chat.texts import chat_nl as texts
from storage.errors import Unavailable
from tests.support.house import ANNE, BRAM, COORDINATOR, LEAD, STRANGER
from tests.support.logs import logs
from tests.support.telegram import refused, user

WRITTEN = "Kees kwam weer niet"


class Hands:
    """Handles updates as a test says, and remembers what happened."""

    def __init__(self, phone):
        self.handled, self.given_up, self.naps = [], [], []
        self.how = None
        self.reassured = []
        self.intake = Intake(
            phone.bot, handle=self.handle, give_up=self.give_up, reassure=self.reassure, sleep=self.nap
        )

    async def handle(self, update):
        self.handled.append(update.update_id)
        if self.how is not None:
            await self.how(update)

    async def give_up(self, update, error):
        self.given_up.append((update.update_id, type(error)))

    async def reassure(self, update):
        self.reassured.append((update.update_id, committed.get()))

    async def nap(self, seconds):
        self.naps.append(seconds)


@pytest.fixture
def hands(phone):
    return Hands(phone)


def updates(phone, *numbers, chat=ANNE):
    return tuple(
        read({"update_id": number, "message": phone.message(chat, text=WRITTEN)}, phone.bot) for number in numbers
    )


def plain(phone, *numbers, chat=ANNE):
    return [{"update_id": number, "message": phone.message(chat, text=WRITTEN)} for number in numbers]


async def fail(_update):
    raise ValueError(WRITTEN)


async def test_the_offset_moves_after_the_effect(phone, hands):
    """While an update is being handled nothing is confirmed; the next fetch confirms it."""
    phone.telegram.updates.extend([plain(phone, 10, 11), []])
    stopping, offsets_at_work = asyncio.Event(), []

    async def look(update):
        offsets_at_work.extend(call.given.get("offset") for call in phone.telegram.of("getUpdates"))
        if update.update_id == 11:
            stopping.set()

    hands.how = look
    await hands.intake.run(stopping)
    assert set(offsets_at_work) <= {None, 0}
    assert phone.telegram.of("getUpdates")[-1].given["offset"] == 12
    assert hands.handled == [10, 11]


async def test_a_batch_waits_for_its_slowest_effect(phone, hands):
    """Two people in one batch: taken when both are committed, not when both have been answered."""
    gate, answered = asyncio.Event(), []

    async def how(update):
        if update.effective_user.id == BRAM:
            await gate.wait()
        effect_is_committed()
        await asyncio.sleep(0)
        answered.append(update.update_id)

    hands.how = how
    taking = asyncio.create_task(hands.intake.take((*updates(phone, 1), *updates(phone, 2, chat=BRAM))))
    await asyncio.sleep(0.01)
    assert not taking.done()
    gate.set()
    await taking


async def test_an_update_that_comes_again_is_handled_once(phone, hands):
    """Shuffled and three times over, in one batch and in later ones: once each, in the order of their numbers."""
    await hands.intake.take(updates(phone, 3, 1, 2, 2, 3))
    await hands.intake.take(updates(phone, 2, 5, 4, 5))
    assert hands.handled == [1, 2, 3, 4, 5]
    await hands.intake.take(updates(phone, *range(100, 100 + REMEMBERED)))
    await hands.intake.take(updates(phone, 1))
    assert hands.handled[-1] == 1
    assert len(hands.intake._handled) == REMEMBERED


async def test_an_update_that_fails_is_tried_three_times_and_then_answered_kindly(phone, hands):
    """And confirmed: one poisoned update does not stop the bot."""
    hands.how = fail
    await hands.intake.take(updates(phone, 5))
    assert hands.handled == [5] * TRIES
    assert hands.given_up == [(5, ValueError)]
    assert len(hands.naps) == TRIES - 1


async def test_a_failure_that_passes_is_no_failure(phone, hands):
    """Twice wrong, then right: no apology."""

    async def how(_update):
        if len(hands.handled) < TRIES:
            raise TimedOut

    hands.how = how
    await hands.intake.take(updates(phone, 5))
    assert (hands.handled, hands.given_up) == ([5] * TRIES, [])


async def test_a_failure_after_the_commit_is_not_repeated(phone, hands):
    """The effect is there; doing it again could do it twice."""

    async def how(_update):
        effect_is_committed()
        raise TimedOut

    hands.how = how
    await hands.intake.take(updates(phone, 5))
    assert (hands.handled, hands.given_up) == ([5], [])


async def test_a_failed_update_is_logged_without_its_words(phone, hands):
    """Class and place; not what somebody wrote, not even when the error quotes it."""
    hands.how = fail
    with logs() as printed:
        await hands.intake.take(updates(phone, 5))
        text = printed()
    assert text.count("update_failed") == TRIES
    assert "ValueError" in text
    assert "Kees" not in text


@pytest.mark.parametrize(
    "trouble",
    [
        refused(409, "Conflict: terminated by other getUpdates request"),
        refused(429, "Too Many Requests", retry_after=4),
        refused(502, "Bad Gateway"),
        TimedOut(),
        b"<html>Kees kwam weer niet</html>",
        b'{"ok": true}',
        b'{"ok": true, "result": [{"message": {}}]}',
        RuntimeError("Kees kwam weer niet"),
    ],
    ids=["conflict", "too many", "gateway", "timeout", "no JSON", "no result", "no number", "anything"],
)
async def test_trouble_at_fetching_is_waited_out(phone, hands, trouble):
    """Then the updates come."""
    phone.telegram.trouble["getUpdates"].append(trouble)
    phone.telegram.updates.append(plain(phone, 3))
    stopping = asyncio.Event()

    async def how(_update):
        stopping.set()

    hands.how = how
    await hands.intake.run(stopping)
    assert hands.handled == [3]
    assert len(hands.naps) == 1


UNREADABLE = {"update_id": 4, "message": {"text": WRITTEN, "chat": {"id": ANNE}}}


async def test_an_update_that_cannot_be_read_is_passed_over(phone, hands):
    """The ones before and after it are handled, it is confirmed, and its words are not logged."""
    first, last = plain(phone, 3, 5)
    phone.telegram.updates.append([first, UNREADABLE, last])
    stopping = asyncio.Event()

    async def how(update):
        if update.update_id == 5:
            stopping.set()

    hands.how = how
    with logs() as printed:
        await asyncio.wait_for(hands.intake.run(stopping), 5)
        text = printed()
    assert {3, 5} <= set(hands.handled)
    assert phone.telegram.of("getUpdates")[-1].given["offset"] == 6
    assert "update_unreadable" in text
    assert "Kees" not in text
    assert str(ANNE) not in sub(r'"timestamp": "[^"]*"', "", text)  # a moment can hold any number


async def test_an_update_that_cannot_be_read_does_not_come_back(phone, hands):
    """Alone in its batch, while fetching and while stopping: confirmed, and the intake goes on."""
    phone.telegram.updates.extend([[UNREADABLE], plain(phone, 7), [{**UNREADABLE, "update_id": 8}]])
    stopping = asyncio.Event()

    async def how(update):
        if update.update_id == 7:
            stopping.set()

    hands.how = how
    await asyncio.wait_for(hands.intake.run(stopping), 5)
    assert [call.given.get("offset") for call in phone.telegram.of("getUpdates")][1:3] == [5, 8]


async def test_an_empty_update_gets_no_answer(phone):
    """What stands in for an update that could not be read goes through the handlers without a word."""
    await phone.handle()
    assert phone.telegram.shown(ANNE) == []


async def test_a_wrong_token_ends_the_intake(phone, hands):
    """Waiting would not help."""
    phone.telegram.trouble["getUpdates"].append(refused(401, "Unauthorized"))
    with pytest.raises(InvalidToken):
        await hands.intake.run(asyncio.Event())


async def test_an_apology_that_cannot_be_delivered_is_left(phone, hands):
    """The person blocked the bot meanwhile, or Telegram is away: the update is confirmed all the same."""

    async def unheard(_update, _error):
        raise RetryAfter(100)

    intake = Intake(phone.bot, handle=fail, give_up=unheard, sleep=hands.nap)
    await intake.take(updates(phone, 5))


async def test_stopping_confirms_what_was_handled(phone, hands):
    """So that nothing is delivered again at the next start; not being able to is no error."""
    stopping = asyncio.Event()
    phone.telegram.updates.append(plain(phone, 8))

    async def how(_update):
        stopping.set()
        phone.telegram.trouble["getUpdates"].append(Conflict("x"))

    hands.how = how
    await hands.intake.run(stopping)
    assert phone.telegram.of("getUpdates")[-1].given["offset"] == 9


# One chat that Telegram does not let us talk to


HELD = {
    "help": (ANNE, "/help"),
    "privacy": (STRANGER, "/privacy"),
    "start": (ANNE, "/start"),
    "a text nobody asked for": (ANNE, "hallo"),
    "refusal": (ANNE, "/beheer"),
    "menu": (COORDINATOR, "/beheer"),
    "a moment": (ANNE, "/ikhebeven"),
    "no moment": (LEAD, "/ikhebeven"),
}


def held(phone):
    """An intake over the real handlers, whose messenger waits at a gate when Telegram says that it must."""
    gate = asyncio.Event()

    async def wait(_seconds):
        await gate.wait()

    desk = replace(phone.desk, messenger=Messenger(phone.bot, sleep=wait))
    handlers = Handlers(desk)
    application = build_application(phone.bot, handlers)
    intake = Intake(phone.bot, handle=partial(handlers.handle, application), give_up=handlers.give_up)
    return intake, application, gate


@pytest.mark.parametrize("case", HELD)
async def test_one_chat_that_has_to_wait_does_not_hold_the_others(house, phone, case):
    """Telegram says 429 to one reply of any kind: the batch is taken all the same, and the reply comes later."""
    house.open_round()
    chat, text = HELD[case]
    message = phone.message(chat, text=text)
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    intake, application, gate = held(phone)
    await application.initialize()
    phone.telegram.trouble["sendMessage"].append(refused(429, "Too Many Requests", retry_after=50))
    update = read({"update_id": 1, "message": message}, phone.bot)
    await asyncio.wait_for(intake.take((update,)), 5)
    assert len(phone.telegram.of("sendMessage")) == 1
    gate.set()
    await intake._lanes.drain()
    assert len(phone.telegram.of("sendMessage")) == 2
    await application.shutdown()


@pytest.mark.parametrize("data", ["b1.home..", "x1.stay", "nonsense", "b1.team.onbekend."])
async def test_a_tap_without_an_effect_does_not_hold_the_others(phone, data):
    """The same for buttons that only show something, or are refused."""
    message = phone.message(COORDINATOR, message_id=1, text=".")
    query = {"id": "1", "from": user(COORDINATOR), "chat_instance": "1", "data": data, "message": message}
    intake, application, gate = held(phone)
    await application.initialize()
    phone.telegram.trouble["answerCallbackQuery"].append(refused(429, "Too Many Requests", retry_after=50))
    update = read({"update_id": 1, "callback_query": query}, phone.bot)
    await asyncio.wait_for(intake.take((update,)), 5)
    gate.set()
    await intake._lanes.drain()
    assert len(phone.telegram.of("answerCallbackQuery")) == 2
    await application.shutdown()


async def test_the_first_message_of_a_moment_is_not_its_effect(house, phone, monkeypatch):
    """/ikhebeven sends before it starts the dialogue: a crash of the start is tried again, not forgotten."""
    house.open_round()
    message = phone.message(ANNE, text="/ikhebeven")
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 10}]
    effect, seen = asyncio.Event(), []
    monkeypatch.setattr(
        phone.desk.bridge, "commit", lambda *_args, **_given: seen.append(effect.is_set()) or fail(None)
    )
    token = committed.set(effect)
    with pytest.raises(ValueError, match="Kees"):
        await phone.handle(message=message)
    committed.reset(token)
    assert seen == [False]
    assert not effect.is_set()


async def test_an_update_that_comes_again_meanwhile_waits_for_the_first(phone, hands):
    """A webhook may get it twice; the second is not answered before the effect of the first."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_update):
        begun.set()
        await go_on.wait()

    hands.how = slow
    (plainly,) = plain(phone, 7)
    first = asyncio.create_task(hands.intake.receive(plainly))
    await begun.wait()
    again = asyncio.create_task(hands.intake.receive(plainly))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not first.done()
    assert not again.done()
    go_on.set()
    await asyncio.gather(first, again)
    assert hands.handled == [7]
    await hands.intake.receive({"update_id": 8, "message": "geen bericht"})
    assert 8 in hands.handled


async def test_an_update_that_takes_long_holds_up_nobody_else(phone, hands, monkeypatch):
    """Others are fetched meanwhile; what has no effect yet is not confirmed, nor done twice when it comes again."""
    monkeypatch.setattr(room, "LOOK", 0.01)
    phone.telegram.updates.extend([plain(phone, 10), plain(phone, 10) + plain(phone, 11, chat=BRAM)])
    stopping, go_on = asyncio.Event(), asyncio.Event()

    async def look(update):
        if update.update_id == 10:
            await go_on.wait()
        else:
            asyncio.get_running_loop().call_later(0.05, lambda: (go_on.set(), stopping.set()))

    hands.how = look
    await hands.intake.run(stopping)
    offsets = [call.given.get("offset", 0) for call in phone.telegram.of("getUpdates")]
    assert set(offsets[:-1]) <= {0, 10}
    assert offsets[-1] == 12
    assert hands.handled == [10, 11]
    assert not hands.intake._under_way


async def test_who_waits_is_told_once_and_that_is_not_the_effect(phone, hands, monkeypatch):
    """While the database cannot, it is tried again and again; the sender knows, and the update is not confirmed."""
    monkeypatch.setattr(room, "PATIENCE", 0.0)

    async def locked(_update):
        await asyncio.sleep(0.01)
        if len(hands.handled) < TRIES + 3:
            raise Unavailable("locked")

    hands.how = locked
    await hands.intake.take(updates(phone, 10))
    assert hands.handled == [10] * (TRIES + 3)
    assert hands.reassured == [(10, None)]
    assert hands.given_up == []


async def test_who_is_helped_in_time_hears_nothing_of_it(phone, hands):
    """Also when the first try failed."""
    await hands.intake.take(updates(phone, 10, 11))
    assert hands.reassured == []


async def test_a_database_that_stays_away_is_told_in_the_end(phone, hands, monkeypatch):
    """Not tried for ever; and because the button was answered already, it is said in the chat."""

    async def locked(_update):
        raise Unavailable("locked")

    hands.how = locked
    await hands.intake.take(updates(phone, 10))
    assert hands.given_up == [(10, Unavailable)]
    assert len(hands.handled) == room.WAITS
    query = {"id": "q", "from": user(ANNE), "chat_instance": "c", "message": phone.message(ANNE), "data": "x"}
    tap = read({"update_id": 12, "callback_query": query}, phone.bot)
    handlers = Handlers(phone.desk)
    await handlers.reassure(tap)
    await handlers.give_up(tap, Unavailable("locked"))
    (answered,) = phone.telegram.of("answerCallbackQuery")
    (sent,) = phone.telegram.of("sendMessage")
    assert (answered.text, sent.text) == (texts.TAKES_LONG, texts.BUSY)


@pytest.mark.parametrize("last_name", [None, "de Wit"])
def test_a_tap_is_read_as_python_telegram_bot_reads_it(phone, last_name):
    """As far as it is used: who, where, on what, and which button."""
    who = user(ANNE, "Anne") | ({"last_name": last_name} if last_name else {})
    message = {"message_id": 7, "date": 1, "chat": {"id": ANNE, "type": "private"}, "text": "?", "from": who}
    query = {"id": "5", "from": who, "chat_instance": "1", "data": "d1.r.1.0.0", "message": message}
    came = {"update_id": 12, "callback_query": query}
    assert read(came, phone.bot) == tapped(12, Update.de_json(came, phone.bot).callback_query)


def test_what_is_no_tap_as_it_should_be_is_read_by_the_library(phone):
    """A button of a game has no data and here no message, and is read all the same."""
    query = {"id": "5", "from": user(ANNE, "Anne"), "chat_instance": "1", "game_short_name": "x"}
    (came,) = Intake(phone.bot, handle=None, give_up=None)._read([{"update_id": 12, "callback_query": query}])
    assert (came.callback_id, came.user_id, came.chat_id, came.data) == ("5", ANNE, 0, "")
