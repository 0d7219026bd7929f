"""Telegram: the only room, with the sandbox, that knows it."""
