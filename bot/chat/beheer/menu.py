"""What every menu is made of: a text with at most six buttons, and a step that makes one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import PAGE, choosing, number_of, paged
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts.chat_nl import BACK

LONGEST_NAME = 30
"""Characters of somebody's name on a button."""

View: TypeAlias = tuple[str, InlineKeyboardMarkup]
Choice: TypeAlias = tuple[str, ManageTap]
Step: TypeAlias = Callable[[Desk, int, str, str], Awaitable[View]]
"""Takes the desk, the chat, what the button is about (an area or team id, or nothing) and its value."""


@dataclass(frozen=True, slots=True)
class Menus:
    """The steps of one subject by their verb, apart by what their button is about.

    Before a step about a team or an area runs, the database is asked whether this chat coordinates it.
    """

    about_team: Mapping[str, Step] = field(default_factory=dict)
    about_area: Mapping[str, Step] = field(default_factory=dict)
    about_nothing: Mapping[str, Step] = field(default_factory=dict)


def buttons(*choices: Choice) -> InlineKeyboardMarkup:
    """The choices under each other."""
    return choosing(choices)


def back_to(verb: str, about: str = "", value: str = "") -> Choice:
    """The way back."""
    return BACK, ManageTap(verb, about, value)


def person_label(name: str, *more: str) -> str:
    """Somebody on a button (which holds no markup), with what is worth knowing."""
    shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
    return " · ".join(part for part in (shown, *more) if part)


def page(
    choices: Sequence[Choice],
    number: str,
    *,
    here: ManageTap,
    back: Choice | None,
    size: int = PAGE,
    more: str = texts.MORE,
) -> list[Choice]:
    """A page of choices; ``here`` is this menu, and its value becomes the number of the page."""
    return paged(
        choices, number_of(number), turn=lambda at: replace(here, value=str(at)), more=more, back=back, size=size
    )
