"""The dialogues that the product comes with, checked and read once per process: most tests only look at them."""

from __future__ import annotations

from functools import cache

from dialogues.authoring.library import Library
from dialogues.authoring.loader import load_library


@cache
def shipped() -> Library:
    """The same library for every test; a test about loading loads its own."""
    return load_library()
