"""The command `health`: asks the process that runs here how it is, for whoever watches over it."""

from __future__ import annotations

from typing import Final

import httpx
import typer

from bot.offline import offline_settings
from bot.terminal import err

PATIENT: Final = 12.0
"""Seconds that a process may take to tell how it is: longer than it waits for a database that is locked."""


def health() -> None:
    """Print what it says; ends with 2 without an address, with 1 when it does not answer or something fails."""
    door = offline_settings().health_door
    if door is None:
        err.print("Zet HEALTH_LISTEN: daar vertelt het proces hoe het gaat.")
        raise typer.Exit(2)
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(door[0], door[0])  # noqa: S104 - where it listens, from inside
    try:
        address = f"http://{f'[{host}]' if ':' in host else host}:{door[1]}/health/ready"
        told = httpx.get(address, trust_env=False, timeout=PATIENT)
    except httpx.HTTPError:
        err.print("Het proces antwoordt niet.")
        raise typer.Exit(1) from None
    typer.echo(told.text)
    if told.status_code != httpx.codes.OK:
        raise typer.Exit(1)
