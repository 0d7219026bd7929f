"""The overview of an area in the coordinator's menus: what its own rounds published, and its teams."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import area_nl as texts
from bot.chat.texts.cycle_nl import PER_TEAM
from bot.render import message
from bot.usecases.see_area_overview import see_area_overview

WHOLE: Final = "alle"
STRATEGIC: Final = "leiding"
"""Values of the buttons for the whole area and for its strategic layer; nothing: which of them."""


async def _overview(desk: Desk, chat_id: int, area_id: str, value: str) -> View:
    if value not in {WHOLE, STRATEGIC}:
        return texts.ABOUT, buttons(
            (PER_TEAM, ManageTap("cycles", area_id, "")),
            (texts.WHOLE_AREA, ManageTap("overview", area_id, WHOLE)),
            (texts.STRATEGIC, ManageTap("overview", area_id, STRATEGIC)),
            back_to("about", area_id),
        )
    strategic = value == STRATEGIC
    seen = await desk.bridge.run(see_area_overview, chat_id=chat_id, area_id=area_id, strategic=strategic)
    text = message(seen.newest) if seen.newest else texts.nothing_yet(seen, strategic=strategic, zone=desk.zone)
    return text, buttons(back_to("overview", area_id))


MENUS: Final = Menus(about_area={"overview": _overview})
