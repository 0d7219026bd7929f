"""What must hold after every fault, looked at from outside: the database file, the keys, the files on the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from dialogues.rhythm.working_hours import is_working_time
from tests.support.house import AMSTERDAM

INITIATIVE = ("Twee minuten voor een korte vraag?", "Maandbeeld ")
"""How messages begin, or what they hold, that the bot sends of its own accord."""


def broken_invariants(database: Path, *, canaries: Iterable[str] = ()) -> list[str]:
    """I2, I3, I5 and I6: one release per round, one maandbeeld per month, a sound file, and no canary on the disk."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        found = double_or_left(lambda query: [tuple(row) for row in rows.execute(query)])
        if rows.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            found.append("I5: het bestand is niet gaaf")
    for file in database.parent.iterdir():
        content = file.read_bytes()
        found += [f"I6: {canary!r} staat in {file.name}" for canary in canaries if canary.encode() in content]
    return found


def double_or_left(ask: Callable[[str], list[tuple[Any, ...]]]) -> list[str]:
    """I2 and I3, on any database."""
    found = []
    if twice := ask("SELECT count(*) FROM publication GROUP BY round_id HAVING count(*) > 1"):
        found.append(f"I2: {len(twice)} rondes met meer dan één overzicht")
    if twice := ask("SELECT count(*) FROM maandbeeld GROUP BY team_id, month HAVING count(*) > 1"):
        found.append(f"I3: {len(twice)} maanden met meer dan één maandbeeld")
    if left := ask("SELECT count(*) FROM envelope JOIN publication USING (round_id)")[0][0]:
        found.append(f"I2: {left} enveloppen van rondes die al een overzicht hebben")
    return found


def sent_out_of_hours(moments: Iterable[datetime]) -> int:
    """I4: how many of these sends fell outside working hours."""
    return sum(not is_working_time(moment, zone=AMSTERDAM) for moment in moments)


def sent_to_strangers(database: Path, chats: Iterable[int]) -> int:
    """I4: how many of these chats belong to nobody in a team."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        known = {
            chat for (chat,) in rows.execute("SELECT chat_id FROM person JOIN membership ON person_id = person.id")
        }
    return len(set(chats) - known)
