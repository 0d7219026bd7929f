"""The command `run`: the bot itself, with what it should tell its administrator at the start."""

from __future__ import annotations

import asyncio

from bot.commands.on_hold import say_on_hold
from bot.compose import make_deps
from bot.event_loop import run_fast
from bot.house import Duties, House
from bot.logs import set_up_logs
from bot.memory import settle
from bot.safety import refuse_unsafe
from bot.settings import Settings, load_settings
from bot.stopping import stop_when_asked
from bot.terminal import err
from bot.vitals import Vitals
from bot.whose_clock import sandbox_clock


def run(*, without_ticker: bool, without_release: bool) -> None:
    """Serve until somebody stops it. Raises what `bot.refused` and `storage.errors` hold, before anything is sent."""
    settings = load_settings()
    vitals = Vitals()
    set_up_logs(level=settings.log_level, form=settings.log_format, failed=vitals.failed)
    if not without_release:
        err.print("Let op: dit proces leest ook de geheime sleutels. Zie docs/beheer.md voor een apart proces.")
    run_fast(_serve(settings, Duties(ticker=not without_ticker, release=not without_release), vitals))


async def _serve(settings: Settings, duties: Duties, vitals: Vitals) -> None:
    stopping = stop_when_asked()
    following = await sandbox_clock(settings.telegram_api_url)
    deps = make_deps(settings, clock=following)
    await asyncio.to_thread(refuse_unsafe, deps.storage, opens=duties.release, slots=True)
    if deps.storage.is_new:
        err.print(f"Nieuwe, lege database gemaakt: {settings.shown_database}", markup=False, soft_wrap=True)
    if not duties.release and deps.storage.keys.can_open():
        err.print("Let op: deze gebruiker kan ook bij de geheime sleutels. Zie docs/beheer.md voor twee gebruikers.")
    if deps.storage.hold.is_on:
        say_on_hold()
    house = House(deps, settings, duties=duties, following=following, vitals=vitals)
    settle()
    await house.run(stopping)
    if following is not None:
        await following.close()
