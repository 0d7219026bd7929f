"""As little HTTP as a Bot API server needs: keep-alive, a length, a body; no strictness, for that costs time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, Final, cast
from urllib.parse import parse_qsl

_END: Final = b"\r\n\r\n"
_LENGTH: Final = b"content-length:"
_CHUNKED: Final = b"transfer-encoding: chunked"

Reply = Callable[[str], None]
"""Answers one request with JSON, now or later."""
Handle = Callable[[str, dict[str, Any], Reply], None]
"""Takes the path and the parameters of a request."""


class Connection(asyncio.Protocol):
    """One client. Requests are handled one by one; each is answered before the next is read."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody called."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        """They hung up; a reply that comes later goes nowhere."""
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Collect until a request is whole."""
        self._buffer += data
        end = self._buffer.find(_END)
        if end < 0:
            return
        head = self._buffer[:end]
        lower = head.lower()
        if _CHUNKED in lower:
            raise ValueError("a body in chunks is not expected here")
        at = lower.find(_LENGTH)
        length = int(lower[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        begin = end + len(_END)
        if len(self._buffer) < begin + length:
            return
        body, self._buffer = self._buffer[begin : begin + length], self._buffer[begin + length :]
        path = head.split(b" ", 2)[1].decode()
        self._handle(path, _parameters(lower, body), self._reply)

    def _reply(self, content: str) -> None:
        if self._transport is not None:
            body = content.encode()
            head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
            self._transport.write(head.encode() + body)


def _parameters(head: bytes, body: bytes) -> dict[str, Any]:
    if b"application/json" in head:
        said: dict[str, Any] = json.loads(body)
        return said
    if b"multipart/form-data" in head:
        return dict(_parts(head, body))
    return dict(parse_qsl(body.decode()))


def _parts(head: bytes, body: bytes) -> list[tuple[str, str]]:
    """The fields of a form; of a file only that it was there."""
    boundary = b"--" + head.split(b"boundary=", 1)[1].split(b"\r\n", 1)[0].strip(b'"')
    lowered = body.lower()
    found, at = [], lowered.find(boundary)
    while (after := lowered.find(boundary, at + len(boundary))) > 0:
        part = body[at + len(boundary) : after].strip(b"\r\n")
        above, _, content = part.partition(_END)
        name = above.split(b'name="', 1)[1].split(b'"', 1)[0].decode()
        found.append((name, content.decode(errors="replace") if b"filename=" not in above else ""))
        at = after
    return found
