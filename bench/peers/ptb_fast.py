"""python-telegram-bot made fast: aiohttp and uvloop under it, people beside each other, a memory that is not searched.

It keeps the survey in memory. The calls go through the product's own transport.
"""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, BaseUpdateProcessor, CallbackQueryHandler, ContextTypes

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN, Memory
from bot.chat.transport import AiohttpRequest
from bot.memory import settle

Step = Callable[[int, str], Awaitable[int]]
AT_ONCE = 256
KEYBOARD = InlineKeyboardMarkup.de_json(MARKUP)


class InOrder(BaseUpdateProcessor):
    """People beside each other, and the taps of one person one after the other."""

    def __init__(self) -> None:
        super().__init__(AT_ONCE)
        self._turns: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for whatever this person did before."""
        assert isinstance(update, Update)
        async with self._turns[update.effective_user.id if update.effective_user else 0]:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def serve(url: str, step: Step) -> None:
    """Poll until a signal; ``step`` keeps an answer and gives the number of the next question."""

    async def answered(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query is not None
        at = await step(query.from_user.id, query.data or "")
        await query.answer()
        await query.edit_message_text(QUESTIONS[at], reply_markup=KEYBOARD)

    async def ready(_application: object) -> None:
        settle()

    uvloop.install()
    builder = Application.builder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(InOrder()).post_init(ready)
    builder = builder.request(AiohttpRequest(connections=AT_ONCE)).get_updates_request(AiohttpRequest(connections=1))
    bot = builder.build()
    bot.add_handler(CallbackQueryHandler(answered))
    bot.run_polling()


async def in_memory(chat_id: int, answer: str, *, kept: Memory = Memory()) -> int:  # noqa: B008 - one for the process
    """Keep an answer until the process ends."""
    return kept.step(chat_id, answer)


if __name__ == "__main__":
    serve(sys.argv[1], in_memory)
