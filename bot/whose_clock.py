"""Whose clock counts: that of a sandbox on this machine, or, beside the real Telegram, none but the machine's own."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.following import FollowedClock
    from bot.settings import Settings


async def sandbox_clock(api_url: str) -> FollowedClock | None:
    """The clock of the sandbox at this address, or None when it is not a sandbox on this machine."""
    if not _on_this_machine(api_url):
        return None
    from bot.following import follow  # brings an HTTP client along, which the real Telegram has no use for

    return await follow(api_url)


async def sandbox_time(settings: Settings) -> FollowedClock | None:
    """A sandbox may be weeks ahead; what is made for it must be dated with its clock, read once."""
    following = await sandbox_clock(settings.telegram_api_url)
    if following is not None:
        await following.close()
    return following


def _on_this_machine(api_url: str) -> bool:
    host = urlsplit(api_url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
