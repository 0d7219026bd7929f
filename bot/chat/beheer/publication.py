"""What a team is and what its overview shows: its profile, words or counts, and where its cycle stands."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_new_promise
from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of
from bot.chat.texts import beheer_nl
from bot.chat.texts import publication_nl as texts
from bot.chat.texts.cycle_nl import OF_TEAM
from bot.chat.texts.figure_nl import BUTTON as FIGURE
from bot.chat.texts.naming_nl import TEAM_NAMES
from bot.usecases.choose_publication import Shown, choose_publication, see_publication
from bot.usecases.errors import NotAllowed
from bot.usecases.raise_floor import raise_floor, see_floor


async def _about(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    return texts.ABOUT_TEAM, buttons(
        (TEAM_NAMES, ManageTap("names", team_id, "")),
        (beheer_nl.PROFILE, ManageTap("profile", team_id, "")),
        (texts.BUTTON, ManageTap("shown", team_id, "")),
        (OF_TEAM, ManageTap("cycle", team_id, "")),
        (FIGURE, ManageTap("figure", team_id, "")),
        back_to("team", team_id),
    )


async def _shown(desk: Desk, chat_id: int, team_id: str, shown: str) -> View:
    """What is chosen now and what each choice means; or, with a choice, what happens next."""
    if shown:
        chosen = await desk.bridge.commit(choose_publication, chat_id=chat_id, team_id=team_id, shown=shown)
        said = await with_new_promise(desk, chat_id, team_id, texts.chosen(chosen), second_chance_too=False)
        return f"{said}\n\n{texts.beside_choice(chosen)}".rstrip(), buttons(back_to("shown", team_id))
    now = await desk.bridge.run(see_publication, chat_id=chat_id, team_id=team_id)
    choices = ((texts.CHOICES[each], ManageTap("shown", team_id, str(each))) for each in Shown)
    floor = texts.FLOOR_BUTTON, ManageTap("floor", team_id, "")
    return texts.what_is_shown(now), buttons(*choices, floor, back_to("aboutteam", team_id))


async def _floor(desk: Desk, chat_id: int, team_id: str, chosen: str) -> View:
    """What holds now and what more would mean; or, with a number, whether they are sure."""
    now = await desk.bridge.run(see_floor, chat_id=chat_id, team_id=team_id)
    if not chosen or number_of(chosen) == now.now:
        higher = ((texts.from_floor(each), ManageTap("floor", team_id, str(each))) for each in now.higher)
        return texts.floor_now(now), buttons(*higher, back_to("shown", team_id))
    floor = number_of(chosen)
    if floor not in now.higher:
        raise NotAllowed
    sure = texts.RAISE.format(floor=floor), ManageTap("raise", team_id, str(floor))
    asked = await with_new_promise(desk, chat_id, team_id, texts.sure_of_floor(floor), second_chance_too=True)
    return asked, buttons(sure, back_to("floor", team_id))


async def _raise(desk: Desk, chat_id: int, team_id: str, chosen: str) -> View:
    raised = await desk.bridge.commit(raise_floor, chat_id=chat_id, team_id=team_id, floor=number_of(chosen))
    said = await with_new_promise(desk, chat_id, team_id, texts.floor_raised(raised), second_chance_too=True)
    return f"{said}\n\n{texts.beside_floor(raised)}".rstrip(), buttons(back_to("floor", team_id))


MENUS: Final = Menus(about_team={"aboutteam": _about, "shown": _shown, "floor": _floor, "raise": _raise})
