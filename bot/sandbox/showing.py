"""Chats and phones as JSON, the way a screen shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.model import BOT_SENDER, Chat, Content, Message, Phone

if TYPE_CHECKING:
    from bot.sandbox.state import SandboxState
    from bot.sandbox.wire import JsonObject


def shown_chat(state: SandboxState, chat: Chat, *, since: int = 0) -> JsonObject:
    """A chat as a phone shows it: what changed after change number `since`, and what disappeared."""
    changed = [message for message in chat.messages.values() if message.changed > since]
    return {
        "last": state.changes.last,
        "messages": [_shown_message(state, message) for message in changed],
        "deleted": [message_id for seq, message_id in chat.deleted if seq > since],
        "commands": state.commands_for(chat.id) if chat.kind == "private" else [],
    }


def _shown_message(state: SandboxState, message: Message) -> JsonObject:
    content = message.content
    shown: JsonObject = {
        "id": message.id,
        "from_bot": message.sender_id == BOT_SENDER,
        "sender": state.bot_name if message.sender_id == BOT_SENDER else state.phones[message.sender_id].user.name,
        "date": message.date.isoformat(),
        "edited": message.edited_at is not None,
        "kind": content.kind,
        "text": content.text,
        "entities": _shown_entities(content),
        "keyboard": [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in message.keyboard],
        "album": message.album,
        "changed": message.changed,
        "file": None,
    }
    if content.file is not None:
        file = content.file
        shown["file"] = {
            "url": f"/phones/files/{file.id}/{file.name}",
            "name": file.name,
            "mime": file.mime,
            "size": len(file.content),
            "width": file.width,
            "height": file.height,
        }
    return shown


def _shown_entities(content: Content) -> list[JsonObject]:
    """The formatting of a content, for the page."""
    return [
        {"type": entity.type, "offset": entity.offset, "length": entity.length, "url": entity.url}
        for entity in content.entities
    ]


def shown_phone(state: SandboxState, phone: Phone) -> JsonObject:
    """A phone in the list of phones."""
    user = phone.user
    return {
        "id": user.id,
        "name": user.name,
        "caption": user.caption,
        "auto": user.auto,
        "started": phone.started,
        "blocked": phone.blocked,
        "deactivated": phone.deactivated,
        "link": phone.link,
        "bot": {"name": state.bot_name, "username": state.bot_username},
    }
