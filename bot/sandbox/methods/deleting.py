"""deleteMessage and deleteMessages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.addressing import known_chat, known_message

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.model import Message
    from bot.sandbox.state import SandboxState

DELETABLE_FOR = timedelta(hours=48)
MANY_LIMIT = 100


async def delete_message(state: SandboxState, arguments: Arguments) -> bool:
    """Delete one message of the last 48 hours."""
    message = known_message(state, arguments, called="message to delete")
    _check_age(state, message)
    state.delete(message)
    return True


async def delete_messages(state: SandboxState, arguments: Arguments) -> bool:
    """Delete up to 100 messages; those that are not there are skipped."""
    chat = known_chat(state, arguments)
    ids = arguments.structure("message_ids", called="message identifiers")
    if not isinstance(ids, list) or not all(isinstance(number, int) for number in ids):
        raise bad_request("message identifiers are not specified")
    if len(ids) > MANY_LIMIT:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[number] for number in ids if number in chat.messages]
    for message in found:
        _check_age(state, message)
    for message in found:
        state.delete(message)
    return True


def _check_age(state: SandboxState, message: Message) -> None:
    if state.clock.now() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
