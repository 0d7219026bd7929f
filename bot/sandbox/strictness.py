"""The limits Telegram puts on texts, captions and keyboards, refused in Telegram's words."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.sandbox.entities import detect, parse_html
from bot.sandbox.errors import bad_request
from bot.sandbox.model import Button, Entity, Keyboard

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
SOURCE_LIMIT_BYTES = 1 << 15
CALLBACK_DATA_LIMIT_BYTES = 64
CALLBACK_ANSWER_LIMIT = 200
BUTTON_LIMIT = 100
KEYBOARD_LIMIT_BYTES = 10_000
LINK_SCHEMES = frozenset({"http", "https", "tg", "ton"})


def read_text(arguments: Arguments) -> tuple[str, tuple[Entity, ...]]:
    """The text of a message. Raises ApiError when it is empty, too long or badly formatted."""
    source = arguments.text("text")
    if not source:
        raise bad_request("message text is empty")
    text, entities = formatted(
        source,
        parse_mode=arguments.text("parse_mode"),
        given=arguments.structure("entities", called="message entities"),
    )
    if not text:
        raise bad_request("text must be non-empty")
    if len(text) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return text, entities


def read_caption(source: str, *, parse_mode: str = "", given: object = None) -> tuple[str, tuple[Entity, ...]]:
    """The caption of a file; empty is fine. Raises ApiError when it is too long or badly formatted."""
    text, entities = formatted(source, parse_mode=parse_mode, given=given)
    if len(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities


def formatted(source: str, *, parse_mode: str, given: object = None) -> tuple[str, tuple[Entity, ...]]:
    """Text and entities, trimmed as Telegram trims.

    Args:
        source: the text as sent.
        parse_mode: "HTML" or nothing; the sandbox refuses Markdown, which the product does not use.
        given: entities that were sent beside the text.
    """
    if len(source.encode()) > SOURCE_LIMIT_BYTES:
        raise bad_request("text is too long")
    mode = parse_mode.lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode in {"", "none"}:
        text, entities = source, _entities(given)
    else:
        raise bad_request("unsupported parse_mode")
    return _trimmed(text, entities)


def _entities(given: object) -> tuple[Entity, ...]:
    if not isinstance(given, list):
        return ()
    try:
        return tuple(
            Entity(str(item["type"]), int(item["offset"]), int(item["length"]), url=item.get("url")) for item in given
        )
    except (KeyError, TypeError, ValueError):
        raise bad_request("can't parse MessageEntity: type, offset and length are needed") from None


def _trimmed(text: str, entities: tuple[Entity, ...]) -> tuple[str, tuple[Entity, ...]]:
    trimmed = text.rstrip()
    cut = len(trimmed) - len(trimmed.lstrip())
    trimmed = trimmed[cut:]
    total = len(trimmed.encode("utf-16-le")) // 2
    kept = []
    for entity in entities:
        begin = max(0, entity.offset - cut)
        end = min(total, entity.offset + entity.length - cut)
        if begin < end:
            kept.append(Entity(entity.type, begin, end - begin, url=entity.url))
    return trimmed, detect(trimmed, tuple(kept))


def read_keyboard(arguments: Arguments) -> Keyboard:
    """The inline keyboard of a call, empty when it has none. Raises ApiError for what Telegram refuses."""
    markup = arguments.structure("reply_markup", called="reply keyboard markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        if markup.get("keyboard") is not None:
            raise bad_request("the sandbox shows inline keyboards only")
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = tuple(tuple(_button(item) for item in row) for row in rows if row)
    buttons = [button for row in keyboard for button in row]
    weight = sum(
        len(part.encode()) for button in buttons for part in (button.text, button.data or "", button.url or "")
    )
    if len(buttons) > BUTTON_LIMIT or weight > KEYBOARD_LIMIT_BYTES:
        raise bad_request("reply markup is too long")
    return keyboard


def _button(item: object) -> Button:
    trouble = "can't parse inline keyboard button: "
    if not isinstance(item, dict):
        raise bad_request(f"{trouble}InlineKeyboardButton must be an Object")
    text = str(item.get("text") or "").strip()
    if not text:
        raise bad_request("inline keyboard button text must be non-empty")
    data, url = item.get("callback_data"), item.get("url")
    if isinstance(url, str) and url:
        return Button(text, url=_checked_url(url))
    if not isinstance(data, str):
        raise bad_request(f"{trouble}Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(data.encode()) <= CALLBACK_DATA_LIMIT_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(text, data=data)


def _checked_url(url: str) -> str:
    trouble = f"inline keyboard button URL '{url}' is invalid: "
    full = url if "://" in url else f"http://{url}"
    try:
        parts = urlsplit(full)
    except ValueError:
        raise bad_request(f"{trouble}Wrong IPv6 address specified in the URL") from None
    if parts.scheme.lower() not in LINK_SCHEMES:
        raise bad_request(f"{trouble}Unsupported URL protocol")
    if not parts.netloc:
        raise bad_request(f"{trouble}URL host is empty")
    if parts.scheme in {"http", "https"} and "." not in parts.netloc:
        raise bad_request(f"{trouble}Wrong HTTP URL")
    return full
