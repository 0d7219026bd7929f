"""Commands, and which of them each role sees in its menu."""

from __future__ import annotations

from typing import Final

import structlog
from telegram import BotCommand, BotCommandScopeChat, BotCommandScopeDefault, MenuButtonCommands
from telegram.error import TelegramError

from bot.chat.callback_data import SelfTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.texts import chat_nl as texts
from bot.usecases.access import Roles, roles
from bot.usecases.errors import LastCoordinator
from bot.usecases.forget_me import forget_me

log = structlog.get_logger()
EVERYONE: Final = ("help", "privacy", "mijngegevens", "stop")
OWN_TIMES: Final = ("rustig", "pauze", "hervat")
KNOWN: Final = (*OWN_TIMES, "logboek", *EVERYONE)
MEMBER: Final = ("ikhebeven", *OWN_TIMES, "logboek", "vertrek", "wisantwoord", *EVERYONE)
MANAGING: Final = ("beheer",)
LEADING: Final = ("kring", "jaar")
COORDINATOR: Final = (*MANAGING, *KNOWN)
LEAD: Final = (*LEADING, *KNOWN)


async def set_commands(desk: Desk, *, chat_id: int) -> None:
    """Show this chat the commands of its roles in Telegram's menu."""
    own = await desk.bridge.run(roles, chat_id=chat_id)
    known = own.leads or own.coordinates
    names = (
        *(MANAGING if own.coordinates else ()),
        *(LEADING if own.leads else ()),
        *(MEMBER if own.member_of else KNOWN if known else EVERYONE),
    )
    bot = desk.messenger.bot
    await bot.set_my_commands(_commands(names), scope=BotCommandScopeChat(chat_id))
    await bot.set_chat_menu_button(chat_id, MenuButtonCommands())


async def refresh_commands(desk: Desk, *, chat_id: int) -> None:
    """The same for somebody else, whose roles have just changed; a chat that does not answer gets it at /start."""
    try:
        await set_commands(desk, chat_id=chat_id)
    except TelegramError as error:
        log.info("commands_not_set", reason=type(error).__name__)


async def set_default_commands(desk: Desk) -> None:
    """Show strangers what they can ask."""
    await desk.messenger.bot.set_my_commands(_commands(EVERYONE), scope=BotCommandScopeDefault())


def _commands(names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, texts.COMMANDS[name]) for name in names]


async def on_help(desk: Desk, *, chat_id: int) -> None:
    """/help, for each role a person has."""
    own = await desk.bridge.run(roles, chat_id=chat_id)
    await desk.messenger.send(chat_id, _help(own))


def _help(own: Roles) -> str:
    if own.person is None:
        return texts.STRANGER
    parts = []
    if own.coordinates:
        parts.append(texts.HELP_COORDINATOR)
    if own.leads:
        parts.append(texts.HELP_LEAD)
    if own.member_of or not parts:
        parts.append(texts.HELP_MEMBER)
    return "\n\n".join([*parts, texts.SAFETY])


async def on_privacy(desk: Desk, *, chat_id: int) -> None:
    """/privacy, the same for everybody."""
    await desk.messenger.send(chat_id, texts.privacy(desk.privacy_url))


async def on_stop(desk: Desk, *, chat_id: int) -> None:
    """/stop asks once; erasing cannot be undone."""
    own = await desk.bridge.run(roles, chat_id=chat_id)
    if own.person is None:
        await desk.messenger.send(chat_id, texts.NOTHING_KEPT)
        return
    choice = stacked([button(texts.STOP_NO, SelfTap("stay")), button(texts.STOP_YES, SelfTap("stop"))])
    await desk.messenger.send(chat_id, texts.STOP_ASK, choice)


async def on_self_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: SelfTap) -> None:
    """Stay, or leave and be erased."""
    text = texts.STAYED
    if tapped.verb == "stop":
        try:
            gone = await desk.bridge.commit(forget_me, chat_id=chat_id)
            text = texts.STOPPED if gone else texts.NOTHING_KEPT
        except LastCoordinator:
            text = texts.LAST_COORDINATOR
        else:
            await desk.messenger.bot.delete_my_commands(scope=BotCommandScopeChat(chat_id))
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, NOTHING)
