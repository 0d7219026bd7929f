"""Telegram's HTML, read as strictly as Telegram reads it: text and entities, or the byte offset of the mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.sandbox.model import Entity
from bot.sandbox.start_tags import KIND_OF_TAG, mistake, mistake_at, read_start_tag

NAMED_REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#(x?[0-9a-fA-F]+)|([a-z]+));?")
_LINK = re.compile(r"https?://[^\s<>\"]+|\bt\.me/[^\s<>\"]+")
_PLAIN = re.compile(r"[^<&]*")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?![\w/])")
_LINK_TAIL = ".,;:!?)'"


@dataclass(slots=True)
class _OpenTag:
    name: str
    argument: str
    offset: int
    text_at: int


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, tuple[Entity, ...]]:
    """Read a text with parse_mode HTML.

    Args:
        source: the text with tags.

    Returns:
        The text without tags and its entities in order of place.

    Raises:
        ApiError: "can't parse entities", with the byte offset, as Telegram says it.
    """
    return _HtmlReader(source).read()


class _HtmlReader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._at = 0
        self._text = ""
        self._offset = 0
        self._open: list[_OpenTag] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._source):
            if self._source[self._at] == "<":
                if self._source.startswith("</", self._at):
                    self._close_tag()
                else:
                    self._open_tag()
            else:
                self._plain()
        if self._open:
            raise mistake(f'Can\'t find end tag corresponding to start tag "{self._open[-1].name}"')
        return self._text, tuple(sorted(self._entities, key=lambda entity: (entity.offset, -entity.length)))

    def _plain(self) -> None:
        reference = _REFERENCE.match(self._source, self._at)
        decoded = _decode(reference) if reference else None
        if reference and decoded is not None:
            self._at = reference.end()
        else:
            run = _PLAIN.search(self._source, self._at + 1)
            stop = run.end() if run else len(self._source)
            decoded = self._source[self._at : stop]
            self._at = stop
        self._text += decoded
        self._offset += utf16_length(decoded)

    def _open_tag(self) -> None:
        tag = read_start_tag(self._source, self._at)
        self._open.append(_OpenTag(tag.name, tag.argument, self._offset, len(self._text)))
        self._at = tag.end

    def _close_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise mistake_at(self._source, begin, "Unexpected end tag")
        end = self._source.find(">", begin)
        name = self._source[begin + 2 : end if end >= 0 else None].strip().lower()
        if end < 0 or " " in name:
            raise mistake_at(self._source, begin, "Unclosed end tag")
        tag = self._open.pop()
        if name not in {"", tag.name}:
            expected = f'expected "</{tag.name}>", found "</{name}>"'
            place = len(self._source[:begin].encode())
            raise mistake(f"Unmatched end tag at byte offset {place}, {expected}")
        self._at = end + 1
        if self._offset > tag.offset:
            self._add_entity(tag)

    def _add_entity(self, tag: _OpenTag) -> None:
        kind = KIND_OF_TAG[tag.name]
        length = self._offset - tag.offset
        url = None
        if kind == "text_link":
            url = checked_link(tag.argument or self._text[tag.text_at :])
            if url is None:
                return
        if tag.name == "blockquote" and tag.argument:
            kind = "expandable_blockquote"
        self._entities.append(Entity(kind, tag.offset, length, url=url))


def _decode(reference: re.Match[str]) -> str | None:
    number, name = reference.groups()
    if name is not None:
        return NAMED_REFERENCES.get(name)
    try:
        return chr(int(number[1:], 16) if number.startswith("x") else int(number))
    except (ValueError, OverflowError):
        return None


def checked_link(url: str) -> str | None:
    """The address Telegram would link to, or None when it is no http(s) or tg address."""
    if url.startswith(("http://", "https://", "tg://")):
        return url
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+(/\S*)?", url):
        return f"http://{url}"
    return None


def detect(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """Add the links and commands that Telegram finds by itself, outside what is formatted as code or link."""
    taken = [(entity.offset, entity.offset + entity.length) for entity in entities if entity.type in _OPAQUE]
    found = list(entities)
    for kind, pattern in (("url", _LINK), ("bot_command", _COMMAND)):
        for match in pattern.finditer(text):
            shown = match[0].rstrip(_LINK_TAIL)
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(shown)
            if not any(start < stop and begin < end for begin, stop in taken):
                taken.append((start, end))
                found.append(Entity(kind, start, end - start))
    return tuple(sorted(found, key=lambda entity: (entity.offset, -entity.length)))


_OPAQUE = frozenset({"text_link", "code", "pre", "url"})
