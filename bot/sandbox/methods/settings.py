"""getMe, the command menu per scope, and the menu button."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.wire import JsonObject, bot_json

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState

SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"})
COMMANDS_LIMIT = 100
COMMAND_LIMIT = 32
DESCRIPTION_LIMIT = 256


async def get_me(state: SandboxState, arguments: Arguments) -> JsonObject:  # noqa: ARG001 - one shape for all
    """The bot itself."""
    return {
        **bot_json(state),
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy_mode,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def set_my_commands(state: SandboxState, arguments: Arguments) -> bool:
    """Set the commands of one scope and language."""
    commands = arguments.structure("commands", called="commands")
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > COMMANDS_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    scope = _scope(state, arguments)
    state.commands[scope] = [_command(item) for item in commands]
    state.changes.note("commands", chat_id=scope[1])
    return True


async def get_my_commands(state: SandboxState, arguments: Arguments) -> list[dict[str, str]]:
    """The commands of exactly this scope and language."""
    return state.commands.get(_scope(state, arguments), [])


async def delete_my_commands(state: SandboxState, arguments: Arguments) -> bool:
    """Forget the commands of this scope, so that a wider one shows."""
    scope = _scope(state, arguments)
    state.commands.pop(scope, None)
    state.changes.note("commands", chat_id=scope[1])
    return True


async def set_chat_menu_button(state: SandboxState, arguments: Arguments) -> bool:
    """Set the menu button of one private chat, or of all."""
    button = arguments.structure("menu_button", called="menu button") or {"type": "default"}
    if not isinstance(button, dict):
        raise bad_request("can't parse menu button: MenuButton must be an Object")
    if button.get("type") not in {"default", "commands"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    chat_id = _menu_chat(state, arguments)
    state.menu_buttons[chat_id] = button
    state.changes.note("commands", chat_id=chat_id)
    return True


async def get_chat_menu_button(state: SandboxState, arguments: Arguments) -> JsonObject:
    """The menu button of one private chat, or the default one."""
    return state.menu_buttons.get(_menu_chat(state, arguments)) or state.menu_buttons.get(0) or {"type": "default"}


def _menu_chat(state: SandboxState, arguments: Arguments) -> int:
    if not arguments.has("chat_id"):
        return 0
    chat_id = arguments.chat_id()
    if chat_id not in state.phones:
        raise bad_request("chat not found")
    return chat_id


def _scope(state: SandboxState, arguments: Arguments) -> tuple[str, int, str]:
    scope = arguments.structure("scope", called="BotCommandScope")
    language = arguments.text("language_code")
    if scope is None:
        return "default", 0, language
    kind = scope.get("type") if isinstance(scope, dict) else None
    if not isinstance(scope, dict) or kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if kind != "chat":
        return str(kind), 0, language
    try:
        chat_id = int(scope["chat_id"])
    except (KeyError, ValueError):
        raise bad_request("can't parse BotCommandScope: empty chat_id specified") from None
    if chat_id not in state.chats:
        raise bad_request("chat not found")
    return "chat", chat_id, language


def _command(item: object) -> dict[str, str]:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    command = str(item.get("command") or "").strip().removeprefix("/")
    description = str(item.get("description") or "").strip()
    if not command:
        raise bad_request("command must be non-empty")
    if len(command) > COMMAND_LIMIT:
        raise bad_request(f"command length must not exceed {COMMAND_LIMIT}")
    if not re.fullmatch(r"[a-z0-9_]+", command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("command description must be non-empty")
    if len(description) > DESCRIPTION_LIMIT:
        raise bad_request(f"command description length must not exceed {DESCRIPTION_LIMIT}")
    return {"command": command, "description": description}
