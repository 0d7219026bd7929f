"""The command `sandbox`: a Telegram on this machine with a team to play with, until somebody stops it."""

from __future__ import annotations

import asyncio

import typer

from bot.playground import Beside, play
from bot.terminal import err, out


def sandbox(*, port: int, no_bot: bool, hurry: float) -> None:
    """Play; ends with 1 when the port is taken, with 0 when it is stopped with Ctrl+C."""
    try:
        asyncio.run(play(port=port, hurry=hurry, say=_say, beside=None if no_bot else _bot()))
    except OSError as error:
        err.print(f"De proeftuin kan poort {port} niet gebruiken ({error.strerror}). Kies een andere met --port.")
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _bot() -> Beside:
    from bot.furnishing import with_bot  # the whole product, which the phones alone do not need

    return with_bot


def _say(text: str) -> None:
    out.print(text, markup=False)
