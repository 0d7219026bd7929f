"""Settings for commands that run beside the bot and send nothing."""

from __future__ import annotations

from typing import Final

from bot.refused import SettingsInvalid
from bot.settings import Settings, load_settings

_TOKEN_NOT_NEEDED: Final = "1:niet-nodig-hier"  # noqa: S105 - no secret: stands in where nothing is sent


def settings_of_the_bot(**overrides: object) -> Settings:
    """Settings for a command that may write beside the bot. Raises UnsafeKeyFolder for whoever is not its user.

    What another user made in the key folder, an administrator too, the bot could not read, and it would not start.
    """
    from storage.keys import KeyFolder  # with all tables, which a command that only asks has no use for

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
