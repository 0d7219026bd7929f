"""Group chats: the bot is added, people write, a group becomes a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.entities import detect
from bot.sandbox.errors import ApiError
from bot.sandbox.model import Chat, Content
from bot.sandbox.phones import announce_membership, phone_of
from bot.sandbox.wire import bot_json, message_json

if TYPE_CHECKING:
    from bot.sandbox.state import SandboxState

FIRST_GROUP = -4_000_000
FIRST_SUPERGROUP = -1_002_000_000_000


def create_group(state: SandboxState, *, title: str, members: list[int]) -> Chat:
    """Make a group of people and the bot; the first member adds it. Raises ApiError for strangers."""
    if not members:
        raise ApiError(400, "a group needs at least one member")
    for member in members:
        phone_of(state, member)
    chat = Chat(FIRST_GROUP - state.number(), "group", title=title, members=members)
    state.chats[chat.id] = chat
    announce_membership(state, chat, members[0], old="left", new="member")
    added = Content("service", service=(("new_chat_members", [bot_json(state)]),))
    message = state.post(chat, added, sender_id=members[0])
    state.updates.add("message", message_json(state, message), chat_id=chat.id)
    return chat


def group_of(state: SandboxState, chat_id: int) -> Chat:
    """A group. Raises ApiError 404 when there is none."""
    chat = state.chats.get(chat_id)
    if chat is None or chat.kind == "private":
        raise ApiError(404, f"no group {chat_id}")
    return chat


def send_to_group(state: SandboxState, chat_id: int, *, user_id: int, text: str) -> bool:
    """Write in a group.

    Returns:
        Whether the bot gets to see it: in privacy mode only commands and texts that name the bot.
    """
    chat = group_of(state, chat_id)
    if user_id not in chat.members:
        raise ApiError(409, "only members write in a group")
    message = state.post(chat, Content("text", text.strip(), detect(text.strip(), ())), sender_id=user_id)
    for_bot = text.startswith("/") or f"@{state.bot_username}".lower() in text.lower()
    if state.privacy_mode and not for_bot:
        return False
    state.updates.add("message", message_json(state, message), chat_id=chat.id)
    return True


def migrate(state: SandboxState, chat_id: int) -> Chat:
    """Turn a group into a supergroup with another id, and tell the bot as Telegram does."""
    old = group_of(state, chat_id)
    new = Chat(FIRST_SUPERGROUP - state.number(), "supergroup", title=old.title, members=list(old.members))
    state.chats[new.id] = new
    old.migrated_to = new.id
    for chat, service in ((old, ("migrate_to_chat_id", new.id)), (new, ("migrate_from_chat_id", old.id))):
        message = state.post(chat, Content("service", service=(service,)), sender_id=old.members[0])
        state.updates.add("message", message_json(state, message), chat_id=chat.id)
    return new
