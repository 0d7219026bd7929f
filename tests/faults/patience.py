"""Waiting for a bot that is a process among many: on a busy machine a start alone can take half a minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.support.phones import Sandbox

SECONDS: Final = 240.0
"""Real seconds before a row gives up."""


def wait(sandbox: Sandbox, look: Callable[[], object | None], *, otherwise: str) -> None:
    """Look again at every event until there is something to see."""
    assert sandbox.look_for(look, seconds=SECONDS) is not None, otherwise


def settle(sandbox: Sandbox) -> None:
    """Wait until the bot has done everything there is to do now."""
    wait(sandbox, sandbox._settled, otherwise=f"de bot is niet klaar: {sandbox.get('/clock')}")


def becomes(sandbox: Sandbox, moment: str) -> None:
    """Let it become a moment, with the bot ready before and after."""
    settle(sandbox)
    sandbox.set_clock(moment)
    settle(sandbox)
