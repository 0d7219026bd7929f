"""A maandbeeld as a picture for the phone and as A4 pages, both set by Typst from templates beside this file."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, Final

from bot.render import words_nl
from bot.render.glyphs import showable
from bot.render.mapped import in_words
from bot.render.typesetting import count_pages, typeset
from dialogues.insight import Maandbeeld

PICTURE_WIDTH: Final = 1170
"""Pixels; a phone of 390 points wide at three pixels a point."""
MOST_PIXELS: Final = 9900
"""Width and height together, just under the 10000 that Telegram takes for a photo."""

MOST_PAGES: Final = 2
_WHOLE: Final = {"explained": True, "map": True, "themes": True, "compact": False, "columns": 2}
_OUTCOMES: Final = {"explained": False, "map": False, "themes": False, "columns": 3}
WAYS: Final[tuple[Mapping[str, object], ...]] = (
    *({**_WHOLE, "size": size} for size in (10.5, 9.8, 9.2, 8.6)),
    *({**_WHOLE, "explained": False, "size": size} for size in (9, 8)),
    {**_WHOLE, "explained": False, "map": False, "size": 8},
    {**_OUTCOMES, "compact": False, "size": 7},
    *({**_OUTCOMES, "compact": True, "size": size} for size in (7.5, 7)),
)
"""Ways to set the pages, the best first; sizes in points."""

_PNG_SIDES_AT: Final = 16
"""Where a PNG tells its width and height: two big-endian numbers of four bytes."""


def picture(maandbeeld: Maandbeeld) -> bytes:
    """The maandbeeld as a PNG, `PICTURE_WIDTH` pixels wide and as high as it needs to be.

    A very tall one is made smaller as a whole, for Telegram refuses a photo whose sides together are too long.
    """
    made = typeset("phone.typ", template_data(maandbeeld), form="png")
    sides = sum(struct.unpack_from(">II", made, _PNG_SIDES_AT))
    if sides <= MOST_PIXELS:
        return made
    # Both sides are rounded up to whole pixels, so there must be room for one more of each.
    return typeset("phone.typ", template_data(maandbeeld), form="png", scale=(MOST_PIXELS - 2) / sides)


def pdf(maandbeeld: Maandbeeld) -> bytes:
    """The maandbeeld along its conversation of half an hour, as tagged A4 pages (PDF/UA-1); equal input, equal bytes.

    Two pages at most, also with every topic there is. A very full month gets smaller type first; then the statements
    and reading notes give way, then the map, which the picture has too, and the themes; at last the frames, the forms
    beside the words and how it was before. Never an outcome, the question or a step.
    """
    made = b""
    for way in WAYS:
        made = typeset("page.typ", template_data(maandbeeld), form="pdf", way=way)
        if count_pages(made) <= MOST_PAGES:
            break
    return made


def template_data(maandbeeld: Maandbeeld) -> dict[str, Any]:
    """What the templates read: the maandbeeld and the fixed words, as JSON values; texts stay data, never markup."""
    words = {name.lower(): text for name, text in vars(words_nl).items() if name.isupper()}
    mapped = " ".join(f"{heading}: {told}" for heading, told in in_words(maandbeeld))
    return {"maandbeeld": showable(json.loads(maandbeeld.to_json())), "words": words, "mapped": showable(mapped)}
