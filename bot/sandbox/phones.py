"""What a person does on a phone: write, tap, send files, block. Page, tests and colleagues go through here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.sandbox.entities import detect
from bot.sandbox.errors import ApiError
from bot.sandbox.model import CallbackQuery, Chat, Content, Message, Phone, StoredFile
from bot.sandbox.pictures import plain_png
from bot.sandbox.state import START_PAYLOAD
from bot.sandbox.strictness import TEXT_LIMIT
from bot.sandbox.wire import JsonObject, bot_json, chat_json, message_json, user_json

if TYPE_CHECKING:
    from bot.sandbox.state import SandboxState

FIRST_QUERY_ID = 4_000_000_000_000_000
VOICE = b"OggS" + bytes(60)


def phone_of(state: SandboxState, user_id: int) -> Phone:
    """Somebody's phone. Raises ApiError 404 for a stranger."""
    phone = state.phones.get(user_id)
    if phone is None:
        raise ApiError(404, f"no phone of user {user_id}")
    return phone


def send_text(state: SandboxState, user_id: int, text: str) -> Message:
    """Write to the bot; "/start TOKEN" is what a deep link does.

    Raises:
        ApiError: the text is empty or too long, the deep link is impossible, or the person cannot write.
    """
    phone = _writing_phone(state, user_id)
    text = text.strip()
    _check_text(text)
    command, _, payload = text.partition(" ")
    if command == "/start" and payload and not START_PAYLOAD.fullmatch(payload):
        raise ApiError(400, "a deep link carries 1 to 64 characters out of A-Z a-z 0-9 _ -")
    phone.started = True
    if command == "/start":
        phone.link = None
    return _arrive(state, state.chats[user_id], user_id, Content("text", text, detect(text, ())))


def send_photo(state: SandboxState, user_id: int, *, caption: str = "") -> Message:
    """Send a photo, which here is a grey picture."""
    file = state.store_file(
        plain_png(320, 240), name="foto.png", mime="image/png", kind="photos", width=320, height=240
    )
    return _send_file(state, user_id, "photo", file, caption)


def send_voice(state: SandboxState, user_id: int) -> Message:
    """Send a voice message of nothing."""
    file = state.store_file(VOICE, name="spraak.ogg", mime="audio/ogg", kind="voice")
    return _send_file(state, user_id, "voice", file, "")


def send_document(state: SandboxState, user_id: int, *, name: str, mime: str, content: bytes) -> Message:
    """Send a file, for instance an .ics."""
    file = state.store_file(content, name=name, mime=mime, kind="documents")
    return _send_file(state, user_id, "document", file, "")


def edit_text(state: SandboxState, user_id: int, message_id: int, text: str) -> Message:
    """Change a message this person wrote."""
    _writing_phone(state, user_id)
    message = state.chats[user_id].messages.get(message_id)
    if message is None or message.sender_id != user_id or message.content.kind != "text":
        raise ApiError(400, "only a text of one's own can be edited")
    text = text.strip()
    _check_text(text)
    state.change(message, content=Content("text", text, detect(text, ())))
    state.updates.add("edited_message", message_json(state, message), chat_id=user_id)
    return message


def tap(
    state: SandboxState, user_id: int, message_id: int, data: str, *, forged: bool = False, chat_id: int | None = None
) -> str:
    """Tap an inline button.

    Args:
        state: the sandbox.
        user_id: who taps.
        message_id: the message with the button.
        data: the callback data behind it.
        forged: allow data or a message that is not (or no longer) there, as a tampered or slow client can.
        chat_id: the chat of the message, when it is a group.

    Returns:
        The id of the callback query.
    """
    phone_of(state, user_id)
    chat = state.chats[user_id if chat_id is None else chat_id]
    message = chat.messages.get(message_id)
    shown = message is not None and any(button.data == data for row in message.keyboard for button in row)
    if not shown and not forged:
        raise ApiError(409, "this button is not on the phone (any more)")
    query = CallbackQuery(str(FIRST_QUERY_ID + state.number()), user_id, time.monotonic())
    state.queries[query.id] = query
    gone: JsonObject = {"chat": chat_json(state, chat), "message_id": message_id, "date": 0}
    body: JsonObject = {
        "id": query.id,
        "from": user_json(state, user_id),
        "message": gone if message is None else message_json(state, message),
        "chat_instance": str(8_000_000_000 + abs(chat.id)),
        "data": data,
    }
    state.updates.add("callback_query", body, chat_id=chat.id)
    return query.id


def block(state: SandboxState, user_id: int, *, blocked: bool) -> None:
    """Block or unblock the bot; Telegram tells the bot so."""
    phone = phone_of(state, user_id)
    if phone.blocked == blocked:
        return
    phone.blocked = blocked
    state.changes.note("phones", chat_id=user_id)
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    announce_membership(state, state.chats[user_id], user_id, old=old, new=new)


def deactivate(state: SandboxState, user_id: int) -> None:
    """Delete the person's Telegram account."""
    phone_of(state, user_id).deactivated = True
    state.changes.note("phones", chat_id=user_id)


def announce_membership(state: SandboxState, chat: Chat, user_id: int, *, old: str, new: str) -> None:
    """Queue a my_chat_member update: the bot's own standing in a chat changed."""

    def standing(status: str) -> JsonObject:
        return {"user": bot_json(state), "status": status, **({"until_date": 0} if status == "kicked" else {})}

    body: JsonObject = {
        "chat": chat_json(state, chat),
        "from": user_json(state, user_id),
        "date": int(state.clock.now().timestamp()),
        "old_chat_member": standing(old),
        "new_chat_member": standing(new),
    }
    state.updates.add("my_chat_member", body, chat_id=chat.id)


def _send_file(state: SandboxState, user_id: int, kind: str, file: StoredFile, caption: str) -> Message:
    _writing_phone(state, user_id).started = True
    content = Content(kind, caption, file=file)  # type: ignore[arg-type]  # the three callers pass real kinds
    return _arrive(state, state.chats[user_id], user_id, content)


def _arrive(state: SandboxState, chat: Chat, user_id: int, content: Content) -> Message:
    message = state.post(chat, content, sender_id=user_id)
    state.updates.add("message", message_json(state, message), chat_id=chat.id)
    return message


def _writing_phone(state: SandboxState, user_id: int) -> Phone:
    phone = phone_of(state, user_id)
    if phone.blocked or phone.deactivated:
        raise ApiError(409, "this person blocked the bot or left Telegram, and cannot write to it")
    return phone


def _check_text(text: str) -> None:
    if not text:
        raise ApiError(400, "a message needs text")
    if len(text) > TEXT_LIMIT:
        raise ApiError(400, f"a phone sends at most {TEXT_LIMIT} characters at once")
