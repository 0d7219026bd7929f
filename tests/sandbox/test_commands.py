"""The command menu per role, and the menu button."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonDefault,
)

from tests.sandbox.conftest import ANNA, BRAM, STRANGER

if TYPE_CHECKING:
    from tests.sandbox.conftest import Sandbox


async def menu(sandbox: Sandbox, user: int) -> list[str]:
    shown = (await sandbox.http.get(f"/phones/{user}/messages")).json()
    return [command["command"] for command in shown["commands"]]


async def test_a_narrower_scope_wins_on_the_phone(sandbox: Sandbox) -> None:
    """Default, then all private chats, then one chat; deleting lets the wider one show again."""
    await sandbox.bot.set_my_commands([BotCommand("help", "Hulp")])
    assert await menu(sandbox, ANNA) == ["help"]
    await sandbox.bot.set_my_commands([BotCommand("privacy", "Privacy")], scope=BotCommandScopeAllPrivateChats())
    await sandbox.bot.set_my_commands([BotCommand("beheer", "Beheer")], scope=BotCommandScopeChat(ANNA))
    assert await menu(sandbox, ANNA) == ["beheer"]
    assert await menu(sandbox, BRAM) == ["privacy"]
    (own,) = await sandbox.bot.get_my_commands(scope=BotCommandScopeChat(ANNA))
    assert (own.command, own.description) == ("beheer", "Beheer")
    assert await sandbox.bot.get_my_commands(scope=BotCommandScopeChat(BRAM)) == ()
    await sandbox.bot.delete_my_commands(scope=BotCommandScopeChat(ANNA))
    assert await menu(sandbox, ANNA) == ["privacy"]


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"commands": [{"command": "Hulp", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "hulp-mij", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "", "description": "x"}]}, "command must be non-empty"),
        ({"commands": [{"command": "a" * 33, "description": "x"}]}, "command length must not exceed 32"),
        ({"commands": [{"command": "a", "description": ""}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [], "scope": {"type": "chat", "chat_id": STRANGER}}, "chat not found"),
        ({"commands": [], "scope": {"type": "chat"}}, "can't parse BotCommandScope: empty chat_id specified"),
        ({"commands": [], "scope": {"type": "buurt"}}, "can't parse BotCommandScope: unsupported type specified"),
    ],
)
async def test_faulty_commands_are_refused(sandbox: Sandbox, parameters: dict[str, Any], refusal: str) -> None:
    """Names, lengths, number and scope are checked."""
    assert await sandbox.refused("setMyCommands", **parameters) == f"400 Bad Request: {refusal}"


async def test_the_menu_button(sandbox: Sandbox) -> None:
    """A chat has its own button, or the one set for all, or Telegram's default."""
    assert isinstance(await sandbox.bot.get_chat_menu_button(ANNA), MenuButtonDefault)
    await sandbox.bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert isinstance(await sandbox.bot.get_chat_menu_button(ANNA), MenuButtonCommands)
    await sandbox.bot.set_chat_menu_button(ANNA, MenuButtonDefault())
    assert isinstance(await sandbox.bot.get_chat_menu_button(ANNA), MenuButtonDefault)
    assert await sandbox.refused("setChatMenuButton", chat_id=STRANGER) == "400 Bad Request: chat not found"


async def test_get_me(sandbox: Sandbox) -> None:
    """The bot knows its own name and that groups keep their privacy."""
    me = await sandbox.bot.get_me()
    assert (me.username, me.can_read_all_group_messages) == ("EvenStilstaanBot", False)
