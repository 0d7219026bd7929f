"""Settings and the time for commands that run beside the bot and send nothing."""

from __future__ import annotations

from typing import Final

from bot.following import FollowedClock, sandbox_clock
from bot.refused import SettingsInvalid
from bot.settings import Settings, load_settings
from storage.keys import KeyFolder

_TOKEN_NOT_NEEDED: Final = "1:niet-nodig-hier"  # noqa: S105 - no secret: stands in where nothing is sent


async def sandbox_time(settings: Settings) -> FollowedClock | None:
    """A sandbox may be weeks ahead; what is made for it must be dated with its clock, read once."""
    following = await sandbox_clock(settings.telegram_api_url)
    if following is not None:
        await following.close()
    return following


def settings_of_the_bot(**overrides: object) -> Settings:
    """Settings for a command that may write beside the bot. Raises UnsafeKeyFolder for whoever is not its user.

    What another user made in the key folder, an administrator too, the bot could not read, and it would not start.
    """
    settings = offline_settings(**overrides)
    keys = KeyFolder(settings.key_dir)
    if keys.path.exists():  # otherwise the first command makes it, as its own
        keys.check_user()
    return settings


def offline_settings(**overrides: object) -> Settings:
    """Settings for commands that send nothing: they need no token."""
    try:
        return load_settings(**overrides)
    except SettingsInvalid:
        return load_settings(telegram_bot_token=_TOKEN_NOT_NEEDED, **overrides)
