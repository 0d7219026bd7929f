"""One author-facing check per file; a check looks at all content and gives the mistakes it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from dialogues.authoring.checks.shelf import Shelf
from dialogues.errors import Mistake

Check: TypeAlias = Callable[[Shelf], Iterator[Mistake]]

CHECKS: Final[tuple[Check, ...]] = ()
"""Every check that content must pass."""
