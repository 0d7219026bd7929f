"""sendMediaGroup: 2 to 10 pictures or documents at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.addressing import writable_chat
from bot.sandbox.methods.files import read_document, read_photo
from bot.sandbox.model import BOT_SENDER, Content
from bot.sandbox.strictness import read_caption
from bot.sandbox.wire import JsonObject, message_json

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState

ALBUM_LIMIT = 10


async def send_media_group(state: SandboxState, arguments: Arguments) -> list[JsonObject]:
    """Send an album; all of it or nothing of it."""
    media = arguments.structure("media", called="media")
    if not isinstance(media, list):
        raise bad_request("expected an Array of InputMedia")
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > ALBUM_LIMIT:
        raise bad_request("too many messages to send as an album")
    contents = [media_content(state, arguments, item) for item in media]
    if len({content.kind for content in contents}) > 1:
        raise bad_request("documents can't be mixed with other media types")
    chat = writable_chat(state, arguments)
    state.faults.count(chat.id, messages=len(contents))
    album = str(9_000_000_000 + state.number())
    return [message_json(state, state.post(chat, content, sender_id=BOT_SENDER, album=album)) for content in contents]


def media_content(state: SandboxState, arguments: Arguments, item: object) -> Content:
    """One InputMedia as a content. Raises ApiError for a type the sandbox does not show."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    value = str(item.get("media") or "")
    caption, entities = read_caption(
        str(item.get("caption") or ""),
        parse_mode=str(item.get("parse_mode") or ""),
        given=item.get("caption_entities"),
    )
    if item.get("type") == "photo":
        return Content("photo", caption, entities, read_photo(state, arguments, value, field="media"))
    if item.get("type") == "document":
        return Content("document", caption, entities, read_document(state, arguments, value, field="media"))
    raise bad_request('can\'t parse InputMedia: type must be "photo" or "document" in the sandbox')
