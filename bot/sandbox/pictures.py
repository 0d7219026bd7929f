"""How big a picture is, read from its first bytes, and a small picture to send."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
JPEG_SIGNATURE = b"\xff\xd8"
_PNG_HEADER_BYTES = 24
_JPEG_MARKER = 0xFF
_JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture's first bytes tell: media type, and width and height in pixels."""

    mime: str
    width: int
    height: int


def read_picture(content: bytes) -> Picture | None:
    """Look at a PNG or JPEG; None for anything else."""
    if content.startswith(PNG_SIGNATURE) and len(content) >= _PNG_HEADER_BYTES:
        width, height = struct.unpack(">II", content[16:24])
        return Picture("image/png", width, height) if width and height else None
    size = _jpeg_size(content) if content.startswith(JPEG_SIGNATURE) else None
    return Picture("image/jpeg", *size) if size else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == _JPEG_MARKER:
        marker = content[at + 1]
        if marker in _JPEG_SIZE_MARKERS:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None


def plain_png(width: int, height: int) -> bytes:
    """A grey PNG of this size in pixels: what a simulated phone sends as a photo."""
    row = b"\x00" + b"\xb8" * width
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(row * height)), (b"IEND", b""))
    return PNG_SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
