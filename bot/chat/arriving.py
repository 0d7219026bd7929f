"""What arrives from Telegram: a tap with no more than is used of it, or another update as python-telegram-bot reads it.

Nearly all that arrives are taps, and reading one as python-telegram-bot does takes as long as handling it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from telegram import Bot, CallbackQuery, Update


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button that somebody tapped."""

    update_id: int
    callback_id: str
    """What the spinner on the button is stopped with."""
    user_id: int
    name: str = field(repr=False)
    """The whole name of who tapped, as Telegram tells it."""
    chat_id: int
    """0 where Telegram does not say in which chat it was."""
    message_id: int
    data: str = field(repr=False)
    """What the button carries."""


Arrived: TypeAlias = Update | Tapped
_KINDS: Final = (int, int, int, str, str, int, str, str)
"""Of what is used of a tap: update, message, chat and its type, callback, sender and their name, and the data."""


def read(plain: dict[str, Any], bot: Bot) -> Arrived:
    """One update, by what Telegram sent. Raises whatever python-telegram-bot raises for what it cannot read."""
    try:
        query = plain["callback_query"]
        who, message = query["from"], query["message"]
        chat, last_name = message["chat"], who.get("last_name")
        here = plain["update_id"], message["message_id"], chat["id"], chat["type"]
        given: tuple[Any, ...] = (*here, query["id"], who["id"], who["first_name"], query["data"])
    except (KeyError, TypeError, AttributeError):
        given = ()
    if given and all(map(isinstance, given, _KINDS)):  # a pattern of match takes seven times as long
        number, message_id, chat_id, _, callback_id, user_id, first_name, data = given
        name = f"{first_name} {last_name}" if last_name else first_name
        return Tapped(number, callback_id, user_id, name, chat_id, message_id, data)
    update = Update.de_json(plain, bot)
    return update if update.callback_query is None else tapped(update.update_id, update.callback_query)


def tapped(number: int, query: CallbackQuery) -> Tapped:
    """A tap as python-telegram-bot read it."""
    message, who = query.message, query.from_user
    chat_id, message_id = (message.chat.id, message.message_id) if message is not None else (0, 0)
    return Tapped(number, query.id, who.id, who.full_name, chat_id, message_id, query.data or "")


def sender_of(arrived: Arrived) -> int | None:
    """Who it came from, if that is a person."""
    if isinstance(arrived, Tapped):
        return arrived.user_id
    return arrived.effective_user.id if arrived.effective_user else None


def chat_of(arrived: Arrived) -> int | None:
    """The chat it came from, if it was in one."""
    if isinstance(arrived, Tapped):
        return arrived.chat_id or None
    return arrived.effective_chat.id if arrived.effective_chat else None
