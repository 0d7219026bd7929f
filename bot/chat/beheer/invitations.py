"""The people of a team: inviting them."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.usecases.invite import invite_to_team


async def _people(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    return texts.WHOM, buttons(
        (texts.INVITE_LEAD, ManageTap("link", team_id, "lead")),
        (texts.INVITE_MEMBERS, ManageTap("link", team_id, "member")),
        (texts.LOG, ManageTap("log", team_id, "")),
        back_to("team", team_id),
    )


async def _link(desk: Desk, chat_id: int, team_id: str, kind: str) -> View:
    invited = await desk.bridge.commit(invite_to_team, chat_id=chat_id, team_id=team_id, kind=kind)
    text = texts.invitation(invited, link=desk.link(invited.token), zone=desk.zone)
    return text, buttons(back_to("people", team_id))


MENUS: Final = Menus(about_team={"people": _people, "link": _link})
