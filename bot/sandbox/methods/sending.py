"""sendMessage, sendPhoto, sendDocument and sendChatAction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.addressing import check_reply, writable_chat
from bot.sandbox.methods.files import read_document, read_photo
from bot.sandbox.model import BOT_SENDER, Content
from bot.sandbox.strictness import read_caption, read_keyboard, read_text
from bot.sandbox.wire import JsonObject, message_json

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.model import Entity
    from bot.sandbox.state import SandboxState

CHAT_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Send a text with an optional inline keyboard."""
    text, entities = read_text(arguments)
    return _send(state, arguments, Content("text", text, entities))


async def send_photo(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Send a picture with a caption."""
    file = read_photo(state, arguments, arguments.text("photo"), field="photo")
    return _send(state, arguments, Content("photo", *caption_of(arguments), file=file))


async def send_document(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Send a file with a caption."""
    file = read_document(state, arguments, arguments.text("document"), field="document")
    return _send(state, arguments, Content("document", *caption_of(arguments), file=file))


async def send_chat_action(state: SandboxState, arguments: Arguments) -> bool:
    """Show that the bot is typing; checked, and shown nowhere."""
    if arguments.text("action") not in CHAT_ACTIONS:
        raise bad_request("wrong parameter action in request")
    writable_chat(state, arguments)
    return True


def caption_of(arguments: Arguments) -> tuple[str, tuple[Entity, ...]]:
    """The caption of a call, read and checked."""
    return read_caption(
        arguments.text("caption"),
        parse_mode=arguments.text("parse_mode"),
        given=arguments.structure("caption_entities", called="caption entities"),
    )


def _send(state: SandboxState, arguments: Arguments, content: Content) -> JsonObject:
    keyboard = read_keyboard(arguments)
    chat = writable_chat(state, arguments)
    check_reply(chat, arguments)
    state.faults.count(chat.id)
    return message_json(state, state.post(chat, content, sender_id=BOT_SENDER, keyboard=keyboard))
