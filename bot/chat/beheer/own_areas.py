"""One area as a whole, making one more, and taking away one in which nothing was made."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl, days_nl, people_nl
from bot.chat.texts import naming_nl as texts
from bot.chat.texts.chat_nl import CANCEL
from bot.usecases.errors import AlreadySo
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.make_area import MOST_AREAS, AreaInUse, TooManyAreas, make_area, remove_area, see_area
from bot.usecases.naming import NameTaken, NameUnusable
from bot.usecases.see_team import my_areas

AREA_NAME: Final = "area_name"
"""Kind of the form in which the name of a new area is typed."""
_NOT_NOW: Final = CANCEL, ManageTap("home", "", "")


async def _own_area(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    seen = await desk.bridge.run(see_area, chat_id=chat_id, area_id=area_id)
    away: list[Choice] = [(texts.REMOVE, ManageTap("droparea", area_id, ""))] if seen.can_go else []
    return texts.own_area(seen), buttons(
        (people_nl.COORDINATORS, ManageTap("coords", area_id, "")),
        (texts.AREA_NAME, ManageTap("arearename", area_id, "")),
        (texts.NEW_AREA, ManageTap("newarea", "", "")),
        *away,
        back_to("about", area_id),
    )


async def _new_area(desk: Desk, chat_id: int, _about: str, _value: str) -> View:
    areas = await desk.bridge.run(my_areas, chat_id=chat_id)  # the button is about no area: it is asked here who may
    if len(areas) >= MOST_AREAS:
        return texts.TOO_MANY, buttons(back_to("home"))
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=AREA_NAME, data={})
    return texts.ASK_AREA_NAME, buttons(_NOT_NOW)


async def on_area_text(desk: Desk, *, chat_id: int, text: str) -> None:
    """The typed name of a new area; one that will not do is asked again. Raises NotAllowed."""
    try:
        made = await desk.bridge.commit(make_area, chat_id=chat_id, name=text)
    except NameUnusable:
        await desk.messenger.send(chat_id, texts.NAME_UNUSABLE, buttons(_NOT_NOW))
        return
    except NameTaken:
        await desk.messenger.send(chat_id, texts.AREA_TAKEN, buttons(_NOT_NOW))
        return
    except TooManyAreas:
        await desk.bridge.run(close_form, chat_id=chat_id)
        await desk.messenger.send(chat_id, texts.TOO_MANY, buttons(back_to("home")))
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    area = made.area
    await desk.messenger.send(
        chat_id,
        texts.area_made(area.name) if made.is_new else texts.NOT_NEW,
        buttons(
            (people_nl.NEW_COORDINATOR, ManageTap("newcoord", area.id, "")),
            (days_nl.REGION_BUTTON, ManageTap("region", area.id, "")),
            (beheer_nl.NEW_TEAM, ManageTap("new", area.id, "")),
            back_to("area", area.id),
        ),
    )


async def _drop(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    seen = await desk.bridge.run(see_area, chat_id=chat_id, area_id=area_id)
    if not seen.can_go:
        return texts.STAYS, buttons(back_to("ownarea", area_id))
    return texts.remove_sure(seen.area.name), buttons(
        (texts.REMOVE_YES, ManageTap("droppedarea", area_id, "")), back_to("ownarea", area_id)
    )


async def _dropped(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    try:
        gone = await desk.bridge.commit(remove_area, chat_id=chat_id, area_id=area_id)
    except AreaInUse:
        return texts.STAYS, buttons(back_to("ownarea", area_id))
    except AlreadySo:
        return texts.REMOVED_BEFORE, buttons(back_to("home"))
    return texts.removed(gone.name), buttons(back_to("home"))


MENUS: Final = Menus(
    # The area is gone when the last tap comes twice: the use case asks who may.
    about_nothing={"newarea": _new_area, "droppedarea": _dropped},
    about_area={"ownarea": _own_area, "droparea": _drop},
)
