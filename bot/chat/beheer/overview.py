"""The overview of an area in the coordinator's menus: what its own rounds published, in words."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import area_nl as texts
from bot.render import message
from bot.usecases.see_area_overview import see_area_overview

STRATEGIC: Final = "leiding"
"""Value of the button for the strategic layer; nothing: the whole area."""


async def _overview(desk: Desk, chat_id: int, area_id: str, value: str) -> View:
    strategic = value == STRATEGIC
    seen = await desk.bridge.run(see_area_overview, chat_id=chat_id, area_id=area_id, strategic=strategic)
    other = (texts.WHOLE_AREA, "") if strategic else (texts.STRATEGIC, STRATEGIC)
    text = message(seen.newest) if seen.newest else texts.nothing_yet(seen, strategic=strategic, zone=desk.zone)
    return text, buttons((other[0], ManageTap("overview", area_id, other[1])), back_to("about", area_id))


MENUS: Final = Menus(about_area={"overview": _overview})
