"""How often Python searches its memory for rubbish: seldom, for what is loaded at the start is no rubbish and stays."""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 20_000
"""Objects between two searches of the youngest ones; one tap makes some thousands, and nearly all go by themselves."""
OLDER: Final = 50


def search_seldom() -> None:
    """Call before anything is loaded: by itself Python searched so often that it took a quarter of each start."""
    gc.set_threshold(YOUNG, OLDER, OLDER)


def settle() -> None:
    """Call when everything is loaded: what is here now stays, so the search for rubbish passes it over from now on.

    Without it each full search walks the dialogues, the tables and the libraries, and every tap of that moment waits.
    """
    gc.collect()
    gc.freeze()
    search_seldom()
