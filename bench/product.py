"""The product as one process on a prepared town: `python -m bench.product FOLDER API_URL MOMENT`.

It is the house as `python -m bot run` starts it, but for the clock: the town's moment, so that its rounds are open.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path

from bench.town import MovedClock, settings_in
from bot.compose import make_deps
from bot.event_loop import run_fast, settle
from bot.house import House
from bot.logs import set_up_logs


async def serve(folder: Path, api_url: str, moment: datetime) -> None:
    """Serve until a signal."""
    settings = settings_in(folder, api_url=api_url)
    set_up_logs(level="WARNING", form="console")
    stopping = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    house = House(make_deps(settings, clock=MovedClock(moment)), settings)
    settle()
    await house.run(stopping)


if __name__ == "__main__":
    run_fast(serve(Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])))
