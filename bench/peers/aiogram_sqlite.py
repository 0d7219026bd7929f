"""aiogram 3 with the same survey, and a state machine that commits each change to SQLite.

aiogram itself ships no storage on SQLite; this is the shortest that can be trusted with a crash.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StorageKey

from bench.peers.aiogram_survey import serve


class SqliteStorage(BaseStorage):
    """State and data of each chat as a row; a commit for every change."""

    def __init__(self, folder: str) -> None:
        self._database = sqlite3.connect(Path(folder) / "fsm.db")
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE fsm (chat INTEGER PRIMARY KEY, state TEXT, data TEXT DEFAULT '{}')")

    async def set_state(self, key: StorageKey, state: str | State | None = None) -> None:
        """Keep the state."""
        self._write(key, "state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> str | None:
        """The state, if there is one."""
        return self._read(key, "state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Keep the data."""
        self._write(key, "data", json.dumps(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The data; nothing for somebody new."""
        found: dict[str, Any] = json.loads(self._read(key, "data") or "{}")
        return found

    async def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _write(self, key: StorageKey, column: str, value: str | None) -> None:
        put = f"INSERT INTO fsm (chat, {column}) VALUES (?, ?) ON CONFLICT DO UPDATE SET {column} = excluded.{column}"  # noqa: S608 - our own names
        self._database.execute(put, (key.chat_id, value))
        self._database.commit()

    def _read(self, key: StorageKey, column: str) -> str | None:
        found = self._database.execute(f"SELECT {column} FROM fsm WHERE chat = ?", (key.chat_id,)).fetchone()  # noqa: S608
        return found[0] if found else None


if __name__ == "__main__":
    url, folder = sys.argv[1:]
    asyncio.run(serve(url, SqliteStorage(folder)))
