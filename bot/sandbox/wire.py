"""The sandbox's own data as Bot API objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.model import BOT_SENDER, Chat, Entity, Keyboard, Message, StoredFile

if TYPE_CHECKING:
    from bot.sandbox.state import SandboxState

JsonObject = dict[str, object]


def bot_json(state: SandboxState) -> JsonObject:
    """The bot as a User."""
    return {"id": state.bot_id, "is_bot": True, "first_name": state.bot_name, "username": state.bot_username}


def user_json(state: SandboxState, user_id: int) -> JsonObject:
    """A person as a User."""
    first, _, last = state.phones[user_id].user.name.partition(" ")
    user: JsonObject = {"id": user_id, "is_bot": False, "first_name": first, "language_code": "nl"}
    if last:
        user["last_name"] = last
    return user


def chat_json(state: SandboxState, chat: Chat) -> JsonObject:
    """A chat as a Chat."""
    if chat.kind != "private":
        return {"id": chat.id, "type": chat.kind, "title": chat.title}
    person = user_json(state, chat.id)
    names: JsonObject = {name: person[name] for name in ("first_name", "last_name") if name in person}
    return {"id": chat.id, "type": "private", **names}


def entity_json(entity: Entity) -> JsonObject:
    """A stretch of formatting as a MessageEntity."""
    body: JsonObject = {"type": entity.type, "offset": entity.offset, "length": entity.length}
    if entity.url is not None:
        body["url"] = entity.url
    return body


def keyboard_json(keyboard: Keyboard) -> JsonObject:
    """Buttons as an InlineKeyboardMarkup."""
    return {
        "inline_keyboard": [
            [
                {"text": button.text, "url": button.url}
                if button.url is not None
                else {"text": button.text, "callback_data": button.data}
                for button in row
            ]
            for row in keyboard
        ]
    }


def message_json(state: SandboxState, message: Message) -> JsonObject:
    """A message as a Message."""
    chat = state.chats[message.chat_id]
    from_bot = message.sender_id == BOT_SENDER
    body: JsonObject = {
        "message_id": message.id,
        "date": int(message.date.timestamp()),
        "chat": chat_json(state, chat),
        "from": bot_json(state) if from_bot else user_json(state, message.sender_id),
    }
    body.update(_content_json(message))
    if message.edited_at is not None:
        body["edit_date"] = int(message.edited_at.timestamp())
    if message.keyboard:
        body["reply_markup"] = keyboard_json(message.keyboard)
    if message.album is not None:
        body["media_group_id"] = message.album
    return body


def _content_json(message: Message) -> JsonObject:
    content = message.content
    entities = [entity_json(entity) for entity in content.entities]
    if content.kind == "service":
        return dict(content.service)
    if content.file is None:
        return {"text": content.text, **({"entities": entities} if entities else {})}
    body: JsonObject = {content.kind: _file_json(content.file, content.kind)}
    if content.text:
        body["caption"] = content.text
        if entities:
            body["caption_entities"] = entities
    return body


def _file_json(file: StoredFile, kind: str) -> object:
    body: JsonObject = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.content)}
    if kind == "photo":
        return [{**body, "width": file.width, "height": file.height}]
    if kind == "voice":
        return {**body, "duration": 3, "mime_type": file.mime}
    return {**body, "file_name": file.name, "mime_type": file.mime}


def file_json(file: StoredFile) -> JsonObject:
    """A stored file as a File."""
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.content),
        "file_path": file.path,
    }
