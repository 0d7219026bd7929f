"""Changing a message the bot sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.addressing import known_message, writable_chat
from bot.sandbox.methods.albums import media_content
from bot.sandbox.methods.sending import caption_of
from bot.sandbox.model import BOT_SENDER, Content, Message
from bot.sandbox.strictness import read_keyboard, read_text
from bot.sandbox.wire import JsonObject, message_json

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState


async def edit_message_text(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Replace the text of a message, and its keyboard (absent means: none)."""
    text, entities = read_text(arguments)
    message = _editable(state, arguments)
    if message.content.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _apply(state, arguments, message, Content("text", text, entities))


async def edit_message_caption(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Replace the caption of a picture or document."""
    caption, entities = caption_of(arguments)
    message = _editable(state, arguments)
    if message.content.file is None:
        raise bad_request("there is no caption in the message to edit")
    return _apply(state, arguments, message, replace(message.content, text=caption, entities=entities))


async def edit_message_media(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Replace the picture or document of a message, or turn a text into one."""
    media = arguments.structure("media", called="input media")
    if media is None:
        raise bad_request("media is empty")
    message = _editable(state, arguments)
    content = media_content(state, arguments, media)
    if message.album is not None and content.kind != message.content.kind:
        raise bad_request("can't change media type in the album")
    return _apply(state, arguments, message, content)


async def edit_message_reply_markup(state: SandboxState, arguments: Arguments) -> JsonObject:
    """Replace only the keyboard."""
    message = _editable(state, arguments)
    return _apply(state, arguments, message, message.content)


def _editable(state: SandboxState, arguments: Arguments) -> Message:
    message = known_message(state, arguments, called="message to edit")
    if message.sender_id != BOT_SENDER:
        raise bad_request("message can't be edited")
    writable_chat(state, arguments)
    return message


def _apply(state: SandboxState, arguments: Arguments, message: Message, content: Content) -> JsonObject:
    state.change(message, content=content, keyboard=read_keyboard(arguments))
    return message_json(state, message)
