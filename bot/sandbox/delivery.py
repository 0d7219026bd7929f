"""Delivers updates to a webhook: in order per chat, several chats at once, again until the bot says 2xx."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from bot.sandbox.queue import Update
    from bot.sandbox.state import SandboxState

ANSWER_SECONDS = 60.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, no secret


class WebhookDelivery:
    """Runs for as long as the sandbox and delivers while a webhook is set.

    Args:
        state: the sandbox.
    """

    def __init__(self, state: SandboxState) -> None:
        self._state = state
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Start a delivery for every chat whose oldest update waits. Ends when cancelled or closed."""
        changes = self._state.changes
        while not (self._state.webhook.url or changes.closed):  # most bots never set one
            await changes.wait_until(lambda: bool(self._state.webhook.url), seconds=60.0)
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) as client:
            try:
                while not changes.closed:
                    seen = changes.last
                    self._start(client)
                    await changes.wait_until(lambda seen=seen: changes.last > seen, seconds=1.0)  # type: ignore[misc]
            finally:
                for task in self._under_way.values():
                    task.cancel()
                await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _start(self, client: httpx.AsyncClient) -> None:
        webhook = self._state.webhook
        if not webhook.url:
            return
        for update in self._state.updates.pending:
            if len(self._under_way) >= webhook.max_connections:
                return
            if update.chat_id not in self._under_way:
                self._under_way[update.chat_id] = asyncio.create_task(self._deliver_chat(client, update.chat_id))

    async def _deliver_chat(self, client: httpx.AsyncClient, chat_id: int) -> None:
        pause = FIRST_PAUSE_SECONDS
        changes = self._state.changes
        try:
            while self._state.webhook.url and not changes.closed:
                update = next((one for one in self._state.updates.pending if one.chat_id == chat_id), None)
                if update is None:
                    return
                if await self._deliver(client, update):
                    pause = FIRST_PAUSE_SECONDS
                    continue
                await changes.wait_until(lambda: changes.closed, seconds=pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
        finally:
            del self._under_way[chat_id]

    async def _deliver(self, client: httpx.AsyncClient, update: Update) -> bool:
        webhook = self._state.webhook
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            answer = await client.post(webhook.url, json=update.as_json(), headers=headers)
        except httpx.HTTPError as error:
            webhook.last_error = (self._state.clock.now(), f"Connection failed: {type(error).__name__}")
            return False
        if not answer.is_success:
            reason = f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
            webhook.last_error = (self._state.clock.now(), reason)
            return False
        self._state.clock.touch()
        self._state.updates.remove([update])
        return True
