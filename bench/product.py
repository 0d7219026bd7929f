"""The product as one process on a prepared town: `python -m bench.product FOLDER API_URL [MOMENT]`.

It is the house as `python -m bot run` starts it, but for the clock: the town's moment, so that its rounds are open.
Without a moment it follows the clock of the sandbox at that address, as `run` does.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path

from bench.town import MovedClock, settings_in
from bot.compose import make_deps
from bot.event_loop import run_fast
from bot.house import House
from bot.logs import set_up_logs
from bot.memory import settle
from bot.whose_clock import sandbox_clock


async def serve(folder: Path, api_url: str, moment: datetime | None) -> None:
    """Serve until a signal."""
    settings = settings_in(folder, api_url=api_url)
    set_up_logs(level="WARNING", form="console")
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    following = await sandbox_clock(api_url) if moment is None else None
    deps = make_deps(settings, clock=MovedClock(moment) if moment else following)
    house = House(deps, settings, following=following)
    settle()
    await house.run(stopping)
    if following is not None:
        await following.close()


if __name__ == "__main__":
    _, folder, api_url, *moment = sys.argv
    run_fast(serve(Path(folder), api_url, datetime.fromisoformat(moment[0]) if moment else None))
