"""The sandbox clock over HTTP: read it, move it, and hear from the bot what comes next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.clock import Announcement
from bot.sandbox.errors import ApiError
from bot.sandbox.phone_api import json_body
from bot.sandbox.stepping import Walker

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.state import SandboxState

SETTLE_WAIT_SECONDS = 30.0
ADVANCE_LIMIT_SECONDS = 10 * 366 * 86_400


class ClockApi:
    """Shows and moves the clock.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._walker = Walker(state)

    def routes(self) -> list[Route]:
        """Every address of the clock."""
        return [
            Route("/clock", self.show, methods=["GET"]),
            Route("/clock", self.move, methods=["POST"]),
            Route("/clock/settled", self.settled, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:
        """The clock as it stands; `?patience=` waits so many real seconds at most until somebody waits for the bot."""
        patience = float(request.query_params.get("patience", 0.0))
        await self._state.changes.wait_until(self._state.awaits_the_bot, seconds=min(patience, SETTLE_WAIT_SECONDS))
        return JSONResponse(self._shown())

    async def settled(self, request: Request) -> Response:
        """Wait until nothing is under way, at most `?timeout=` real seconds, and show the clock."""
        seconds = float(request.query_params.get("timeout", SETTLE_WAIT_SECONDS))
        await self._walker.settle(seconds=min(seconds, SETTLE_WAIT_SECONDS))
        return JSONResponse(self._shown())

    async def move(self, request: Request) -> Response:
        """Move the clock or announce moments; the answer shows the clock after it."""
        try:
            body = await json_body(request)
            moved = await self._moved(body)
        except ApiError as error:
            return JSONResponse({"error": error.description, **self._shown()}, status_code=error.code)
        return JSONResponse({**self._shown(), "moved": moved})

    async def _moved(self, body: dict[str, object]) -> bool:
        if "announce" in body:
            return self._hear(body["announce"])
        if body.get("to") == "next":
            return await self._walker.to_next()
        if body.get("to") == "maandbeeld":
            return await self._walker.to_maandbeeld()
        if "at" in body:
            return self._jump(_moment(body["at"], "at"), allow_backwards=body.get("allow_backwards") is True)
        seconds = body.get("advance_seconds")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise ApiError(400, 'say "advance_seconds" (0 or more), "to" ("next" or "maandbeeld"), "at" or "announce"')
        if seconds > ADVANCE_LIMIT_SECONDS:
            raise ApiError(400, "that is more than ten years")
        return self._jump(self._state.clock.now() + timedelta(seconds=seconds))

    def _jump(self, moment: datetime, *, allow_backwards: bool = False) -> bool:
        if self._walker.walking:
            raise ApiError(409, "the clock is on its way already")
        moved = self._state.clock.jump(moment, allow_backwards=allow_backwards)
        if not moved:
            raise ApiError(409, "the clock does not run backwards")
        self._state.changes.note("clock")
        return moved

    def _hear(self, said: object) -> bool:
        if not isinstance(said, dict):
            raise ApiError(400, '"announce" must be an object')
        before = self._state.clock.announced
        self._state.clock.announced = Announcement(
            as_of=_moment(said.get("as_of"), "as_of"),
            next=_optional_moment(said.get("next"), "next"),
            maandbeeld=_optional_moment(said.get("maandbeeld"), "maandbeeld"),
            idle=said.get("idle") is True,
        )
        self._wake_up(before)
        return False

    def _wake_up(self, before: Announcement | None) -> None:
        """Let those who wait look again; the page only hears of it when something it shows changed."""
        now = self._state.clock.announced
        changed = (
            before is None
            or now is None
            or (before.next, before.maandbeeld, before.idle) != (now.next, now.maandbeeld, now.idle)
        )
        if changed:
            self._state.changes.note("announced")
        else:
            self._state.changes.nudge()

    def _shown(self) -> dict[str, object]:
        said = self._state.clock.announced
        return {
            "now": self._state.clock.now().isoformat(),
            "sandbox": True,
            "in_a_hurry": self._state.in_a_hurry,
            "next": said.next.isoformat() if said and said.next else None,
            "maandbeeld": said.maandbeeld.isoformat() if said and said.maandbeeld else None,
            "settled": self._state.settled(),
            "announced_at": said.as_of.isoformat() if said else None,
            "walking": self._walker.walking,
        }


def _moment(value: object, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        raise ApiError(400, f'"{name}" must be an ISO moment') from None
    if moment.tzinfo is None:
        raise ApiError(400, f'"{name}" must say its time zone')
    return moment.astimezone(UTC)


def _optional_moment(value: object, name: str) -> datetime | None:
    return None if value is None else _moment(value, name)
