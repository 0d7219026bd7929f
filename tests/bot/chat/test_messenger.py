"""Saying things in Telegram: which of its errors are no error, which wait, and which come through."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut

from bot.chat.messenger import ATTEMPTS, LONGEST_WAIT, Messenger
from tests.support.house import ANNE
from tests.support.telegram import refused


@pytest.fixture
def naps():
    """How long was waited, in order."""
    return []


@pytest.fixture
def messenger(phone, naps):
    async def nap(seconds):
        naps.append(seconds)

    return Messenger(phone.bot, sleep=nap)


@pytest.fixture
def telegram(phone):
    return phone.telegram


UNCHANGED = refused(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message",
)
BLOCKED = refused(403, "Forbidden: bot was blocked by the user")


async def test_a_message_that_is_as_it_was_is_fine(messenger, telegram):
    """Twice the same edit is no error, and nothing new is sent."""
    telegram.trouble["editMessageText"].append(UNCHANGED)
    assert await messenger.edit(ANNE, 7, "x") == 7
    assert telegram.of("sendMessage") == []


@pytest.mark.parametrize(
    "description",
    [
        "Bad Request: message to edit not found",
        "Bad Request: message can't be edited",
        "Bad Request: MESSAGE_ID_INVALID",
    ],
)
async def test_a_message_that_is_gone_is_sent_anew(messenger, telegram, description):
    """The person deleted it, or it is too old: the words come in a new message, with the same buttons."""
    telegram.trouble["editMessageText"].append(refused(400, description))
    number = await messenger.edit(ANNE, 7, "x", '{"inline_keyboard": [[{"text": "ja", "callback_data": "1"}]]}')
    (sent,) = telegram.of("sendMessage")
    assert (sent.text, sent.chat_id, sent.buttons) == ("x", ANNE, {"ja": "1"})
    assert number not in {7, None}


async def test_who_blocked_the_bot_is_left_alone(messenger, telegram):
    """None, at the first refusal, for a new message, an edit and a deletion."""
    for method in ("sendMessage", "editMessageText", "deleteMessage"):
        telegram.trouble[method].append(BLOCKED)
    assert await messenger.send(ANNE, "x") is None
    await messenger.edit(ANNE, 7, "x")
    await messenger.delete(ANNE, 7)
    assert len(telegram.of("sendMessage", "editMessageText", "deleteMessage")) == 3


async def test_telegram_is_given_the_time_it_asks_for(messenger, telegram, naps):
    """429 with three seconds: one nap of three seconds, then the message arrives."""
    telegram.trouble["sendMessage"].append(refused(429, "Too Many Requests: retry after 3", retry_after=3))
    assert await messenger.send(ANNE, "x") is not None
    assert naps == [3.0]


async def test_a_pause_that_is_too_long_for_a_reply_comes_through(messenger, telegram, naps):
    """Nobody waits minutes for a reply; the intake decides."""
    telegram.trouble["sendMessage"].append(refused(429, "Too Many Requests", retry_after=int(LONGEST_WAIT) + 1))
    with pytest.raises(RetryAfter):
        await messenger.send(ANNE, "x")
    assert naps == []


@pytest.mark.parametrize("trouble", [TimedOut(), NetworkError("weg")])
async def test_a_hiccup_is_tried_again(messenger, telegram, naps, trouble):
    """Two failures and then success; each nap is longer."""
    telegram.trouble["sendMessage"].extend([trouble, trouble])
    assert await messenger.send(ANNE, "x") is not None
    assert len(naps) == 2
    assert naps[0] < naps[1]


async def test_what_stays_broken_comes_through(messenger, telegram):
    """After so many attempts the error is the caller's."""
    telegram.trouble["sendMessage"].extend([TimedOut()] * ATTEMPTS)
    with pytest.raises(TimedOut):
        await messenger.send(ANNE, "x")
    assert len(telegram.of("sendMessage")) == ATTEMPTS


async def test_a_mistake_of_ours_is_not_tried_again(messenger, telegram):
    """Bad HTML will not become good."""
    telegram.trouble["sendMessage"].append(refused(400, "Bad Request: can't parse entities"))
    with pytest.raises(BadRequest):
        await messenger.send(ANNE, "<b>")
    assert len(telegram.of("sendMessage")) == 1


async def test_an_answer_that_comes_too_late_and_a_deletion_that_fails_are_no_errors(messenger, telegram):
    """The spinner has stopped by itself; a message that cannot be deleted stays."""
    telegram.trouble["answerCallbackQuery"].append(
        refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    )
    telegram.trouble["deleteMessage"].append(refused(400, "Bad Request: message can't be deleted for everyone"))
    await messenger.answer("1", "x")
    await messenger.delete(ANNE, 7)
    assert len(telegram.of("answerCallbackQuery", "deleteMessage")) == 2


async def test_no_message_shows_a_preview_of_a_page(messenger, telegram):
    """Nothing outside Telegram is fetched for what the bot says."""
    await messenger.send(ANNE, "t.me/x")
    assert '"is_disabled"' in str(telegram.of("sendMessage")[0].given["link_preview_options"]).replace("'", '"')
