"""The leads of a team: who reads the maandbeeld, and that somebody stops or is replaced."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page, person_label
from bot.chat.callback_data import ManageTap
from bot.chat.commands import refresh_commands
from bot.chat.desk import Desk
from bot.chat.texts import people_nl as texts
from bot.usecases.replace_lead import Ended, remove_lead
from bot.usecases.see_people import one_of_team, team_people

SHOWN: Final = 3
"""With "invite", "more" and "back" that makes six buttons."""


async def _leads(desk: Desk, chat_id: int, team_id: str, number: str) -> View:
    found = await desk.bridge.run(team_people, chat_id=chat_id, team_id=team_id, role="lead")
    choices = [(person_label(each.name), ManageTap("lead", team_id, each.membership_id)) for each in found]
    here, back = ManageTap("leads", team_id, ""), back_to("people", team_id)
    shown = page(choices, number, here=here, back=back, size=SHOWN, more=texts.MORE)
    text = texts.WHICH_LEAD if found else texts.NO_LEADS
    return text, buttons((texts.NEW_LEAD, ManageTap("link", team_id, "lead")), *shown)


async def _lead(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    return texts.one_lead(member.name), buttons(
        (texts.REPLACE, ManageTap("replace", team_id, membership_id)),
        (texts.END_ROLE, ManageTap("endlead", team_id, membership_id)),
        back_to("leads", team_id),
    )


async def _replace(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    return texts.replace_sure(member.name), buttons(
        (texts.REPLACE_YES, ManageTap("replaced", team_id, membership_id)), back_to("lead", team_id, membership_id)
    )


async def _replaced(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    ended = await _end(desk, chat_id, membership_id, replacing=True)
    invited = ended.invited
    link = texts.link_of(invited, link=desk.link(invited.token), zone=desk.zone) if invited else ""
    return f"{texts.role_ended(ended.name, nobody=False)}\n\n{link}", buttons(back_to("leads", team_id))


async def _end_lead(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    found = await desk.bridge.run(team_people, chat_id=chat_id, team_id=team_id, role="lead")
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    return texts.end_role_sure(member.name, last=len(found) == 1), buttons(
        (texts.END_ROLE_YES, ManageTap("endedlead", team_id, membership_id)), back_to("lead", team_id, membership_id)
    )


async def _ended_lead(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    ended = await _end(desk, chat_id, membership_id, replacing=False)
    return texts.role_ended(ended.name, nobody=ended.left == 0), buttons(back_to("leads", team_id))


async def _end(desk: Desk, chat_id: int, membership_id: str, *, replacing: bool) -> Ended:
    ended = await desk.bridge.commit(remove_lead, chat_id=chat_id, membership_id=membership_id, replacing=replacing)
    await refresh_commands(desk, chat_id=ended.chat_id)
    return ended


MENUS: Final = Menus(
    about_team={
        "leads": _leads,
        "lead": _lead,
        "replace": _replace,
        "replaced": _replaced,
        "endlead": _end_lead,
        "endedlead": _ended_lead,
    }
)
