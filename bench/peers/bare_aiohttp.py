"""No framework: a loop of aiohttp calls with the survey in memory. What a bot in Python costs at the least."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import uvloop
from aiohttp import ClientSession, DummyCookieJar, TCPConnector

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN, Memory
from bot.memory import settle

MARKUP_TEXT = json.dumps(MARKUP)


async def main(url: str) -> None:
    """Poll until a signal. Each tap is a task of its own: nobody taps again before the reply."""
    kept, tasks, offset = Memory(), set[asyncio.Task[None]](), 0
    async with ClientSession(connector=TCPConnector(limit=256), cookie_jar=DummyCookieJar()) as session:

        async def call(method: str, **given: Any) -> Any:
            async with session.post(f"{url}/bot{TOKEN}/{method}", json=given) as answer:
                return json.loads(await answer.read())["result"]

        async def answered(query: dict[str, Any]) -> None:
            chat_id = query["from"]["id"]
            at = kept.step(chat_id, query["data"])
            await call("answerCallbackQuery", callback_query_id=query["id"])
            await call(
                "editMessageText",
                chat_id=chat_id,
                message_id=query["message"]["message_id"],
                text=QUESTIONS[at],
                reply_markup=MARKUP_TEXT,
            )

        settle()
        while True:
            for update in await call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                task = asyncio.create_task(answered(update["callback_query"]))
                tasks.add(task)
                task.add_done_callback(tasks.discard)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
