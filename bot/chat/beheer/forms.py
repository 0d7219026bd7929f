"""Which typed text is for which form: a coordinator is asked one thing at a time, and it survives a restart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from bot.chat.beheer.days import CALENDAR_FILE
from bot.chat.beheer.invitations import NAMES, on_names_text
from bot.chat.beheer.members import LAST_DAY, on_last_day_text
from bot.chat.beheer.naming import FORMS as NAMING_FORMS
from bot.chat.beheer.naming import on_naming_text
from bot.chat.beheer.own_areas import AREA_NAME, on_area_text
from bot.chat.beheer.pausing import PAUSE_DATE, on_pause_text
from bot.chat.beheer.picking import RHYTHM_PART, on_pick_text
from bot.chat.beheer.profile import CONTACT, KEEP, on_contact_text
from bot.chat.beheer.rhythm import REMINDER_TIME, on_reminder_time_text
from bot.chat.beheer.teams import FORMS as TEAM_FORMS
from bot.chat.beheer.teams import LABEL, on_team_text
from bot.chat.callback_data import DialogueTap, ManageTap, PromptTap, Reference
from bot.chat.desk import Desk
from bot.chat.leaving import OWN_LAST_DAY, on_own_last_day_text
from bot.chat.own_figure import FIGURE_FORMS
from bot.chat.own_times import OWN_RETURN, on_own_return_text
from bot.usecases.fill_form import leave_forms

_BY_DATA: Final[dict[str, Callable[..., Awaitable[None]]]] = {
    NAMES: on_names_text,
    LAST_DAY: on_last_day_text,
    PAUSE_DATE: on_pause_text,
    RHYTHM_PART: on_pick_text,
    REMINDER_TIME: on_reminder_time_text,
    CONTACT: on_contact_text,
}
_OF_MENUS: Final = TEAM_FORMS | NAMING_FORMS | {AREA_NAME, *_BY_DATA}
FORMS: Final = _OF_MENUS | {OWN_LAST_DAY, OWN_RETURN}
"""Kinds of form for which a typed text is meant here."""
LEFT_BY_A_TAP: Final = _OF_MENUS | FIGURE_FORMS | {CALENDAR_FILE}
"""Kinds of form that somebody walks away from with any other tap or command."""
_ANSWERS: Final = frozenset({LABEL, KEEP})
"""Buttons in the menus that answer a form, beside typing."""


async def walk_away(desk: Desk, *, chat_id: int, tapped: Reference | None = None) -> None:
    """Forget the unfinished form, unless this button answers it: "Bedankt!" must not become the name of a team.

    Beginning a dialogue does it itself; its own taps, which are most of all, need not ask for it again.
    """
    if not (isinstance(tapped, DialogueTap | PromptTap) or (isinstance(tapped, ManageTap) and tapped.verb in _ANSWERS)):
        await desk.bridge.run(leave_forms, chat_id=chat_id, kinds=LEFT_BY_A_TAP)


async def on_form_text(desk: Desk, *, chat_id: int, kind: str, data: dict[str, str], text: str) -> None:
    """A typed text for the open form. Raises NotAllowed when the rights went meanwhile."""
    if kind in _BY_DATA:
        await _BY_DATA[kind](desk, chat_id=chat_id, data=data, text=text)
    elif kind == OWN_LAST_DAY:
        await on_own_last_day_text(desk, chat_id=chat_id, data=data, text=text)
    elif kind == OWN_RETURN:
        await on_own_return_text(desk, chat_id=chat_id, text=text)
    elif kind == AREA_NAME:
        await on_area_text(desk, chat_id=chat_id, text=text)
    elif kind in NAMING_FORMS:
        await on_naming_text(desk, chat_id=chat_id, kind=kind, data=data, text=text)
    else:
        await on_team_text(desk, chat_id=chat_id, kind=kind, data=data, text=text)
