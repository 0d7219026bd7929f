"""What is said while a restored database waits for an administrator."""

from __future__ import annotations

from typing import Final

from bot.terminal import err

RELEASE: Final = "python -m bot restore --release --waiting drop (of: send)"
ON_HOLD: Final = f"Er is een kopie teruggezet. De bot wacht en stuurt niets, tot: {RELEASE}"


def say_on_hold() -> None:
    """Tell it where a person may see it."""
    err.print(ON_HOLD, soft_wrap=True)
