"""The overview of an area in the coordinator's menus: what its own rounds published, and its teams."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import area_nl as texts
from bot.chat.texts.chat_nl import AS_PDF
from bot.chat.texts.cycle_nl import PER_TEAM
from bot.chat.texts.maandbeeld_nl import AS_CSV, AS_SHEET, CSV_IS
from bot.chat.texts.year_nl import BUTTON as YEAR
from bot.render import caption, csv_file, message, pdf, picture, xlsx
from bot.usecases.errors import NotAllowed
from bot.usecases.see_area_overview import see_area_overview, see_two_worlds
from dialogues.insight import Maandbeeld

WHOLE: Final = "alle"
STRATEGIC: Final = "leiding"
TWO_WORLDS: Final = "werelden"
"""Values of the buttons for the whole area, its strategic layer, and both beside each other; nothing: which of them."""
PICTURE: Final = "plaatje"
PDF: Final = "pdf"
SHEET: Final = "tabel"
CSV: Final = "csv"
_FILES: Final = {
    PDF: (pdf, "gebied.pdf", ""),
    SHEET: (xlsx, "gebied.xlsx", texts.SHEET_IS),
    CSV: (csv_file, "gebied.csv", CSV_IS),
}
"""What makes the file, its name, and what is said with it."""


async def _overview(desk: Desk, chat_id: int, area_id: str, value: str) -> View:
    if value not in {WHOLE, STRATEGIC, TWO_WORLDS}:
        choices = ((texts.WHOLE_AREA, WHOLE), (texts.STRATEGIC, STRATEGIC), (texts.TWO_WORLDS, TWO_WORLDS))
        return texts.ABOUT, buttons(
            (PER_TEAM, ManageTap("cycles", area_id, "")),
            *((label, ManageTap("overview", area_id, each)) for label, each in choices),
            (YEAR, ManageTap("year", area_id, "")),
            back_to("about", area_id),
        )
    found = await _page(desk, chat_id, area_id, value)
    if isinstance(found, str):
        return found, buttons(back_to("overview", area_id))
    forms: tuple[Choice, ...] = (
        (texts.AS_PICTURE, ManageTap("viewfile", area_id, f"{value}-{PICTURE}")),
        (AS_PDF, ManageTap("viewfile", area_id, f"{value}-{PDF}")),
        (AS_SHEET, ManageTap("viewfile", area_id, f"{value}-{SHEET}")),
        (AS_CSV, ManageTap("viewfile", area_id, f"{value}-{CSV}")),
    )
    return message(found), buttons(*forms, back_to("overview", area_id))


async def _file(desk: Desk, chat_id: int, area_id: str, value: str) -> View:
    """The same as a picture, a page or a sheet, in a message of its own; made anew each time, and kept nowhere."""
    which, _, form = value.partition("-")
    found = await _page(desk, chat_id, area_id, which)
    if isinstance(found, str) or form not in {PICTURE, *_FILES}:
        raise NotAllowed
    if form == PICTURE:
        photo = await desk.drawing.draw(picture, found)
        await desk.messenger.send_photo(chat_id, photo, filename="gebied.png", caption=caption(found))
    else:
        made, name, told = _FILES[form]
        document = await desk.drawing.draw(made, found)
        await desk.messenger.send_document(chat_id, document, filename=name, caption=told)
    return await _overview(desk, chat_id, area_id, which)


async def _page(desk: Desk, chat_id: int, area_id: str, value: str) -> Maandbeeld | str:
    """What there is to show, or why there is nothing yet."""
    if value == TWO_WORLDS:
        worlds = await desk.bridge.run(see_two_worlds, chat_id=chat_id, area_id=area_id)
        return worlds if isinstance(worlds, Maandbeeld) else texts.no_two_worlds(worlds)
    strategic = value == STRATEGIC
    seen = await desk.bridge.run(see_area_overview, chat_id=chat_id, area_id=area_id, strategic=strategic)
    return seen.newest or texts.nothing_yet(seen, strategic=strategic, zone=desk.zone)


MENUS: Final = Menus(about_area={"overview": _overview, "viewfile": _file})
