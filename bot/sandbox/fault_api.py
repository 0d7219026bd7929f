"""Faults on request: limits off, 429, 5xx, lost answers, updates that come again; and what waits for the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.sandbox.errors import ApiError
from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.phone_api import json_body

if TYPE_CHECKING:
    from starlette.requests import Request

    from bot.sandbox.state import SandboxState

KINDS: tuple[FaultKind, ...] = get_args(FaultKind)


class FaultApi:
    """Lets a test make Telegram's bad days.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Every address of the faults."""
        return [
            Route("/faults", self.show, methods=["GET"]),
            Route("/faults", self.inject, methods=["POST"]),
            Route("/faults", self.clear, methods=["DELETE"]),
            Route("/updates/pending", self.pending, methods=["GET"]),
        ]

    async def show(self, request: Request) -> Response:  # noqa: ARG002 - one shape for all
        """The faults that are still to strike."""
        return JSONResponse(self._shown())

    async def inject(self, request: Request) -> Response:
        """Add a fault, or switch the limiter or the privacy mode of groups, or lose confirmations.

        {"kind": "429" | "5xx" | "timeout_before" | "timeout_after" | "far", "method"?, "chat_id"?, "times"?: n or null,
        "share"?: 0..1, "retry_after"?, "seconds"?}; {"kind": "redeliver", "times": n, "updates"?: m};
        {"limiter": bool}; {"privacy_mode": bool}.
        """
        self._add(await json_body(request))
        return JSONResponse(self._shown())

    async def clear(self, request: Request) -> Response:  # noqa: ARG002 - one shape for all
        """Forget every fault; the limiter stays as it is."""
        self._state.faults.injected.clear()
        self._state.updates.redeliver_next = 0
        return JSONResponse(self._shown())

    async def pending(self, request: Request) -> Response:  # noqa: ARG002 - one shape for all
        """How many updates the bot has not confirmed."""
        return JSONResponse({"count": len(self._state.updates.pending)})

    def _add(self, body: dict[str, object]) -> None:
        if "limiter" in body:
            self._state.faults.limiter = body["limiter"] is True
        if "privacy_mode" in body:
            self._state.privacy_mode = body["privacy_mode"] is True
        kind = body.get("kind")
        if kind is None:
            return
        if kind == "redeliver":
            self._state.updates.redeliver = _count(body, "times", 2)
            self._state.updates.redeliver_next = _count(body, "updates", 1)
            return
        known = next((known for known in KINDS if known == kind), None)
        if known is None:
            raise ApiError(400, f'"kind" must be one of {", ".join(KINDS)}, redeliver')
        fault = Fault(
            known,
            method=str(body.get("method") or "").lower(),
            chat_id=_count(body, "chat_id", 0),
            times=None if "times" in body and body["times"] is None else _count(body, "times", 1),
            share=_measure(body, "share", 1.0),
            retry_after=_count(body, "retry_after", 1),
            seconds=_measure(body, "seconds", 30.0),
        )
        self._state.faults.injected.append(fault)

    def _shown(self) -> dict[str, object]:
        faults = self._state.faults
        return {
            "limiter": faults.limiter,
            "privacy_mode": self._state.privacy_mode,
            "faults": [
                {"kind": fault.kind, "method": fault.method, "chat_id": fault.chat_id, "times": fault.times}
                for fault in faults.injected
                if fault.times != 0
            ],
        }


def _count(body: dict[str, object], name: str, default: int) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ApiError(400, f'"{name}" must be a whole number')
    return value


def _measure(body: dict[str, object], name: str, default: float) -> float:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ApiError(400, f'"{name}" must be a number')
    return float(value)
