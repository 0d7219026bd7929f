"""The dialogues that the product comes with, checked and read once per process: most tests only look at them."""

from __future__ import annotations

from functools import cache

from dialogues.authoring.library import Library
from dialogues.authoring.loader import load_library, shipped_folder
from dialogues.authoring.reading import ContentFile, read_folder


@cache
def shipped() -> Library:
    """The same library for every test; a test about loading loads its own."""
    return load_library()


@cache
def shipped_files() -> tuple[ContentFile, ...]:
    """Its files as they were read, in order of name."""
    return tuple(read_folder(shipped_folder())[0])
