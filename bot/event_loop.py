"""How a process that talks to people runs: the fastest event loop there is here, and a memory that is not searched."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine
from typing import Any, Final

YOUNG: Final = 20_000
"""Objects between two searches of the youngest ones; one tap makes some thousands, and nearly all go by themselves."""
OLDER: Final = 50


def run_fast(main: Coroutine[Any, Any, None]) -> None:
    """Run to the end, on uvloop where the platform has it."""
    if sys.platform == "win32":
        asyncio.run(main)
        return
    import uvloop

    uvloop.run(main)


def settle() -> None:
    """Call when everything is loaded: what is here now stays, so the search for rubbish passes it over from now on.

    Without it each full search walks the dialogues, the tables and the libraries, and every tap of that moment waits.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)
