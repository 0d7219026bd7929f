"""Inline keyboards: answers under each other, navigation in one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias, TypeVar

import orjson
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callback_data import Reference, encode
from bot.chat.texts.chat_nl import BACK
from dialogues.conversation.inputs import Tap
from dialogues.conversation.screens import Screen

NOTHING = InlineKeyboardMarkup([])
Keyboard: TypeAlias = InlineKeyboardMarkup | str
"""Buttons, or the same as Telegram reads them."""
PAGE: Final = 4
"""Choices on one page; with "more" and the way back that makes six buttons."""

Tapped = TypeVar("Tapped", bound=Reference)
Item = TypeVar("Item")


def button(label: str, reference: Reference) -> InlineKeyboardButton:
    """One button."""
    return InlineKeyboardButton(label, callback_data=encode(reference))


def stacked(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Buttons under each other: whole texts fit on a phone, and one thumb reaches them."""
    return InlineKeyboardMarkup([[each] for each in buttons])


def choosing(choices: Iterable[tuple[str, Reference]]) -> InlineKeyboardMarkup:
    """Choices, each a label and what it leads to, under each other."""
    return stacked(button(label, reference) for label, reference in choices)


def rows(*lines: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows as given; empty ones are left out."""
    return InlineKeyboardMarkup([list(line) for line in lines if line])


def is_number(value: str) -> bool:
    """Whether a button carries a number: plain digits, and none of the other signs that count as one somewhere."""
    return value.isascii() and value.isdecimal()


def number_of(value: str) -> int:
    """The number on a button, such as that of a page, counted from 0; 0 for anything else."""
    return int(value) if is_number(value) else 0


def on_page(items: Sequence[Item], page: int, *, size: int = PAGE) -> Sequence[Item]:
    """What stands on a page; of a list that became shorter meanwhile, what stands on the first."""
    at = page if 0 <= page * size < len(items) else 0
    return items[at * size : (at + 1) * size]


def paged(
    choices: Sequence[tuple[str, Tapped]],
    page: int,
    *,
    turn: Callable[[int], Tapped],
    more: str,
    beside: Sequence[tuple[str, Tapped]] = (),
    back: tuple[str, Tapped] | None = None,
    size: int = PAGE,
) -> list[tuple[str, Tapped]]:
    """As many choices as one thumb reaches, then the next ones, then what is on every page, then the way back.

    ``turn`` leads to another page; ``back`` leaves the list, from its first page.
    """
    at = page if 0 <= page * size < len(choices) else 0
    onward = [(more, turn(at + 1))] if len(choices) > (at + 1) * size else []
    leave = (BACK, turn(at - 1)) if at else back
    return [*on_page(choices, at, size=size), *onward, *beside, *([leave] if leave else [])]


def for_screen(screen: Screen, refer: Callable[[Tap], Reference]) -> InlineKeyboardMarkup:
    """The keyboard of a dialogue's screen; ``refer`` says whose dialogue a tap belongs to."""
    return rows(*([button(label, reference) for label, reference in line] for line in _lines(screen, refer)))


def written_for_screen(screen: Screen, refer: Callable[[Tap], Reference]) -> str:
    """The same as Telegram reads it: objects of python-telegram-bot cost as much as the whole rest of a tap."""
    lines = [
        [{"text": label, "callback_data": encode(reference)} for label, reference in line]
        for line in _lines(screen, refer)
        if line
    ]
    return orjson.dumps({"inline_keyboard": lines}).decode()


def _lines(screen: Screen, refer: Callable[[Tap], Reference]) -> list[list[tuple[str, Reference]]]:
    answers = [[(each.label, refer(each.tap))] for each in screen.buttons if not each.navigates]
    return [*answers, [(each.label, refer(each.tap)) for each in screen.buttons if each.navigates]]
