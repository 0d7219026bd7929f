"""The Bot API over HTTP: `/bot<token>/<method>` and the download of files."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from bot.sandbox.arguments import Arguments, UploadedFile
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.faults import Fault, too_many_requests
from bot.sandbox.methods import METHODS

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.state import SandboxState

TOKEN_SHAPE = re.compile(r"\d+:[A-Za-z0-9_-]+")
NOT_FOUND = ApiError(404, "Not Found")
UNAUTHORIZED = ApiError(401, "Unauthorized")


class BotApi:
    """Answers Bot API calls out of one sandbox.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    async def call(self, request: Request) -> Response:
        """Perform one method. A mistake of the caller is answered as Telegram answers it."""
        try:
            self._check_token(request.path_params["token"])
            name = str(request.path_params["method"]).lower()
            method = METHODS.get(name)
            if method is None:
                raise NOT_FOUND
            arguments = await read_arguments(request)
            fault = self._fault(name, arguments)
            far = fault.seconds if fault is not None and fault.kind == "far" else 0.0
            await asyncio.sleep(far / 2)
            if fault is not None and fault.kind not in {"timeout_after", "far"}:
                await self._fail(fault)
            result = await method(self._state, arguments)
            if fault is not None and fault.kind != "far":
                await self._fail(fault)
            await asyncio.sleep(far / 2)
        except ApiError as error:
            return JSONResponse(error.body(), status_code=error.code)
        except ClientDisconnect:
            # The bot died halfway its call; there is nobody to answer.
            return Response(status_code=400)
        return JSONResponse({"ok": True, "result": result})

    async def download(self, request: Request) -> Response:
        """Hand over a file by its `file_path`."""
        try:
            self._check_token(request.path_params["token"])
        except ApiError as error:
            return JSONResponse(error.body(), status_code=error.code)
        path = request.path_params["path"]
        for file in self._state.files.values():
            if file.path == path:
                return Response(file.content, media_type="application/octet-stream")
        return JSONResponse(NOT_FOUND.body(), status_code=404)

    def _check_token(self, token: str) -> None:
        if not TOKEN_SHAPE.fullmatch(token):
            raise NOT_FOUND
        if token != self._state.token:
            raise UNAUTHORIZED

    def _fault(self, method: str, arguments: Arguments) -> Fault | None:
        if not self._state.faults.injected:
            return None
        fault = self._state.faults.pick(method, arguments.integer("chat_id"))
        if fault is not None:
            self._state.changes.nudge()
        return fault

    async def _fail(self, fault: Fault) -> None:
        if fault.kind == "429":
            raise too_many_requests(fault.retry_after)
        if fault.kind == "5xx":
            raise ApiError(502, "Bad Gateway")
        closing = self._state.changes
        await closing.wait_until(lambda: closing.closed, seconds=fault.seconds)
        raise ApiError(504, "Gateway Timeout")


async def read_arguments(request: Request) -> Arguments:
    """The parameters of a call: from the address, then from JSON, a form or multipart.

    Raises:
        ApiError: the body is JSON that cannot be read.
    """
    values: dict[str, object] = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise bad_request("can't parse request: object expected") from None
        if not isinstance(body, dict):
            raise bad_request("can't parse request: object expected")
        return Arguments({**values, **body})
    files: dict[str, UploadedFile] = {}
    async with request.form(max_part_size=60 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime = value.content_type or "application/octet-stream"
                files[name] = UploadedFile(value.filename or name, mime, await value.read())
            else:
                values[name] = value
    return Arguments(values, files)
