"""Which chat and message a call is about, and whether the bot may write there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.model import Chat, Message
    from bot.sandbox.state import SandboxState


def known_chat(state: SandboxState, arguments: Arguments) -> Chat:
    """The chat of a call. Raises ApiError "chat not found" for a stranger."""
    chat = state.chats.get(arguments.chat_id())
    if chat is None:
        raise bad_request("chat not found")
    return chat


def writable_chat(state: SandboxState, arguments: Arguments) -> Chat:
    """The chat of a call in which the bot may write. Raises ApiError when it may not."""
    chat = known_chat(state, arguments)
    if chat.migrated_to is not None:
        raise ApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=chat.migrated_to,
        )
    phone = state.phones.get(chat.id)
    if phone is None:
        return chat
    if phone.deactivated:
        raise forbidden("user is deactivated")
    if not phone.started:
        raise forbidden("bot can't initiate conversation with a user")
    if phone.blocked:
        raise forbidden("bot was blocked by the user")
    return chat


def known_message(state: SandboxState, arguments: Arguments, *, called: str) -> Message:
    """The message of a call.

    Args:
        state: the sandbox.
        arguments: of the call; `chat_id` and `message_id` are read.
        called: Telegram's word for it, e.g. "message to edit".
    """
    chat = known_chat(state, arguments)
    if not arguments.has("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(arguments.integer("message_id"))
    if message is None:
        raise bad_request(f"{called} not found")
    return message


def check_reply(chat: Chat, arguments: Arguments) -> None:
    """Refuse an answer to a message that is not in this chat, unless the call says that it may be gone."""
    reply = arguments.structure("reply_parameters", called="reply parameters")
    if not isinstance(reply, dict) or reply.get("allow_sending_without_reply") is True:
        return
    if reply.get("message_id") not in chat.messages:
        raise bad_request("message to be replied not found")
