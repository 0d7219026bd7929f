"""Telegram: the only room, with the house around it, that knows python-telegram-bot."""

import os

# Asks the library for durations as timedelta everywhere; its old form, plain numbers, warns at each use.
os.environ.setdefault("PTB_TIMEDELTA", "true")
