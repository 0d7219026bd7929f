"""When Python searches its memory for rubbish: not while all is loaded, seldom while it works, and not at the end."""

from __future__ import annotations

import gc
from typing import Final

LOADING: Final = 500_000
"""Objects between two searches at first: more than any start makes, and nearly all of those are there to stay."""
YOUNG: Final = 20_000
"""Objects between two searches of the youngest ones; one tap makes some thousands, and nearly all go by themselves."""
OLDER: Final = 50


def begin() -> None:
    """Call before anything is loaded: by itself Python searched so often that it took a quarter of each start."""
    gc.set_threshold(LOADING, OLDER, OLDER)


def settle() -> None:
    """Call when everything is loaded: what is here now stays, so the search for rubbish passes it over from now on.

    Without it each full search walks the dialogues, the tables and the libraries, and every tap of that moment waits.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, OLDER, OLDER)


def end() -> None:
    """Call when the work is done: otherwise Python looks at all that is left once more, for a fifth of a second."""
    gc.freeze()
