"""getUpdates: long polling with offsets, one poller at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.sandbox.errors import ApiError
from bot.sandbox.wire import JsonObject

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState

BATCH_LIMIT = 100
TIMEOUT_LIMIT_SECONDS = 50


async def get_updates(state: SandboxState, arguments: Arguments) -> list[JsonObject]:
    """Confirm what is before the offset and hand over what waits, or wait for it.

    Raises:
        ApiError: 409 while a webhook is set, and for a poll that a later poll or a webhook took over.
    """
    queue = state.updates
    if state.webhook.url:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    allow_updates(state, arguments)
    offset = arguments.integer("offset")
    if offset and queue.confirm(offset):
        state.clock.touch()
    limit = min(max(arguments.integer("limit", BATCH_LIMIT), 1), BATCH_LIMIT)
    seconds = min(max(arguments.integer("timeout"), 0), TIMEOUT_LIMIT_SECONDS)
    queue.poller += 1
    mine = queue.poller
    state.changes.nudge()
    deadline = time.monotonic() + seconds
    await state.changes.wait_until(
        lambda: bool(queue.pending) or queue.poller != mine or bool(state.webhook.url),
        seconds=max(0.0, deadline - time.monotonic()),
    )
    if state.webhook.url:
        raise ApiError(409, "Conflict: terminated by setWebhook request")
    if queue.poller != mine:
        raise ApiError(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        )
    return [update.as_json() for update in queue.pending[:limit]]


def allow_updates(state: SandboxState, arguments: Arguments) -> None:
    """Remember which kinds of update the bot wants; absent leaves it as it was, an empty list means the default."""
    kinds = arguments.structure("allowed_updates", called="allowed updates")
    if isinstance(kinds, list):
        state.updates.allowed = tuple(str(kind) for kind in kinds) or None
