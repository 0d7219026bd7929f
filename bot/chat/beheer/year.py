"""The year overview of an area in the coordinator's menus."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import year_nl as texts
from bot.chat.year import label_of, send_year
from bot.usecases.errors import NotAllowed
from bot.usecases.see_year import see_area_year, years_of_area


async def _year(desk: Desk, chat_id: int, area_id: str, value: str) -> View:
    """Which school year; after the choice its file, and the same menu again. Raises NotAllowed for another year."""
    found = await desk.bridge.run(years_of_area, chat_id=chat_id, area_id=area_id)
    if value:
        year = next((each for each in found.years if str(each) == value), None)
        if year is None:
            raise NotAllowed
        overview = await desk.bridge.run(see_area_year, chat_id=chat_id, area_id=area_id, year=year)
        await send_year(desk, chat_id=chat_id, overview=overview)
    if not found.years:
        return texts.NOTHING_YET, buttons(back_to("overview", area_id))
    choices = [(label_of(desk, each), ManageTap("year", area_id, str(each))) for each in found.years]
    return texts.which_year(found.name, lead=False), buttons(*choices, back_to("overview", area_id))


MENUS: Final = Menus(about_area={"year": _year})
