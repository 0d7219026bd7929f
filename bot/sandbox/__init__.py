"""A strict Telegram that lives on this machine, with a page that shows the phones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.model import SandboxUser, Temperament
from bot.sandbox.state import DEFAULT_TOKEN, SandboxState

if TYPE_CHECKING:
    from datetime import datetime

    from bot.sandbox.server import SandboxServer


def create_server(
    *,
    start_at: datetime,
    cast: tuple[SandboxUser, ...] = (),
    host: str = "127.0.0.1",
    port: int = 8080,
    token: str = DEFAULT_TOKEN,
    bot_username: str = "EvenStilstaanBot",
    bot_name: str = "Even Stilstaan",
    hurry: float = 1.0,
    seed: int = 0,
) -> SandboxServer:
    """Make a sandbox that listens as soon as it is started.

    Args:
        start_at: aware moment at which the sandbox clock begins.
        cast: the people with a phone.
        host: a loopback address.
        port: 0 takes a free one; read it from `.url`.
        token: the only bot token that is accepted.
        bot_username: the name in t.me links.
        bot_name: the name above the chat.
        hurry: factor on the thinking time of simulated colleagues; 0 lets them tap at once.
        seed: makes the choices of simulated colleagues repeatable.

    Raises:
        OSError: the port is taken.
    """
    from bot.sandbox.server import SandboxServer  # starlette and uvicorn load only when a sandbox is wanted

    state = SandboxState(start_at=start_at, cast=cast, token=token, bot_username=bot_username, bot_name=bot_name)
    return SandboxServer(state, host=host, port=port, hurry=hurry, seed=seed)


__all__ = ["DEFAULT_TOKEN", "SandboxState", "SandboxUser", "Temperament", "create_server"]
