"""Choosing a dialogue to try, and as whom."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts import days_nl
from bot.usecases.errors import NotAllowed

PLAY: Final = "play"
"""The verb that begins a preview; from there the message is the preview's."""


async def _try(desk: Desk, _chat_id: int, team_id: str, number: str) -> View:
    dialogues = sorted(desk.library.definitions.values(), key=lambda each: not each.is_element)
    choices = [
        (days_nl.TEST_BUTTON, ManageTap("test", team_id, "")),
        *((each.title, ManageTap("as", team_id, each.id)) for each in dialogues),
    ]
    shown = page(choices, number, here=ManageTap("try", team_id, ""), back=back_to("team", team_id))
    return texts.TRY_WHICH, buttons(*shown)


async def _as(desk: Desk, _chat_id: int, team_id: str, element: str) -> View:
    if element not in desk.library.definitions:
        raise NotAllowed
    return texts.TRY_AS, buttons(
        (texts.AS_PRACTICE, ManageTap(PLAY, team_id, f"{element}-practice")),
        (texts.AS_STRATEGIC, ManageTap(PLAY, team_id, f"{element}-strategic")),
        back_to("try", team_id),
    )


MENUS: Final = Menus(about_team={"try": _try, "as": _as})
