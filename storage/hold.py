"""Whether an installation is on hold: a restored database may say nothing until an administrator has looked at it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.disk import sync

PART: Final = "hold"
"""A folder in the key folder: there is one for each installation, and it is never part of a backup."""


class Hold:
    """A mark that survives every restart, for all processes of an installation.

    Args:
        folder: The key folder. Every process may pass through it and through this part, also one that may not list it;
            where the folder is the administrator's, this part is the bot's.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / PART / "on"

    def begin(self, now: datetime, *, copied_at: datetime) -> None:
        """Put the installation on hold; it is on the disk for good when this returns.

        ``copied_at``: when the copy was made that comes back, for whatever was taken back by people since.
        """
        self._path.parent.mkdir(mode=0o755, exist_ok=True)
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{now.isoformat()}\n{copied_at.isoformat()}\n")
            file.flush()
            os.fsync(file.fileno())
        sync(self._path.parent)

    @property
    def is_on(self) -> bool:
        """Whether nothing may be sent or opened now."""
        return self._path.exists()

    @property
    def copied_at(self) -> datetime | None:
        """When the copy was made that is there now; None when the installation is not on hold."""
        try:
            lines = self._path.read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return None
        return datetime.fromisoformat(lines[-1]) if lines else None

    def end(self) -> None:
        """Let the installation go on; nothing happens when it was not on hold."""
        self._path.unlink(missing_ok=True)
