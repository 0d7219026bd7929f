"""The sandbox in one go: a Telegram on this machine with phones, a clock and people, and what works beside it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.sandbox import DEFAULT_TOKEN, SandboxUser, create_server

Say: TypeAlias = Callable[[str], None]
"""Tells something to whoever started it."""
Beside: TypeAlias = Callable[[str, asyncio.Event, Say], Awaitable[None]]
"""Works at the sandbox of this address until it is asked to stop."""

AMSTERDAM: Final = ZoneInfo("Europe/Amsterdam")
COORDINATOR: Final = SandboxUser(id=101, name="Carla de Wit", caption="Coördinator")
LEAD: Final = SandboxUser(id=102, name="Tom Bakker", caption="Teamleider")
NURSE: Final = SandboxUser(id=103, name="Noor Visser", caption="Jeugdverpleegkundige")
TEAM_WORKER: Final = SandboxUser(id=104, name="Wim Jansen", caption="Wijkteam")
COUNSELOR: Final = SandboxUser(id=105, name="Fatima El Amrani", caption="Intern begeleider")
COLLEAGUES: Final = (
    SandboxUser(
        id=111, name="Anne", auto=True, temperament="positive", wishes=("JGZ", "Jeugdverpleegkundige", "Langer")
    ),
    SandboxUser(id=112, name="Bram", auto=True, temperament="mixed", wishes=("JGZ", "Jeugdarts", "Half tot")),
    SandboxUser(
        id=113, name="Chantal", auto=True, temperament="critical", wishes=("buurtteam", "Maatschappelijk", "Langer")
    ),
    SandboxUser(
        id=114, name="Driss", auto=True, temperament="busy", wishes=("buurtteam", "Jeugdhulpverlener", "Half tot")
    ),
    SandboxUser(id=115, name="Els", auto=True, temperament="starter", wishes=("Onderwijs", "Leerkracht", "Korter")),
    SandboxUser(
        id=116, name="Farid", auto=True, temperament="unaware", wishes=("Onderwijs", "Zorgcoördinator", "Langer")
    ),
)


async def play(*, port: int, hurry: float, say: Say, beside: Beside | None = None) -> None:
    """Serve the sandbox until it is interrupted; with nothing beside it, `run` can be attached to it."""
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    cast = (COORDINATOR, LEAD, NURSE, TEAM_WORKER, COUNSELOR, *COLLEAGUES)
    server = create_server(start_at=first_monday(datetime.now(UTC)), cast=cast, port=port, hurry=hurry)
    await server.start()
    try:
        if beside is not None:
            await beside(server.url, stopping, say)
        else:
            say(f"De proeftuin staat klaar op {server.url} (zonder bot; het token is {DEFAULT_TOKEN}).")
            await stopping.wait()
    finally:
        await server.stop()


def first_monday(now: datetime) -> datetime:
    """The first Monday of next month, at a quarter to nine in Amsterdam: a whole month of rounds lies ahead."""
    day: date = (now.astimezone(AMSTERDAM).date().replace(day=1) + timedelta(days=32)).replace(day=1)
    while day.weekday() != 0:
        day += timedelta(days=1)
    return datetime.combine(day, time(8, 45), AMSTERDAM).astimezone(UTC)
