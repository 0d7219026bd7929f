"""The Bot API methods the sandbox knows, by their name in lower case (Telegram does not mind case)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.methods import albums, callbacks, deleting, editing, files, sending, settings, updates, webhooks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState

    Method = Callable[[SandboxState, Arguments], Awaitable[object]]

METHODS: dict[str, Method] = {
    "getme": settings.get_me,
    "getupdates": updates.get_updates,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "senddocument": sending.send_document,
    "sendmediagroup": albums.send_media_group,
    "sendchataction": sending.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagemedia": editing.edit_message_media,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": deleting.delete_message,
    "deletemessages": deleting.delete_messages,
    "answercallbackquery": callbacks.answer_callback_query,
    "getfile": files.get_file,
    "setmycommands": settings.set_my_commands,
    "getmycommands": settings.get_my_commands,
    "deletemycommands": settings.delete_my_commands,
    "setchatmenubutton": settings.set_chat_menu_button,
    "getchatmenubutton": settings.get_chat_menu_button,
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
}
