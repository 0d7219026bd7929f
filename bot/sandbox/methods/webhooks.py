"""setWebhook, deleteWebhook and getWebhookInfo."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.sandbox.errors import bad_request
from bot.sandbox.methods.updates import allow_updates
from bot.sandbox.wire import JsonObject

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState

SECRET_LIMIT = 256
DEFAULT_CONNECTIONS = 40
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


async def set_webhook(state: SandboxState, arguments: Arguments) -> bool:
    """Deliver updates to an address on this machine; an empty address means deleteWebhook."""
    url = arguments.text("url").strip()
    if not url:
        return await delete_webhook(state, arguments)
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.hostname not in LOOPBACK:
        raise bad_request("bad webhook: the sandbox delivers to this machine only")
    secret = arguments.text("secret_token")
    if len(secret) > SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if arguments.boolean("drop_pending_updates"):
        state.updates.clear()
    allow_updates(state, arguments)
    webhook = state.webhook
    webhook.url = url
    webhook.secret = secret
    webhook.max_connections = min(max(arguments.integer("max_connections", DEFAULT_CONNECTIONS), 1), 100)
    webhook.last_error = None
    state.changes.note("webhook")
    return True


async def delete_webhook(state: SandboxState, arguments: Arguments) -> bool:
    """Go back to getUpdates."""
    if arguments.boolean("drop_pending_updates"):
        state.updates.clear()
    state.webhook.url = ""
    state.changes.note("webhook")
    return True


async def get_webhook_info(state: SandboxState, arguments: Arguments) -> JsonObject:  # noqa: ARG001 - one shape for all
    """The webhook as it is, with the last thing that went wrong."""
    webhook = state.webhook
    info: JsonObject = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if webhook.url:
        info["max_connections"] = webhook.max_connections
    if webhook.last_error is not None:
        moment, reason = webhook.last_error
        info["last_error_date"] = int(moment.timestamp())
        info["last_error_message"] = reason
    if state.updates.allowed:
        info["allowed_updates"] = list(state.updates.allowed)
    return info
