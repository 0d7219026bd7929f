"""What the server of warm processes does once, so that no process that it forks does it: import, read, tidy up."""

from __future__ import annotations

import gc
import importlib
from typing import Final

from tests.support.shipped import shipped

LATER: Final = (
    "anyio._backends._asyncio",
    "anyio._core._synchronization",
    "apscheduler.triggers.interval",
    "bot.commands.copies",
    "bot.commands.duties",
    "bot.commands.people",
    "bot.commands.serving",
    "bot.following",
    "bot.web.server",
    "bot.web.webhook",
    "holidays.countries",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "uvloop",
)
"""What the product and its libraries import where they need it."""

for _name in LATER:
    importlib.import_module(_name)
shipped()
gc.collect()
gc.freeze()  # each process searches its memory for rubbish at its start
