"""/mijngegevens: everything that is stored about whoever asks, in words and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from textwrap import wrap
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.chat.callback_data import RightsTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.texts import rights_nl as texts
from bot.chat.texts.chat_nl import NOTHING_KEPT
from bot.chat.texts.own_times_nl import week
from bot.chat.wording import as_text
from bot.render.message import length
from bot.usecases.dutch_dates import whole_day, whole_moment
from bot.usecases.errors import NotAllowed
from bot.usecases.see_own_data import OwnData, OwnRow, own_data
from dialogues.rhythm.quiet import QuietBlock

LONGEST_MESSAGE: Final = 4096
"""UTF-16 units in a message, as Telegram counts; counted here with the markup, so always on the safe side."""
LONGEST_LINE: Final = 400
"""Signs of a line; every sign can take six when it is made harmless."""
FILE_NAME: Final = "mijn-gegevens.json"
INTERNAL: Final = frozenset(
    {"id", "person_id", "team_id", "area_id", "round_id", "subject", "key", "lease_until", "data"}
)
"""Columns that are only in the file: numbers by which rows find each other, and the half-filled form itself."""

PART_BY_PART: Final = frozenset({"person", "membership"})
IN_PASSING: Final = frozenset({"valid_until", "attempts", "finished_at"})
"""Of a message only in the file too."""
TYPED: Final = ("name", "text")
"""What a form holds that its owner typed."""


async def on_own_data(desk: Desk, *, chat_id: int) -> None:
    """Everything, in as many messages as it takes, and under the last one a button for the file."""
    try:
        found = await desk.bridge.run(own_data, chat_id=chat_id)
    except NotAllowed:
        await desk.messenger.send(chat_id, NOTHING_KEPT)
        return
    *first, last = pages(told(found, zone=desk.zone))
    for page in first:
        await desk.messenger.send(chat_id, page)
    await desk.messenger.send(chat_id, last, stacked([button(texts.EXPORT, RightsTap("export"))]))


async def send_export(desk: Desk, *, chat_id: int) -> None:
    """The same as a file, made in memory and kept nowhere. Raises NotAllowed for a stranger."""
    found = await desk.bridge.run(own_data, chat_id=chat_id)
    content = as_json(found, made_at=desk.bridge.now())
    await desk.messenger.send_document(chat_id, content, filename=FILE_NAME, caption=texts.EXPORTED)


def as_json(found: OwnData, *, made_at: datetime) -> bytes:
    """All rows with all columns, under Dutch names; a table or column without a name is there under its own."""
    told = {
        texts.TABLES.get(table, table): [_plain(table, row) for row in rows] for table, rows in found.tables.items()
    }
    about = {
        "gemaakt op": made_at.isoformat(),
        "niet te laten zien": [_without_markup(line) for line in texts.CANNOT_SHOW[1:]],
    }
    locked = [
        {"vraag": each.title, "team": each.team, "sluit": each.closes_at.isoformat(), "op slot": texts.MAY_BE_LOCKED}
        for each in found.asked
    ]
    everything = {**about, **told, "waarin een antwoord op slot kan zitten": locked}
    return json.dumps(everything, ensure_ascii=False, indent=2, default=str).encode()


def _plain(table: str, row: OwnRow) -> dict[str, Any]:
    names = texts.COLUMNS.get(table, {})
    plain = {names.get(column, column): _storable(value) for column, value in row.values.items()}
    return {**plain, texts.ABOUT: row.about} if row.about else plain


def _storable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _without_markup(line: str) -> str:
    return line.replace("<b>", "").replace("</b>", "").removeprefix("• ")


def told(found: OwnData, *, zone: ZoneInfo) -> list[str]:
    """Everything as lines of HTML, each whole in itself; headings in our own order, a new table last."""
    lines = [texts.OWN_DATA]
    for table in dict.fromkeys((*texts.TABLES, *found.tables)):
        heading = f"<b>{escape(texts.TABLES.get(table, table))}</b>"
        rows = found.tables.get(table, ())
        if not rows:
            lines += ["", f"{heading}: {texts.NOTHING_OF_THIS}"]
            continue
        lines += ["", heading]
        for row in rows:
            lines += _row(table, row, zone=zone)
        if table == "roster":
            lines.append(texts.MAY_BE_LOCKED)
    return [*lines, "", *texts.CANNOT_SHOW, "", texts.ONLY_IN_THE_FILE]


def _row(table: str, row: OwnRow, *, zone: ZoneInfo) -> list[str]:
    """What a row is about, and what is known of it: on lines of their own for what has many parts."""
    names = texts.COLUMNS.get(table, {})
    said = {
        column: f"{names.get(column, column)}: {_said(column, value, row, zone)}"
        for column, value in row.values.items()
        if column not in INTERNAL and not (table == "delivery" and column in IN_PASSING)
    }
    typed = row.values.get("data")
    if isinstance(typed, dict):
        said |= {part: f"{names['data']}: {typed[part]}" for part in TYPED if typed.get(part)}
    parts = [*([row.about] if row.about else []), *said.values()]
    first, *more = parts if table in PART_BY_PART else ["; ".join(parts)]
    return [f"• {line}" for line in _short(first)] + [line for part in more for line in _short(part)]


def _short(text: str) -> list[str]:
    """Harmless lines of which each fits in a message by itself, however long the text is."""
    return [as_text(part) for line in text.split("\n") for part in wrap(line, LONGEST_LINE) or [""]]


def _said(column: str, value: Any, row: OwnRow, zone: ZoneInfo) -> str:
    if column == "quiet":
        return _quiet(value)
    if value is None:
        return texts.NOT_GIVEN
    if column in row.labels:
        return row.labels[column]
    if isinstance(value, bool):
        return texts.YES_NO[value]
    if isinstance(value, datetime):
        return whole_moment(value, zone=zone)
    if isinstance(value, date):
        return whole_day(value)
    return texts.CODES.get(column, {}).get(str(value), str(value))


def _quiet(words: tuple[str, ...] | None) -> str:
    if words is None:
        return texts.NOT_GIVEN
    return week(tuple(QuietBlock.from_word(word) for word in words)).replace("\n", " ") or texts.NO_QUIET


def pages(lines: Iterable[str]) -> list[str]:
    """The lines in messages that Telegram takes, cut between lines only; none begins or ends empty."""
    found: list[list[str]] = [[]]
    for line in lines:
        if length("\n".join([*found[-1], line])) > LONGEST_MESSAGE:
            found.append([])
        found[-1].append(line)
    return ["\n".join(page).strip("\n") for page in found if "".join(page)]
