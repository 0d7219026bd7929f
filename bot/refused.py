"""Why the product does not start; each says in Dutch what to do. Apart, so that a command need not load it all.

What is refused later stands in `bot.usecases.errors`, `storage.errors` and `dialogues.errors`.
"""

from __future__ import annotations


class SettingsInvalid(Exception):
    """One or more settings are missing or wrong; the message names every key and what to do, in Dutch."""


class UnsafeStart(Exception):
    """Starting would break a promise; the message holds every reason, one a line, in Dutch."""


class TokenRefused(Exception):
    """Telegram does not know this token; what to do is in the message."""

    def __init__(self) -> None:
        super().__init__("TELEGRAM_BOT_TOKEN: Telegram kent dit token niet. Vraag een nieuw bij @BotFather")
