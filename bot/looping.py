"""The processes beside the bot: `tick` and `release` do their duties again and again, until they are stopped."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog

from bot.settings import Settings
from bot.ticking import Duty
from bot.usecases.deps import Deps
from bot.usecases.lost_rounds import end_unopenable
from bot.usecases.replay_erasures import replay_erasures
from bot.usecases.see_health import see_health
from bot.vitals import Vitals
from bot.web.telling import telling

if TYPE_CHECKING:
    from bot.following import FollowedClock

log = structlog.get_logger()
LOOP_SECONDS: Final = 30.0
"""Real seconds between two rounds of duties: well within the minute in which a key must be gone."""
FOLLOWING_SECONDS: Final = 1.0
"""Real seconds between them under a sandbox, whose clock can jump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """One process that does duties and talks to nobody.

    Args:
        duties: What is done, in order; each does all that is due.
        opens: Whether it opens envelopes; otherwise it opens rounds.
        say_on_hold: Tells that a restored database waits for an administrator.
    """

    deps: Deps
    settings: Settings
    duties: tuple[Duty, ...]
    opens: bool
    say_on_hold: Callable[[], None]
    following: FollowedClock | None = None
    vitals: Vitals = field(default_factory=Vitals)

    async def run(self, stopping: asyncio.Event, *, once: bool) -> None:
        """Do the duties until ``stopping`` is set; a duty that failed is tried again in the next round.

        With ``once`` it ends after one round, and the first error comes out. Raises BeingReplaced when a copy is
        being put back.
        """
        look = partial(see_health, self.deps, sends=False, opens=self.opens, slots=not self.opens)
        with self.deps.storage.at_work() as stay:
            async with telling(look, self.vitals, at=None if once else self.settings.health_door):
                # The list of the erased is the bot's; the opener may be another user.
                if not self.opens or self.deps.storage.erasures.is_within_reach():
                    await asyncio.to_thread(replay_erasures, self.deps)
                if self.opens:
                    await asyncio.to_thread(end_unopenable, self.deps)  # on hold too: nobody can answer there
                log.info("started")
                await self._again_and_again(stopping, stay, once=once)

    async def _again_and_again(self, stopping: asyncio.Event, stay: Callable[[], None], *, once: bool) -> None:
        while not stopping.is_set():
            await asyncio.to_thread(stay)
            if self.following is not None:
                await self.following.look()
            errors = await self._round(stopping)
            if once:
                if errors:
                    raise errors[0]
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), FOLLOWING_SECONDS if self.following else LOOP_SECONDS)

    async def _round(self, stopping: asyncio.Event) -> list[Exception]:
        """Every duty; when one fails the others go on."""
        errors: list[Exception] = []
        try:
            on_hold = self.deps.storage.hold.is_on
        except OSError as error:  # its disk cannot be looked at now; nothing is done before that is known
            log.warning("tick_failed", duty="hold", reason=type(error).__name__)
            return [error]
        if on_hold:
            self.say_on_hold()
        for duty in () if on_hold else self.duties:
            if stopping.is_set():
                break
            try:
                await asyncio.to_thread(duty, self.deps)
            except Exception as error:  # noqa: BLE001 - whatever it is, the other duties must not wait for it
                log.warning("tick_failed", duty=duty.__name__, reason=type(error).__name__)
                errors.append(error)
        self.vitals.ticked()
        return errors
