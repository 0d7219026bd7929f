"""Correcting what a team, its wijkteam or an area is called."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.beheer.teams import show_area, show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import naming_nl as texts
from bot.chat.texts.chat_nl import CANCEL
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.naming import NameTaken, NameUnusable
from bot.usecases.remove_team import team_can_go
from bot.usecases.rename import rename_area, rename_team, rename_wijkteam
from bot.usecases.see_team import see_team

OTHER_NAME: Final = "other_team_name"
OTHER_LABEL: Final = "other_team_label"
OTHER_AREA_NAME: Final = "other_area_name"
FORMS: Final = frozenset({OTHER_NAME, OTHER_LABEL, OTHER_AREA_NAME})
"""Kinds of form for which a typed text is meant here."""
ABOUT: Final = "about"
"""In a form: the team or the area whose name is typed."""
_BACK_TO: Final = {OTHER_NAME: "names", OTHER_LABEL: "names", OTHER_AREA_NAME: "ownarea"}
"""Where who types no name after all goes back to."""


async def _names(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    can_go = await desk.bridge.run(team_can_go, chat_id=chat_id, team_id=team_id)
    away: list[Choice] = [(texts.REMOVE_TEAM, ManageTap("dropteam", team_id, ""))] if can_go else []
    return texts.team_names(state.team), buttons(
        (texts.OTHER_NAME, ManageTap("rename", team_id, "")),
        (texts.OTHER_LABEL, ManageTap("relabel", team_id, "")),
        *away,
        back_to("aboutteam", team_id),
    )


async def _rename(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    return await _ask(desk, chat_id, OTHER_NAME, team_id, texts.ASK_OTHER_NAME)


async def _relabel(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    return await _ask(desk, chat_id, OTHER_LABEL, team_id, texts.ASK_OTHER_LABEL)


async def _rename_area(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    return await _ask(desk, chat_id, OTHER_AREA_NAME, area_id, texts.ASK_OTHER_AREA_NAME)


async def _ask(desk: Desk, chat_id: int, kind: str, about: str, asked: str) -> View:
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=kind, data={ABOUT: about})
    return asked, buttons((CANCEL, ManageTap(_BACK_TO[kind], about, "")))


async def on_naming_text(desk: Desk, *, chat_id: int, kind: str, data: dict[str, str], text: str) -> None:
    """A typed name; one that will not do is asked again. Raises NotAllowed."""
    about = data[ABOUT]
    again = buttons((CANCEL, ManageTap(_BACK_TO[kind], about, "")))
    try:
        said = await _change(desk, chat_id, kind, about, text)
    except NameUnusable:
        await desk.messenger.send(chat_id, texts.NAME_UNUSABLE, again)
        return
    except NameTaken:
        taken = texts.AREA_TAKEN if kind == OTHER_AREA_NAME else texts.TEAM_TAKEN
        await desk.messenger.send(chat_id, taken, again)
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    shown = show_area if kind == OTHER_AREA_NAME else show_team
    reply, keyboard = await shown(desk, chat_id, about, "")
    await desk.messenger.send(chat_id, f"{said}\n\n{reply}", keyboard)


async def _change(desk: Desk, chat_id: int, kind: str, about: str, text: str) -> str:
    if kind == OTHER_NAME:
        return texts.team_renamed(await desk.bridge.commit(rename_team, chat_id=chat_id, team_id=about, name=text))
    if kind == OTHER_LABEL:
        label = await desk.bridge.commit(rename_wijkteam, chat_id=chat_id, team_id=about, label=text)
        return texts.wijkteam_renamed(label)
    return texts.area_renamed(await desk.bridge.commit(rename_area, chat_id=chat_id, area_id=about, name=text))


MENUS: Final = Menus(
    about_team={"names": _names, "rename": _rename, "relabel": _relabel}, about_area={"arearename": _rename_area}
)
