"""Which element a team begins with; the others follow by themselves."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.usecases.set_schedule import set_first_topic


async def _topics(desk: Desk, _chat_id: int, team_id: str, number: str) -> View:
    choices = [
        (each.title, ManageTap("first", team_id, each.id))
        for each in desk.library.definitions.values()
        if each.is_element
    ]
    shown = page(choices, number, here=ManageTap("topics", team_id, ""), back=back_to("team", team_id))
    return texts.WHICH_TOPIC, buttons(*shown)


async def _first(desk: Desk, chat_id: int, team_id: str, element: str) -> View:
    await desk.bridge.commit(set_first_topic, chat_id=chat_id, team_id=team_id, element=element)
    text, keyboard = await show_team(desk, chat_id, team_id, "")
    return f"{texts.topic_set(desk.library.get(element).title)}\n\n{text}", keyboard


MENUS: Final = Menus(about_team={"topics": _topics, "first": _first})
