"""The menu of a whole area: what holds for all its teams."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.beheer.participation import SECTORS
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts import participation_nl


async def _about(_desk: Desk, _chat_id: int, area_id: str, _value: str) -> View:
    return texts.ABOUT_AREA, buttons(
        (participation_nl.BUTTON, ManageTap(SECTORS, area_id, "")),
        (texts.LOG, ManageTap("arealog", area_id, "")),
        back_to("area", area_id),
    )


MENUS: Final = Menus(about_area={"about": _about})
