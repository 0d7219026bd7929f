"""The first menu, a team at a glance, and making a team."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.chat.texts import publication_nl
from bot.chat.texts.chat_nl import CANCEL
from bot.chat.texts.naming_nl import NAME_UNUSABLE, NEW_AREA
from bot.usecases.fill_form import close_form, current_form, open_form
from bot.usecases.make_team import make_team, standing_team
from bot.usecases.naming import NameUnusable, clean_name, same_name
from bot.usecases.see_team import my_areas, see_team
from storage.teams import Team

TEAM_NAME: Final = "team_name"
TEAM_LABEL: Final = "team_label"
FORMS: Final = frozenset({TEAM_NAME, TEAM_LABEL})
"""Kinds of form for which a typed text is meant here."""
LABEL: Final = "label"
"""The button that answers a form, beside typing."""
SHOWN_AREAS: Final = 3
"""With "more", "back" and "new" that makes six buttons."""
DEFAULT_LABEL: Final = "het wijkteam"
_NOT_NOW: Final = CANCEL, ManageTap("home", "", "")


async def home(desk: Desk, chat_id: int, _about: str, number: str) -> View:
    """The areas of this coordinator, or at once the teams of the only one."""
    areas = await desk.bridge.run(my_areas, chat_id=chat_id)
    if len(areas) == 1:
        return await show_area(desk, chat_id, areas[0][0].id, number)
    choices = [(area.name, ManageTap("area", area.id, "")) for area, _ in areas]
    shown = page(choices, number, here=ManageTap("home", "", ""), back=None, size=SHOWN_AREAS, more=texts.MORE_AREAS)
    return texts.CHOOSE_AREA, buttons(*shown, (NEW_AREA, ManageTap("newarea", "", "")))


async def show_area(desk: Desk, chat_id: int, area_id: str, number: str) -> View:
    """One area: its teams, and where to go from here."""
    areas = await desk.bridge.run(my_areas, chat_id=chat_id)
    area, teams = next((each, teams) for each, teams in areas if each.id == area_id)
    choices = [
        (texts.NEW_TEAM, ManageTap("new", area_id, "")),
        (texts.THE_AREA, ManageTap("about", area_id, "")),
        *((team.name, ManageTap("team", team.id, "")) for team in teams),
    ]
    up = back_to("home") if len(areas) > 1 else None
    shown = page(choices, number, here=ManageTap("area", area_id, ""), back=up, more=texts.MORE_TEAMS)
    return texts.home(area.name), buttons(*shown)


async def show_team(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    """One team: who, when, what comes next, and where to go from here."""
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    return texts.team(state, zone=desk.zone), buttons(
        (texts.PEOPLE, ManageTap("people", team_id, "")),
        (texts.RHYTHM, ManageTap("rhythm", team_id, "")),
        (texts.TOPICS, ManageTap("topics", team_id, "")),
        (publication_nl.ABOUT_TEAM_BUTTON, ManageTap("aboutteam", team_id, "")),
        (texts.TRY, ManageTap("try", team_id, "")),
        back_to("area", state.team.area_id),
    )


async def _new(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=TEAM_NAME, data={"area": area_id})
    return texts.ASK_NAME, buttons(_NOT_NOW)


async def on_team_text(desk: Desk, *, chat_id: int, kind: str, data: dict[str, str], text: str) -> None:
    """A typed text for a new team: its name, then the local word for the wijkteam."""
    try:
        name = clean_name(text)
    except NameUnusable:
        await desk.messenger.send(chat_id, NAME_UNUSABLE, buttons(_NOT_NOW))
        return
    wanted = name if kind == TEAM_NAME else data["name"]
    standing = await desk.bridge.run(standing_team, chat_id=chat_id, area_id=data["area"], name=wanted)
    if standing is not None:
        reply, keyboard = await _standing(desk, chat_id, standing)
        await desk.messenger.send(chat_id, reply, keyboard)
        return
    if kind == TEAM_NAME or same_name(name, wanted):  # the name can come twice, and is no word for a wijkteam
        await desk.bridge.commit(
            open_form, chat_id=chat_id, kind=TEAM_LABEL, data={"area": data["area"], "name": wanted}
        )
        usual = buttons((texts.USUAL_LABEL, ManageTap(LABEL, data["area"], "")), _NOT_NOW)
        await desk.messenger.send(chat_id, texts.ask_label(wanted), usual)
        return
    reply, keyboard = await _make(desk, chat_id, area_id=data["area"], name=data["name"], label=name)
    await desk.messenger.send(chat_id, reply, keyboard)


async def _label(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    """The usual word for the wijkteam, for the team whose name was typed just before."""
    form = await desk.bridge.run(current_form, chat_id=chat_id)
    if form is None or form.kind != TEAM_LABEL or form.data["area"] != area_id:
        return await home(desk, chat_id, "", "")
    name = form.data["name"]
    standing = await desk.bridge.run(standing_team, chat_id=chat_id, area_id=area_id, name=name)
    if standing is not None:
        return await _standing(desk, chat_id, standing)
    return await _make(desk, chat_id, area_id=area_id, name=name, label=DEFAULT_LABEL)


async def _standing(desk: Desk, chat_id: int, team: Team) -> View:
    """Nothing is made: there is a team of this name, also when a colleague made it just now."""
    await desk.bridge.commit(close_form, chat_id=chat_id)
    text, keyboard = await show_team(desk, chat_id, team.id, "")
    return f"{texts.NOT_NEW}\n\n{text}", keyboard


async def _make(desk: Desk, chat_id: int, *, area_id: str, name: str, label: str) -> View:
    team = await desk.bridge.commit(make_team, chat_id=chat_id, area_id=area_id, name=name, team_label=label)
    await desk.bridge.run(close_form, chat_id=chat_id)
    text, keyboard = await show_team(desk, chat_id, team.id, "")
    return f"{texts.MADE}\n\n{text}", keyboard


MENUS: Final = Menus(
    about_nothing={"home": home},
    about_area={"area": show_area, "new": _new, LABEL: _label},
    about_team={"team": show_team},
)
