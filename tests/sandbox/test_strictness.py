"""What Telegram refuses, the sandbox refuses, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, Forbidden, InvalidToken

from bot.sandbox import DEFAULT_TOKEN
from tests.sandbox.conftest import ANNA, BRAM, STRANGER

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def one_button(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Start", **button}]]}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"text": ""}, "400 Bad Request: message text is empty"),
        ({}, "400 Bad Request: message text is empty"),
        ({"text": " \n "}, "400 Bad Request: text must be non-empty"),
        ({"text": "a" * 4097}, "400 Bad Request: message is too long"),
        ({"text": "x", "parse_mode": "Markdown2"}, "400 Bad Request: unsupported parse_mode"),
        (
            {"text": "<b>Hoi", "parse_mode": "HTML"},
            "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        (
            {"text": "één <h1>kop</h1>", "parse_mode": "HTML"},
            '400 Bad Request: can\'t parse entities: Unsupported start tag "h1" at byte offset 6',
        ),
        ({"text": "x", "reply_markup": one_button(callback_data="é" * 33)}, "400 Bad Request: BUTTON_DATA_INVALID"),
        ({"text": "x", "reply_markup": one_button(callback_data="")}, "400 Bad Request: BUTTON_DATA_INVALID"),
        (
            {"text": "x", "reply_markup": one_button()},
            "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": " ", "callback_data": "a"}]]}},
            "400 Bad Request: inline keyboard button text must be non-empty",
        ),
        (
            {"text": "x", "reply_markup": one_button(url="javascript://a.b")},
            "400 Bad Request: inline keyboard button URL 'javascript://a.b' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "reply_markup": one_button(url="http://nergens")},
            "400 Bad Request: inline keyboard button URL 'http://nergens' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}},
            "400 Bad Request: reply markup is too long",
        ),
        ({"text": "x", "reply_markup": "{"}, "400 Bad Request: can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "400 Bad Request: message to be replied not found"),
    ],
)
async def test_a_faulty_text_is_refused(sandbox: Sandbox, parameters: dict[str, Any], refusal: str) -> None:
    """Every limit on a text message has Telegram's own code and sentence."""
    await sandbox.start(ANNA)
    assert await sandbox.refused("sendMessage", chat_id=ANNA, **parameters) == refusal
    assert len(await sandbox.shown(ANNA)) == 1


async def test_what_just_fits_is_accepted(sandbox: Sandbox) -> None:
    """4096 characters after parsing, 64 bytes of data and 100 buttons pass."""
    await sandbox.start(ANNA)
    buttons = [[InlineKeyboardButton("k", callback_data="d" * 64)] for _ in range(100)]
    message = await sandbox.bot.send_message(
        ANNA, f"<b>{'a' * 4096}</b>", parse_mode="HTML", reply_markup=InlineKeyboardMarkup(buttons)
    )
    assert message.text == "a" * 4096
    assert message.reply_markup is not None
    assert message.reply_markup.inline_keyboard[99][0].callback_data == "d" * 64


async def test_a_text_is_trimmed_with_its_entities(sandbox: Sandbox) -> None:
    """Outer white space goes, and entities move along and never point past the end."""
    await sandbox.start(ANNA)
    message = await sandbox.bot.send_message(ANNA, "  \n<b>Dag Anna  </b> ", parse_mode="HTML")
    assert message.text == "Dag Anna"
    assert [(entity.type, entity.offset, entity.length) for entity in message.entities] == [("bold", 0, 8)]


async def test_chats_the_bot_may_not_write_to(sandbox: Sandbox) -> None:
    """A stranger, somebody who never pressed Start, who blocked the bot or left Telegram."""
    call = {"text": "Hoi"}
    assert await sandbox.refused("sendMessage", chat_id=STRANGER, **call) == "400 Bad Request: chat not found"
    assert await sandbox.refused("sendMessage", **call) == "400 Bad Request: chat_id is empty"
    never = "403 Forbidden: bot can't initiate conversation with a user"
    assert await sandbox.refused("sendMessage", chat_id=ANNA, **call) == never
    await sandbox.start(ANNA)
    await sandbox.phone(ANNA, "block")
    assert await sandbox.refused("sendMessage", chat_id=ANNA, **call) == "403 Forbidden: bot was blocked by the user"
    await sandbox.phone(ANNA, "unblock")
    await sandbox.bot.send_message(ANNA, "Fijn dat je er weer bent.")
    await sandbox.phone(ANNA, "deactivate")
    assert await sandbox.refused("sendMessage", chat_id=ANNA, **call) == "403 Forbidden: user is deactivated"


async def test_python_telegram_bot_recognises_the_refusals(sandbox: Sandbox) -> None:
    """The library turns the sandbox's answers into its own exceptions."""
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await sandbox.bot.send_message(BRAM, "Hoi")
    await sandbox.start(ANNA)
    with pytest.raises(BadRequest, match="Message is too long"):
        await sandbox.bot.send_message(ANNA, "a" * 4097)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await sandbox.bot.send_message(ANNA, "Hoi", reply_parameters=ReplyParameters(99))


async def test_wrong_tokens_and_unknown_methods(sandbox: Sandbox) -> None:
    """Another token is unauthorised; a malformed one and an unknown method are not found, in Telegram's words."""
    unauthorized = await sandbox.http.post("/bot123:ABC/getMe")
    assert unauthorized.status_code == 401
    assert unauthorized.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    for path in ("/botABC/getMe", f"/bot{DEFAULT_TOKEN}/sendPigeon"):
        missing = await sandbox.http.post(path)
        assert missing.status_code == 404
        assert missing.json() == {"ok": False, "error_code": 404, "description": "Not Found"}
    wrong = type(sandbox.bot)("123:ABC", base_url=f"{sandbox.server.url}/bot")
    with pytest.raises(InvalidToken):
        await wrong.initialize()
    await wrong.shutdown()


async def test_editing_refusals(sandbox: Sandbox) -> None:
    """Not found, not the bot's own, not modified, no text, no caption, no id."""
    await sandbox.start(ANNA)
    keyboard = one_button(callback_data="a")
    sent = (
        await sandbox.raw("sendMessage", chat_id=ANNA, text="<b>Hoi</b>", parse_mode="HTML", reply_markup=keyboard)
    )["result"]
    at = {"chat_id": ANNA, "message_id": sent["message_id"]}
    assert await sandbox.refused(
        "editMessageText", **at, text="<b>Hoi</b>", parse_mode="HTML", reply_markup=keyboard
    ) == (NOT_MODIFIED)
    assert await sandbox.refused("editMessageReplyMarkup", **at, reply_markup=keyboard) == NOT_MODIFIED
    assert await sandbox.refused("editMessageCaption", **at, caption="x") == (
        "400 Bad Request: there is no caption in the message to edit"
    )
    assert await sandbox.refused("editMessageText", chat_id=ANNA, message_id=999, text="x") == (
        "400 Bad Request: message to edit not found"
    )
    assert await sandbox.refused("editMessageText", chat_id=ANNA, text="x") == (
        "400 Bad Request: message identifier is not specified"
    )
    assert await sandbox.refused("editMessageText", chat_id=ANNA, message_id=1, text="x") == (
        "400 Bad Request: message can't be edited"
    )


async def test_an_edit_without_keyboard_takes_the_keyboard_away(sandbox: Sandbox) -> None:
    """As in Telegram, leaving out reply_markup removes the buttons; edit_date follows the sandbox clock."""
    await sandbox.start(ANNA)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Start", callback_data="a")]])
    message = await sandbox.bot.send_message(ANNA, "Hoi", reply_markup=keyboard)
    edited = await message.edit_text("Hoi")
    assert edited is not True
    assert edited.reply_markup is None
    assert edited.edit_date is not None
    assert (await sandbox.shown(ANNA))[-1]["keyboard"] == []


async def test_deleting(sandbox: Sandbox) -> None:
    """Own and other messages go within 48 hours of the sandbox clock; later and unknown ones are refused."""
    await sandbox.start(ANNA)
    old = await sandbox.bot.send_message(ANNA, "oud")
    await sandbox.http.post("/clock", json={"advance_seconds": 49 * 3600})
    new = await sandbox.bot.send_message(ANNA, "nieuw")
    at = {"chat_id": ANNA, "message_id": old.message_id}
    assert await sandbox.refused("deleteMessage", **at) == "400 Bad Request: message can't be deleted for everyone"
    assert await sandbox.bot.delete_message(ANNA, new.message_id)
    at["message_id"] = new.message_id
    assert await sandbox.refused("deleteMessage", **at) == "400 Bad Request: message to delete not found"
    typed = (await sandbox.phone(ANNA, "send", text="geheim"))["message_id"]
    assert await sandbox.bot.delete_messages(ANNA, [typed, 999])
    chat = (await sandbox.http.get(f"/phones/{ANNA}/messages")).json()
    assert [message["text"] for message in chat["messages"]] == ["/start", "oud"]
    assert chat["deleted"] == [new.message_id, typed]


async def test_callback_answers(sandbox: Sandbox) -> None:
    """A tap is answered once, within 200 characters and in time; the phone shows the text."""
    await sandbox.start(ANNA)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Start", callback_data="a")]])
    message = await sandbox.bot.send_message(ANNA, "Hoi", reply_markup=keyboard)
    tapped = await sandbox.phone(ANNA, "tap", message_id=message.message_id, data="a")
    query = tapped["callback_id"]
    too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await sandbox.refused("answerCallbackQuery", callback_query_id="1") == too_old
    assert await sandbox.refused("answerCallbackQuery", callback_query_id=query, text="a" * 201) == (
        "400 Bad Request: MESSAGE_TOO_LONG"
    )
    assert await sandbox.bot.answer_callback_query(query, "a" * 200, show_alert=True)
    assert await sandbox.refused("answerCallbackQuery", callback_query_id=query) == too_old
    answers = (await sandbox.http.get(f"/phones/{ANNA}/answers")).json()["answers"]
    assert [(answer["callback_id"], answer["text"], answer["show_alert"]) for answer in answers] == [
        (query, "a" * 200, True)
    ]
    late = await sandbox.phone(ANNA, "tap", message_id=message.message_id, data="a")
    sandbox.state.query_lifetime = -1
    assert await sandbox.refused("answerCallbackQuery", callback_query_id=late["callback_id"]) == too_old


async def test_chat_action(sandbox: Sandbox) -> None:
    """Typing is accepted; an action Telegram does not know is not."""
    await sandbox.start(ANNA)
    assert await sandbox.bot.send_chat_action(ANNA, "typing")
    assert await sandbox.refused("sendChatAction", chat_id=ANNA, action="dansen") == (
        "400 Bad Request: wrong parameter action in request"
    )
