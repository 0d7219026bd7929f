"""The survey that the peers share: five questions of five choices, and where somebody is in it.

It begins again after the last question, so that people can go on tapping.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

TOKEN: Final = "1000001:niet-nodig-hier"  # noqa: S105 - no secret
QUESTIONS: Final = [f"Vraag {number}: hoe vaak lukt het om elkaar op tijd te vinden?" for number in range(5)]
CHOICES: Final = [str(each) for each in range(1, 6)]
MARKUP: Final = {"inline_keyboard": [[{"text": each, "callback_data": each}] for each in CHOICES]}
"""As the Bot API takes it."""


class Memory:
    """Keeps answers until the process ends."""

    def __init__(self) -> None:
        self._at: dict[int, int] = {}
        self._answers: dict[tuple[int, int], str] = {}

    def step(self, chat_id: int, answer: str) -> int:
        """Keep an answer; the number of the next question."""
        at = self._at.get(chat_id, 0)
        self._answers[chat_id, at] = answer
        self._at[chat_id] = at = (at + 1) % len(QUESTIONS)
        return at


class Database:
    """Keeps answers in SQLite, readable for whoever has the file, with a commit for each step.

    ``wal`` writes ahead, with synchronous=FULL as the product does; without it everything is as SQLite comes.
    """

    def __init__(self, folder: str, *, wal: bool) -> None:
        self._database = sqlite3.connect(Path(folder) / "survey.db", check_same_thread=False)
        if wal:
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
        self._database.execute("CREATE TABLE person (chat INTEGER PRIMARY KEY, at INTEGER)")
        self._database.execute("CREATE TABLE answer (chat INTEGER, at INTEGER, said TEXT, PRIMARY KEY (chat, at))")

    def step(self, chat_id: int, answer: str) -> int:
        """Keep an answer; the number of the next question."""
        found = self._database.execute("SELECT at FROM person WHERE chat = ?", (chat_id,)).fetchone()
        at = found[0] if found else 0
        following = (at + 1) % len(QUESTIONS)
        self._database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (chat_id, at, answer))
        self._database.execute("INSERT OR REPLACE INTO person VALUES (?, ?)", (chat_id, following))
        self._database.commit()
        return following
