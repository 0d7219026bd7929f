"""The menu of a whole area: what holds for all its teams, and who coordinates it."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page, person_label
from bot.chat.beheer.participation import SECTORS
from bot.chat.callback_data import ManageTap
from bot.chat.commands import refresh_commands
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING
from bot.chat.texts import area_nl, beheer_nl, days_nl, naming_nl, participation_nl
from bot.chat.texts import people_nl as texts
from bot.usecases.access import roles
from bot.usecases.errors import LastCoordinator, NotAllowed
from bot.usecases.invite import invite_colleague
from bot.usecases.replace_lead import remove_coordinator
from bot.usecases.see_people import Colleague, area_people

SHOWN: Final = 3
"""With "invite", "more" and "back" that makes six buttons."""


async def _about(_desk: Desk, _chat_id: int, area_id: str, _value: str) -> View:
    return beheer_nl.ABOUT_AREA, buttons(
        (naming_nl.OWN_AREA, ManageTap("ownarea", area_id, "")),
        (days_nl.AREA_DAYS_BUTTON, ManageTap("areadays", area_id, "")),
        (area_nl.BUTTON, ManageTap("overview", area_id, "")),
        (participation_nl.BUTTON, ManageTap(SECTORS, area_id, "")),
        (beheer_nl.LOG, ManageTap("arealog", area_id, "")),
        back_to("area", area_id),
    )


async def _coordinators(desk: Desk, chat_id: int, area_id: str, number: str) -> View:
    found = await desk.bridge.run(area_people, chat_id=chat_id, area_id=area_id)
    choices = [(person_label(each.name), ManageTap("coord", area_id, each.person_id)) for each in found]
    here, back = ManageTap("coords", area_id, ""), back_to("ownarea", area_id)
    shown = page(choices, number, here=here, back=back, size=SHOWN, more=texts.MORE)
    return texts.WHICH_COORDINATOR, buttons((texts.NEW_COORDINATOR, ManageTap("newcoord", area_id, "")), *shown)


async def _new_coordinator(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    invited = await desk.bridge.commit(invite_colleague, chat_id=chat_id, area_id=area_id)
    text = texts.link_of(invited, link=desk.link(invited.token), zone=desk.zone)
    return text, buttons(back_to("coords", area_id))


async def _coordinator(desk: Desk, chat_id: int, area_id: str, person_id: str) -> View:
    colleague = await _colleague(desk, chat_id, area_id, person_id)
    return texts.one_coordinator(colleague.name, myself=colleague.myself), buttons(
        (texts.END_COORDINATOR, ManageTap("endcoord", area_id, person_id)), back_to("coords", area_id)
    )


async def _end_coordinator(desk: Desk, chat_id: int, area_id: str, person_id: str) -> View:
    colleague = await _colleague(desk, chat_id, area_id, person_id)
    return texts.end_coordinator_sure(colleague.name, myself=colleague.myself), buttons(
        (
            texts.END_MYSELF_YES if colleague.myself else texts.END_COORDINATOR_YES,
            ManageTap("endedcoord", area_id, person_id),
        ),
        back_to("coord", area_id, person_id),
    )


async def _ended_coordinator(desk: Desk, chat_id: int, area_id: str, person_id: str) -> View:
    try:
        ended = await desk.bridge.commit(remove_coordinator, chat_id=chat_id, area_id=area_id, person_id=person_id)
    except LastCoordinator:
        return texts.ONLY_COORDINATOR, buttons(back_to("coords", area_id))
    await refresh_commands(desk, chat_id=ended.chat_id)
    if ended.chat_id == chat_id:
        own = await desk.bridge.run(roles, chat_id=chat_id)
        return texts.YOU_STOPPED, buttons((texts.YOUR_AREAS, ManageTap("home", "", ""))) if own.coordinates else NOTHING
    return texts.coordinator_ended(ended.name), buttons(back_to("coords", area_id))


async def _colleague(desk: Desk, chat_id: int, area_id: str, person_id: str) -> Colleague:
    found = await desk.bridge.run(area_people, chat_id=chat_id, area_id=area_id)
    colleague = next((each for each in found if each.person_id == person_id), None)
    if colleague is None:
        raise NotAllowed
    return colleague


MENUS: Final = Menus(
    about_area={
        "about": _about,
        "coords": _coordinators,
        "newcoord": _new_coordinator,
        "coord": _coordinator,
        "endcoord": _end_coordinator,
        "endedcoord": _ended_coordinator,
    }
)
