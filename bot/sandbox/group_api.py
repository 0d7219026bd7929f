"""Group chats over HTTP, as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox import groups
from bot.sandbox.errors import ApiError
from bot.sandbox.phone_api import json_body, number, query_number
from bot.sandbox.showing import shown_chat

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.state import SandboxState


class GroupApi:
    """Lets people use groups with the bot in them.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Every address of the groups."""
        return [
            Route("/groups", self.add_group, methods=["POST"]),
            Route("/groups/{chat}/messages", self.group_messages, methods=["GET"]),
            Route("/groups/{chat}/send", self.group_send, methods=["POST"]),
            Route("/groups/{chat}/migrate", self.group_migrate, methods=["POST"]),
        ]

    async def add_group(self, request: Request) -> Response:
        """Make a group with the bot in it: {"title", "members": [ids]}."""
        body = await json_body(request)
        members = body.get("members")
        if not isinstance(members, list) or not all(isinstance(member, int) for member in members):
            raise ApiError(400, '"members" must be a list of user ids')
        chat = groups.create_group(self._state, title=str(body.get("title") or "Groep"), members=members)
        return JSONResponse({"id": chat.id}, status_code=201)

    async def group_messages(self, request: Request) -> Response:
        """A group as its members see it."""
        chat = groups.group_of(self._state, _path_number(request, "chat"))
        return JSONResponse(shown_chat(self._state, chat, since=query_number(request, "since")))

    async def group_send(self, request: Request) -> Response:
        """Write in a group: {"user", "text"}; tells whether the bot gets to see it."""
        body = await json_body(request)
        seen = groups.send_to_group(
            self._state,
            _path_number(request, "chat"),
            user_id=number(body, "user"),
            text=str(body.get("text") or ""),
        )
        return JSONResponse({"bot_sees_it": seen})

    async def group_migrate(self, request: Request) -> Response:
        """Turn a group into a supergroup."""
        return JSONResponse({"id": groups.migrate(self._state, _path_number(request, "chat")).id})


def _path_number(request: Request, name: str) -> int:
    try:
        return int(request.path_params[name])
    except ValueError:
        raise ApiError(404, "no such group") from None
