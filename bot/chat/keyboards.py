"""Inline keyboards: answers under each other, navigation in one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callback_data import Reference, encode
from dialogues.conversation.inputs import Tap
from dialogues.conversation.screens import Screen

NOTHING = InlineKeyboardMarkup([])


def button(label: str, reference: Reference) -> InlineKeyboardButton:
    """One button."""
    return InlineKeyboardButton(label, callback_data=encode(reference))


def stacked(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Buttons under each other: whole texts fit on a phone, and one thumb reaches them."""
    return InlineKeyboardMarkup([[each] for each in buttons])


def rows(*lines: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Rows as given; empty ones are left out."""
    return InlineKeyboardMarkup([list(line) for line in lines if line])


def for_screen(screen: Screen, refer: Callable[[Tap], Reference]) -> InlineKeyboardMarkup:
    """The keyboard of a dialogue's screen; ``refer`` says whose dialogue a tap belongs to."""
    answers = [[button(each.label, refer(each.tap))] for each in screen.buttons if not each.navigates]
    navigation = [button(each.label, refer(each.tap)) for each in screen.buttons if each.navigates]
    return rows(*answers, navigation)
