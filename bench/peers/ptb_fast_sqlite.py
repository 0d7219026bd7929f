"""The fast python-telegram-bot, with every step committed to SQLite, written ahead, in a thread of its own."""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from bench.peers.ptb_fast import serve
from bench.peers.survey import Database

if __name__ == "__main__":
    url, folder = sys.argv[1:]
    kept, thread = Database(folder, wal=True), ThreadPoolExecutor(1)

    async def on_disk(chat_id: int, answer: str) -> int:
        """Keep an answer; it is committed when this returns."""
        return await asyncio.get_running_loop().run_in_executor(thread, kept.step, chat_id, answer)

    serve(url, on_disk)
