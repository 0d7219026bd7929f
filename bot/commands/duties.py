"""The commands `tick` and `release`: the duties of the bot in a process that talks to nobody."""

from __future__ import annotations

import asyncio

from bot.commands.on_hold import say_on_hold
from bot.compose import make_deps
from bot.logs import set_up_logs
from bot.looping import Loop
from bot.memory import settle
from bot.offline import offline_settings
from bot.safety import refuse_unsafe
from bot.settings import Settings
from bot.stopping import stop_when_asked
from bot.ticking import RELEASE, TICKER, Duty
from bot.vitals import Vitals
from bot.whose_clock import sandbox_clock


def tick(*, once: bool) -> None:
    """Open rounds and make maandbeelden, again and again or once. Raises what `run` raises."""
    _loop(TICKER, once=once, opens=False)


def release(*, once: bool) -> None:
    """End rounds, again and again or once. Raises what `run` raises."""
    _loop(RELEASE, once=once, opens=True)


def _loop(duties: tuple[Duty, ...], *, once: bool, opens: bool) -> None:
    settings, vitals = offline_settings(), Vitals()
    set_up_logs(level=settings.log_level, form=settings.log_format, failed=vitals.failed)
    asyncio.run(_repeat(settings, vitals, duties, once=once, opens=opens))


async def _repeat(settings: Settings, vitals: Vitals, duties: tuple[Duty, ...], *, once: bool, opens: bool) -> None:
    stopping = stop_when_asked()
    following = await sandbox_clock(settings.telegram_api_url)
    deps = make_deps(settings, clock=following)
    await asyncio.to_thread(refuse_unsafe, deps.storage, opens=opens, slots=not opens)
    loop = Loop(
        deps=deps,
        settings=settings,
        duties=duties,
        opens=opens,
        say_on_hold=say_on_hold,
        following=following,
        vitals=vitals,
    )
    if not once:
        settle()
    await loop.run(stopping, once=once)
    if following is not None:
        await following.close()
