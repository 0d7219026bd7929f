"""What the fonts of a maandbeeld can show: everything else gets a box, for a page must always appear."""

from __future__ import annotations

import re
import struct
from functools import cache
from pathlib import Path
from typing import Any, Final

_FONTS: Final = Path(__file__).parent / "fonts"
_BOX: Final = "□"
_ZERO_WIDTH_SPACE: Final = "\u200b"
_WITHOUT_GLYPH: Final = frozenset("\u200b\u2060\n")
"""Characters that need none: places where a line may or may not break."""
_LONG_RUN: Final = re.compile(r"\S{41,}")
_RUN: Final = 20
_UNICODE: Final = {(0, 3), (0, 4), (3, 1), (3, 10)}
_SEGMENTED, _GROUPED = 4, 12
"""The two usual forms of a font's table of characters."""


def showable(value: Any) -> Any:
    """The same JSON value, with a box for what the fonts lack and a place to break in very long words."""
    if isinstance(value, str):
        shown = "".join(sign if ord(sign) in _covered() or sign in _WITHOUT_GLYPH else _BOX for sign in value)
        return _LONG_RUN.sub(lambda run: _ZERO_WIDTH_SPACE.join(re.findall(rf".{{1,{_RUN}}}", run[0])), shown)
    if isinstance(value, dict):
        return {name: showable(each) for name, each in value.items()}
    return [showable(each) for each in value] if isinstance(value, list) else value


@cache
def _covered() -> frozenset[int]:
    """The characters that every one of our fonts has."""
    return frozenset.intersection(*(_characters(path.read_bytes()) for path in sorted(_FONTS.glob("*.otf"))))


def _characters(font: bytes) -> frozenset[int]:
    """The characters of an OpenType font, from its ``cmap`` table."""
    start = _table(font, b"cmap")
    (number,) = struct.unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(number):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * place)
        if (platform, encoding) in _UNICODE:
            found |= _subtable(font, start + offset)
    return frozenset(found)


def _table(font: bytes, tag: bytes) -> int:
    (number,) = struct.unpack_from(">H", font, 4)
    for place in range(number):
        name, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * place)
        if name == tag:
            return int(offset)
    raise ValueError("dit lettertype heeft geen tabel met tekens")


def _subtable(font: bytes, at: int) -> set[int]:
    (form,) = struct.unpack_from(">H", font, at)
    if form == _GROUPED:
        (number,) = struct.unpack_from(">L", font, at + 12)
        groups = (struct.unpack_from(">LLL", font, at + 16 + 12 * place) for place in range(number))
        return {code for first, last, _ in groups for code in range(first, last + 1)}
    if form == _SEGMENTED:
        (twice,) = struct.unpack_from(">H", font, at + 6)
        ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
        starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
        return {code for first, last in zip(starts, ends, strict=True) for code in range(first, last + 1)}
    return set()
