"""Telegram's HTML: what it yields and where it says the mistake is."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.entities import detect, parse_html, utf16_length
from bot.sandbox.errors import ApiError
from bot.sandbox.model import Entity


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Dag</b> <i>Anna</i>", "Dag Anna", [Entity("bold", 0, 3), Entity("italic", 4, 4)]),
        ("<b>a<i>b</i></b>", "ab", [Entity("bold", 0, 2), Entity("italic", 1, 1)]),
        ("😀<b>x</b>", "😀x", [Entity("bold", 2, 1)]),
        ("&lt;b&gt; &amp; &quot; &#233; &#xe9; &euro;", '<b> & " é é &euro;', []),
        ('<a href="https://vng.nl?a=1&amp;b=2">vng</a>', "vng", [Entity("text_link", 0, 3, "https://vng.nl?a=1&b=2")]),
        ("<a href='geen adres'>x</a>", "x", []),
        ('<span class="tg-spoiler">s</span>', "s", [Entity("spoiler", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [Entity("expandable_blockquote", 0, 1)]),
        ("<B>x</>", "x", [Entity("bold", 0, 1)]),
        ("<b></b>leeg", "leeg", []),
    ],
)
def test_html_is_read_as_telegram_reads_it(source: str, text: str, entities: list[Entity]) -> None:
    """Tags become entities in UTF-16 units, references become characters, unknown references stay."""
    assert parse_html(source) == (text, tuple(entities))


@pytest.mark.parametrize(
    ("source", "mistake"),
    [
        ("één <x>", 'Unsupported start tag "x" at byte offset 6'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<b "x">a</b>', 'Empty attribute name in the tag "b" at byte offset 0'),
    ],
)
def test_a_mistake_is_told_with_its_byte_offset(source: str, mistake: str) -> None:
    """The description is Telegram's, with the place counted in bytes."""
    with pytest.raises(ApiError) as refusal:
        parse_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {mistake}"


@given(st.text())
def test_escaped_text_always_comes_back_unchanged(text: str) -> None:
    """Whoever escapes with html.escape never meets a parse mistake and loses nothing."""
    assert parse_html(html.escape(text, quote=False)) == (text, ())


@given(st.text(alphabet="<>/abi &;\"'=# é😀"))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No input makes the reader stumble, and entities stay inside the text."""
    try:
        plain, entities = parse_html(text)
    except ApiError:
        return
    assert all(0 <= one.offset < one.offset + one.length <= utf16_length(plain) for one in entities)


def test_links_and_commands_are_found() -> None:
    """Addresses and commands become entities, without the full stop behind them and not inside code."""
    text = "Zie t.me/EvenBot?start=abc. Typ /help, niet 1/2."
    assert [(one.type, text[one.offset : one.offset + one.length]) for one in detect(text, ())] == [
        ("url", "t.me/EvenBot?start=abc"),
        ("bot_command", "/help"),
    ]
    assert detect("/help", (Entity("code", 0, 5),)) == (Entity("code", 0, 5),)
