"""The start tags of Telegram's HTML: name and the one attribute that matters, or the byte offset of the mistake."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bot.sandbox.errors import ApiError, bad_request

KIND_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>/\"']*")
_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag: its name, the attribute value that matters ("" for none), and where the text goes on."""

    name: str
    argument: str
    end: int


def mistake(reason: str) -> ApiError:
    """The refusal for a mistake that has no place, or tells it already."""
    return bad_request(f"can't parse entities: {reason}")


def mistake_at(source: str, at: int, reason: str) -> ApiError:
    """The refusal for a mistake at a character, told in bytes as Telegram does."""
    return mistake(f"{reason} at byte offset {len(source[:at].encode())}")


def read_start_tag(source: str, begin: int) -> StartTag:
    """Read the start tag at `begin`, where a "<" stands.

    Raises:
        ApiError: "can't parse entities", in Telegram's words.
    """
    at = _end(_NAME, source, begin + 1)
    if at == len(source):
        raise mistake_at(source, begin, "Unclosed start tag")
    name = source[begin + 1 : at].lower()
    if name not in KIND_OF_TAG:
        raise mistake_at(source, begin, f'Unsupported start tag "{name}"')
    argument = ""
    while True:
        at = _end(_SPACE, source, at)
        if source.startswith(">", at):
            break
        attribute, value, at = _attribute(source, at, tag=name, begin=begin)
        argument = _argument(name, attribute, value) or argument
    if name == "span" and argument != "tg-spoiler":
        raise mistake_at(source, begin, 'Tag "span" must have class "tg-spoiler"')
    return StartTag(name, argument, at + 1)


def _attribute(source: str, start: int, *, tag: str, begin: int) -> tuple[str, str, int]:
    """One attribute: name, value ("" when it has none) and where it ends."""
    at = _end(_ATTRIBUTE_NAME, source, start)
    attribute = source[start:at].lower()
    unclosed = mistake_at(source, begin, f'Unclosed start tag "{tag}"')
    if not attribute:
        raise mistake_at(source, begin, f'Empty attribute name in the tag "{tag}"')
    at = _end(_SPACE, source, at)
    if at == len(source):
        raise unclosed
    if source[at] != "=":
        return attribute, "", at
    at = _end(_SPACE, source, at + 1)
    if at == len(source):
        raise unclosed
    if source[at] in "\"'":
        stop = source.find(source[at], at + 1)
        if stop < 0 or stop + 1 == len(source):
            raise mistake_at(source, begin, "Unclosed start tag")
        return attribute, html.unescape(source[at + 1 : stop]), stop + 1
    stop = _end(_TOKEN, source, at)
    if stop < len(source) and not source[stop].isspace() and source[stop] != ">":
        raise mistake_at(source, at, "Unexpected end of name token")
    if stop == len(source):
        raise mistake_at(source, begin, "Unclosed start tag")
    return attribute, source[at:stop].lower(), stop


def _argument(tag: str, name: str, value: str) -> str:
    """The part of an attribute that matters for its tag; empty for what Telegram ignores."""
    if (tag, name) in {("a", "href"), ("span", "class")}:
        return value
    if (tag, name) == ("blockquote", "expandable"):
        return "1"
    return ""


def _end(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return found.end() if found else at
