"""How much of a dialogue someone has time for."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """A way through a dialogue; each shorter one leaves questions out and counts what it asks just as fully."""

    FULL = "full"
    """Every question."""
    SHORT = "short"
    """The statement and the themes: the empty quarter of an hour ("Ik heb even")."""
    BRIEF = "brief"
    """The statement only, one tap: a busy day ("Drukte")."""

    def passes(self, shortest: Way) -> bool:
        """Whether this way passes a step that is still asked on the way ``shortest``, and on every longer one."""
        return _LENGTH[self] >= _LENGTH[shortest]


_LENGTH = {Way.BRIEF: 1, Way.SHORT: 2, Way.FULL: 3}
