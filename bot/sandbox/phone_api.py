"""The phones over HTTP, as JSON: for the page and for tests. Refusals look like {"error": sentence}."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import phones
from bot.sandbox.errors import ApiError
from bot.sandbox.model import SandboxUser
from bot.sandbox.showing import shown_chat, shown_phone

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.state import SandboxState

EVENTS_WAIT_SECONDS = 25.0
EVENTS_WAIT_LIMIT_SECONDS = 60.0


async def json_body(request: Request) -> dict[str, object]:
    """The JSON object of a request; an empty body is an empty object. Raises ApiError for anything else."""
    raw = await request.body()
    if not raw:
        return {}
    try:
        body = await request.json()
    except ValueError:
        raise ApiError(400, "the body must be JSON") from None
    if not isinstance(body, dict):
        raise ApiError(400, "the body must be a JSON object")
    return body


async def refusal(request: Request, error: Exception) -> Response:  # noqa: ARG001 - what Starlette hands over
    """A refusal as its status code and a sentence. Raises what is no refusal."""
    if not isinstance(error, ApiError):
        raise error
    return JSONResponse({"error": error.description}, status_code=error.code)


def number(body: dict[str, object], name: str) -> int:
    """A whole number out of a JSON object. Raises ApiError when it is absent."""
    value = body.get(name)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ApiError(400, f'"{name}" must be a whole number')
    return value


class PhoneApi:
    """Lets people use their phones.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Every address of the phone API."""
        return [
            Route("/phones", self.list_phones, methods=["GET"]),
            Route("/phones", self.add_phone, methods=["POST"]),
            Route("/phones/files/{file_id}/{name}", self.file, methods=["GET"]),
            Route("/phones/{user:int}/messages", self.messages, methods=["GET"]),
            Route("/phones/{user:int}/answers", self.answers, methods=["GET"]),
            Route("/phones/{user:int}/{act}", self.act, methods=["POST"]),
            Route("/events", self.events, methods=["GET"]),
        ]

    async def list_phones(self, request: Request) -> Response:  # noqa: ARG002 - one shape for all
        """Everybody with a phone."""
        shown = [shown_phone(self._state, phone) for phone in self._state.phones.values()]
        return JSONResponse({"last": self._state.changes.last, "phones": shown})

    async def add_phone(self, request: Request) -> Response:
        """Add somebody: {"id", "name", "caption"?}."""
        body = await json_body(request)
        user = SandboxUser(
            number(body, "id"), str(body.get("name") or "Iemand"), caption=str(body.get("caption") or "")
        )
        try:
            phone = self._state.add_user(user)
        except ValueError as error:
            raise ApiError(409, str(error)) from None
        return JSONResponse(shown_phone(self._state, phone), status_code=201)

    async def messages(self, request: Request) -> Response:
        """The chat with the bot as this phone shows it; `?since=` gives only what changed."""
        phone = phones.phone_of(self._state, request.path_params["user"])
        chat = self._state.chats[phone.user.id]
        shown = shown_chat(self._state, chat, since=query_number(request, "since"))
        return JSONResponse({**shown, "phone": shown_phone(self._state, phone)})

    async def answers(self, request: Request) -> Response:
        """The texts answerCallbackQuery showed; `?since=` gives the later ones."""
        phone = phones.phone_of(self._state, request.path_params["user"])
        since = query_number(request, "since")
        answers = self._state.answers.get(phone.user.id, [])
        shown = [answer.as_json() for answer in answers if answer.seq > since]
        return JSONResponse({"last": self._state.changes.last, "answers": shown})

    async def act(self, request: Request) -> Response:
        """Let somebody do something: send, tap, edit, send_photo, send_voice, send_document, block and the like."""
        user = phones.phone_of(self._state, request.path_params["user"]).user.id
        body = await json_body(request)
        act = request.path_params["act"]
        if act == "tap":
            query = phones.tap(
                self._state,
                user,
                number(body, "message_id"),
                str(body.get("data") or ""),
                forged=body.get("forged") is True,
                chat_id=number(body, "chat_id") if "chat_id" in body else None,
            )
            return JSONResponse({"callback_id": query})
        message = self._send(act, user, body)
        if message is not None:
            return JSONResponse({"message_id": message})
        self._settle(act, user, body)
        return JSONResponse({"ok": True})

    def _send(self, act: str, user: int, body: dict[str, object]) -> int | None:
        state = self._state
        text = str(body.get("text") or "")
        if act == "send":
            return phones.send_text(state, user, text).id
        if act == "edit":
            return phones.edit_text(state, user, number(body, "message_id"), text).id
        if act == "send_photo":
            return phones.send_photo(state, user, caption=str(body.get("caption") or "")).id
        if act == "send_voice":
            return phones.send_voice(state, user).id
        if act == "send_document":
            name = str(body.get("name") or "document.txt")
            mime = str(body.get("mime") or "application/octet-stream")
            return phones.send_document(state, user, name=name, mime=mime, content=_bytes(body)).id
        return None

    def _settle(self, act: str, user: int, body: dict[str, object]) -> None:
        if act in {"block", "unblock"}:
            phones.block(self._state, user, blocked=act == "block")
        elif act == "deactivate":
            phones.deactivate(self._state, user)
        elif act == "link":
            try:
                self._state.offer_link(user, str(body.get("payload") or ""))
            except ValueError as error:
                raise ApiError(400, str(error)) from None
        else:
            raise ApiError(404, f"a phone cannot {act}")

    async def file(self, request: Request) -> Response:
        """A file out of a chat, to show or to open; always as the harmless thing it is."""
        file = self._state.files.get(request.path_params["file_id"])
        if file is None:
            return JSONResponse({"error": "no such file"}, status_code=404)
        shown = file.mime in {"image/png", "image/jpeg", "application/pdf"}
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=3600"}
        if not shown:
            headers["Content-Disposition"] = "attachment"
        return Response(file.content, media_type=file.mime if shown else "application/octet-stream", headers=headers)

    async def events(self, request: Request) -> Response:
        """Wait for changes after `?since=`, at most `?timeout=` real seconds; with `?chat=` for what that one shows."""
        changes = self._state.changes
        since, chat = query_number(request, "since"), query_number(request, "chat")
        timeout = float(request.query_params.get("timeout", EVENTS_WAIT_SECONDS))
        await changes.wait_until(lambda: changes.newest(chat) > since, seconds=min(timeout, EVENTS_WAIT_LIMIT_SECONDS))
        return JSONResponse({"last": changes.last, "events": [change.as_json() for change in changes.since(since)]})


def query_number(request: Request, name: str) -> int:
    """A whole number out of the address, 0 when absent. Raises ApiError when it is something else."""
    try:
        return int(request.query_params.get(name, "0"))
    except ValueError:
        raise ApiError(400, f'"{name}" must be a whole number') from None


def _bytes(body: dict[str, object]) -> bytes:
    encoded = body.get("content_base64")
    if encoded is None:
        return str(body.get("text") or "").encode()
    try:
        return base64.b64decode(str(encoded), validate=True)
    except binascii.Error:
        raise ApiError(400, '"content_base64" is no base64') from None
