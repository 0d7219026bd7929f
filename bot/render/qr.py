"""A link as a QR picture, big enough for a screen in a meeting."""

from __future__ import annotations

from io import BytesIO
from typing import Final

SIDE: Final = 1000
"""Pixels of a side at least."""
BORDER: Final = 4
"""Modules of white around it (ISO/IEC 18004 asks for four)."""


def qr_picture(link: str) -> bytes:
    """A PNG of the link; it can still be read with a seventh of it covered (level M)."""
    import segno

    code = segno.make_qr(link, error="m")
    width, _ = code.symbol_size(border=BORDER)
    written = BytesIO()
    code.save(written, kind="png", scale=-(-SIDE // width), border=BORDER)
    return written.getvalue()
