"""Moving the sandbox clock from one of the bot's moments to the next, waiting until everybody is done."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.state import SandboxState

NEXT_WAIT_SECONDS = 6.0
STEP_WAIT_SECONDS = 20.0
RUSH = 0.25
WALK_WAIT_SECONDS = 180.0
STEPS_LIMIT = 400
JUST_PAST = timedelta(seconds=1)
NOBODY = "no bot has announced its next moment yet"


class Walker:
    """Jumps from moment to moment, one walk at a time.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._busy = asyncio.Lock()

    @property
    def walking(self) -> bool:
        """Whether a walk is under way."""
        return self._busy.locked()

    async def settle(self, *, seconds: float = STEP_WAIT_SECONDS) -> bool:
        """Wait until nothing is under way, at most so many real seconds; tell whether that came true.

        The clock itself makes a moment overdue without any change to wake up for, but never makes it settled.
        """
        self._state.awaited += 1
        self._state.changes.nudge()
        try:
            return await self._state.changes.wait_until(self._state.settled, seconds=seconds)
        finally:
            self._state.awaited -= 1

    async def to_next(self) -> bool:
        """Jump to the bot's next moment.

        Returns:
            Whether the clock moved.

        Raises:
            ApiError: 409 when no moment is known, or while another walk goes on.
        """
        async with self._alone():
            await self.settle(seconds=NEXT_WAIT_SECONDS)
            moment = self._next()
            if moment is None:
                raise ApiError(409, NOBODY)
            return self._jump(moment)

    async def to_maandbeeld(self) -> bool:
        """Step from moment to moment until the first maandbeeld has passed and everybody is done.

        Returns:
            Whether it got there within the bounds on steps and real time.

        Raises:
            ApiError: 409 when no bot announces its moments, or while another walk goes on.
        """
        async with self._alone():
            self._state.rush = RUSH
            try:
                return await self._walk()
            finally:
                self._state.rush = 1.0

    async def _walk(self) -> bool:
        deadline = time.monotonic() + WALK_WAIT_SECONDS
        target: datetime | None = None
        for _ in range(STEPS_LIMIT):
            await self.settle(seconds=min(STEP_WAIT_SECONDS, deadline - time.monotonic()))
            target = self._nearest(target)
            if target is not None and self._state.clock.now() >= target:
                return self._state.settled()
            moment = self._next()
            if moment is None and target is None:
                raise ApiError(409, NOBODY)
            if time.monotonic() >= deadline:
                break
            self._jump(min(known for known in (moment, target) if known is not None))
        return False

    def _alone(self) -> asyncio.Lock:
        if self._busy.locked():
            raise ApiError(409, "the clock is on its way already")
        return self._busy

    def _next(self) -> datetime | None:
        said = self._state.clock.announced
        return None if said is None else said.next

    def _nearest(self, target: datetime | None) -> datetime | None:
        said = self._state.clock.announced
        known = [moment for moment in (target, said.maandbeeld if said else None) if moment is not None]
        return min(known, default=None)

    def _jump(self, moment: datetime) -> bool:
        moved = self._state.clock.jump(moment + JUST_PAST)
        self._state.changes.note("clock")
        return moved
