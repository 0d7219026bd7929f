"""A maandbeeld as a picture for the phone and as one A4 page, both set by Typst from templates beside this file."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, Final, Literal

from bot.render import words_nl
from bot.render.glyphs import showable
from dialogues.insight import Maandbeeld

PICTURE_WIDTH: Final = 1170
"""Pixels; a phone of 390 points wide at three pixels a point."""
MOST_PIXELS: Final = 9900
"""Width and height together, just under the 10000 that Telegram takes for a photo."""

_FOLDER: Final = Path(__file__).parent
_POINTS_PER_INCH: Final = 72
_PIXELS_PER_POINT: Final = 3
_PNG_SIDES_AT: Final = 16
"""Where a PNG tells its width and height: two big-endian numbers of four bytes."""


def picture(maandbeeld: Maandbeeld) -> bytes:
    """The maandbeeld as a PNG, `PICTURE_WIDTH` pixels wide and as high as it needs to be.

    A very tall one is made smaller as a whole, for Telegram refuses a photo whose sides together are too long.
    """
    made = _typeset("phone.typ", maandbeeld, form="png")
    sides = sum(struct.unpack_from(">II", made, _PNG_SIDES_AT))
    if sides <= MOST_PIXELS:
        return made
    # Both sides are rounded up to whole pixels, so there must be room for one more of each.
    return _typeset("phone.typ", maandbeeld, form="png", scale=(MOST_PIXELS - 2) / sides)


def pdf(maandbeeld: Maandbeeld) -> bytes:
    """The maandbeeld with its conversation guide as one tagged A4 page (PDF/UA-1); equal input, equal bytes."""
    return _typeset("page.typ", maandbeeld, form="pdf")


def template_data(maandbeeld: Maandbeeld) -> dict[str, Any]:
    """What the templates read: the maandbeeld and the fixed words, as JSON values; texts stay data, never markup."""
    words = {name.lower(): text for name, text in vars(words_nl).items() if name.isupper()}
    return {"maandbeeld": showable(json.loads(maandbeeld.to_json())), "words": words}


def _typeset(template: str, maandbeeld: Maandbeeld, *, form: Literal["png", "pdf"], scale: float = 1.0) -> bytes:
    import typst

    compiler = typst.Compiler(
        _FOLDER / template,
        root=_FOLDER,
        font_paths=[_FOLDER / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(template_data(maandbeeld), ensure_ascii=False)},
    )
    made = compiler.compile(
        format=form,
        ppi=_POINTS_PER_INCH * _PIXELS_PER_POINT * scale if form == "png" else None,
        pdf_standards=["ua-1"] if form == "pdf" else [],
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} should give one page")
    return made
