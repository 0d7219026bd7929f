"""Participation per sector in the coordinator's menus: the last published months of an area."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.desk import Desk
from bot.chat.texts import participation_nl as texts
from bot.usecases.see_participation import see_participation

SECTORS: Final = "sectors"
"""The verb of this step, about an area."""


async def _sectors(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    months = await desk.bridge.run(see_participation, chat_id=chat_id, area_id=area_id)
    return texts.participation(months), buttons(back_to("about", area_id))


MENUS: Final = Menus(about_area={SECTORS: _sectors})
