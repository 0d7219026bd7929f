"""What the use cases need from the world and tests replace: the time, new names, and a people-proof secret."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return datetime.now(UTC)


class Ids(Protocol):
    """Makes names for new things."""

    def new(self) -> str:
        """A random id of 128 bits in 22 characters of ``A-Za-z0-9_-``: fits callback data and links."""
        ...

    def token(self) -> str:
        """A secret of 192 bits in 32 characters of ``A-Za-z0-9_-`` for an invitation link."""
        ...


class RandomIds:
    """Ids and tokens from the operating system's randomness."""

    def new(self) -> str:
        """A random id of 128 bits; it never begins with a dash, which a command line would take for an option."""
        made = secrets.token_urlsafe(16)
        return made if not made.startswith("-") else self.new()

    def token(self) -> str:
        """A secret of 192 bits."""
        return secrets.token_urlsafe(24)
