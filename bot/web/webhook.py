"""The webhook: Telegram posts an update, and is told 200 only after its effect is committed.

Who does not know the secret is turned away before a byte of the body is read. Nothing of a request is logged.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, no secret
LARGEST_BODY: Final = 1_000_000
"""Bytes. Telegram's updates are a few thousand; a text has at most 4096 characters."""

Take = Callable[[dict[str, Any]], Awaitable[None]]


class _Refused(Exception):
    """This request gets no further; holds the status to answer."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Webhook:
    """Judges one request at a time and hands on what Telegram sent.

    Args:
        secret: What only Telegram and this program know.
        take: Handles an update as it came, with a whole number as ``update_id``; returns when its effect is committed.
    """

    def __init__(self, *, secret: str, take: Take) -> None:
        self._secret = secret.encode()
        self._take = take

    async def __call__(self, request: Request) -> Response:
        """200 after the effect; 403 without the secret, 415 no JSON, 413 too large, 400 unreadable."""
        try:
            self._admit(request)
            update = _read(await _body(request))
        except _Refused as refused:
            return Response(status_code=refused.status)
        await self._take(update)
        return Response(status_code=200)

    def _admit(self, request: Request) -> None:
        """Only who knows the secret; how long the comparison takes tells nothing about it."""
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret):
            raise _Refused(403)


def build_app(webhook: Webhook, *, path: str, beside: Sequence[Route] = ()) -> Starlette:
    """The web application: POST to ``path``, and what is ``beside`` it; another method is 405, another path 404."""
    app = Starlette(routes=[Route(path, webhook.__call__, methods=["POST"]), *beside])
    app.router.redirect_slashes = False
    return app


async def _body(request: Request) -> bytes:
    """The body of a request with the right type, never more than LARGEST_BODY of it."""
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    if kind.strip().lower() != "application/json":
        raise _Refused(415)
    length = request.headers.get("Content-Length", "0")
    if not (length.isascii() and length.isdigit()):
        raise _Refused(400)
    if len(length) > len(str(LARGEST_BODY)) or int(length) > LARGEST_BODY:
        raise _Refused(413)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise _Refused(413)
    except ClientDisconnect:
        raise _Refused(400) from None
    return bytes(body)


def _read(body: bytes) -> dict[str, Any]:
    """The update as it came. Deeply nested JSON counts as unreadable too."""
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise _Refused(400) from None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        raise _Refused(400)
    return update
