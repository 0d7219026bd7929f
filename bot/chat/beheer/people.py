"""The people of a team: where to go from here."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl
from bot.chat.texts import people_nl as texts


async def _people(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    return texts.PEOPLE, buttons(
        (texts.INVITE, ManageTap("invite", team_id, "")),
        (texts.MEMBERS, ManageTap("members", team_id, "")),
        (texts.LEADS, ManageTap("leads", team_id, "")),
        (texts.MERGE, ManageTap("merge", team_id, "")),
        (beheer_nl.LOG, ManageTap("log", team_id, "")),
        back_to("team", team_id),
    )


MENUS: Final = Menus(about_team={"people": _people})
