"""The members of a team: who they are, and that somebody leaves or moves. Never who answered."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_next_question
from bot.chat.beheer.menu import Menus, View, back_to, buttons, page, person_label
from bot.chat.callback_data import ManageTap
from bot.chat.commands import refresh_commands
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of, paged
from bot.chat.texts import people_nl as texts
from bot.usecases.errors import RoleConflict
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.leave_team import DayUnusable, last_day_for, remove_now, set_last_day, take_back_leaving
from bot.usecases.merge_teams import merge_choices
from bot.usecases.move_member import move_member
from bot.usecases.see_people import Member, one_of_team, team_people
from dialogues.conversation.presenting import fill

LAST_DAY: Final = "last_day"
"""The form in which somebody's last day is typed."""
AND_PAGE: Final = "~"
"""Between a membership and the number of a page, in the value of a button."""


async def _members(desk: Desk, chat_id: int, team_id: str, number: str) -> View:
    found = await desk.bridge.run(team_people, chat_id=chat_id, team_id=team_id, role="member")
    if not found:
        return texts.NO_MEMBERS, buttons(back_to("people", team_id))
    choices = [
        (
            person_label(each.name, _sector(desk, each), texts.LEAVING if each.leaves_on else ""),
            ManageTap("member", team_id, each.membership_id),
        )
        for each in found
    ]
    here, back = ManageTap("members", team_id, ""), back_to("people", team_id)
    return texts.WHICH_MEMBER, buttons(*page(choices, number, here=here, back=back, more=texts.MORE))


def _sector(desk: Desk, member: Member) -> str:
    labels = {str(sector): label for sector, label in desk.library.functions.sectors.items()}
    label = labels.get(member.sector)
    return fill(label, {"wijkteam": member.team.team_label}) if label else texts.SECTOR_UNKNOWN


async def _member(desk: Desk, chat_id: int, _team_id: str, membership_id: str) -> View:
    return _shown(desk, await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id))


def _shown(desk: Desk, member: Member) -> View:
    team_id, membership_id = member.team.id, member.membership_id
    leaving = (
        (texts.LEAVES, ManageTap("leaves", team_id, membership_id))
        if member.leaves_on is None
        else (texts.STAYS, ManageTap("stays", team_id, membership_id))
    )
    return texts.one_member(member, sector=_sector(desk, member), zone=desk.zone), buttons(
        leaving,
        (texts.MOVE, ManageTap("move", team_id, membership_id)),
        (texts.REMOVE, ManageTap("remove", team_id, membership_id)),
        back_to("members", team_id),
    )


async def _leaves(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    return texts.last_day_of(member.name), buttons(
        (texts.TODAY, ManageTap("lasttoday", team_id, membership_id)),
        (texts.END_OF_MONTH, ManageTap("lastmonth", team_id, membership_id)),
        (texts.OTHER_DAY, ManageTap("lastother", team_id, membership_id)),
        back_to("member", team_id, membership_id),
    )


async def _last_today(desk: Desk, chat_id: int, _team_id: str, membership_id: str) -> View:
    return await _set(desk, chat_id, membership_id, "today")


async def _last_month(desk: Desk, chat_id: int, _team_id: str, membership_id: str) -> View:
    return await _set(desk, chat_id, membership_id, "month")


async def _set(desk: Desk, chat_id: int, membership_id: str, choice: str) -> View:
    last_day = await desk.bridge.run(last_day_for, choice=choice)
    member = await desk.bridge.commit(set_last_day, chat_id=chat_id, membership_id=membership_id, last_day=last_day)
    return texts.leaves_now(member, zone=desk.zone), buttons(back_to("member", member.team.id, membership_id))


async def _last_other(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    data = {"team": team_id, "membership": membership_id}
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=LAST_DAY, data=data)
    return texts.ASK_DAY, buttons((texts.KEEP, ManageTap("member", team_id, membership_id)))


async def on_last_day_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed last day of a member."""
    try:
        reply, keyboard = await _set(desk, chat_id, data["membership"], text)
    except DayUnusable:
        keep = buttons((texts.KEEP, ManageTap("member", data["team"], data["membership"])))
        await desk.messenger.send(chat_id, texts.DAY_UNUSABLE, keep)
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    await desk.messenger.send(chat_id, reply, keyboard)


async def _stays(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.commit(take_back_leaving, chat_id=chat_id, membership_id=membership_id)
    said = await with_next_question(desk, chat_id, team_id, texts.stays(member.name))
    return said, buttons(back_to("member", team_id, membership_id))


async def _move(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The other teams of the area, page by page; the member stays on every button, so no form is needed."""
    membership_id, _, number = value.partition(AND_PAGE)
    teams = await desk.bridge.run(merge_choices, chat_id=chat_id, team_id=team_id)
    back = back_to("member", team_id, membership_id)
    if not teams:
        return texts.NO_OTHER_TEAM, buttons(back)
    choices = [(each.name, ManageTap("moveto", each.id, membership_id)) for each in teams]
    turned = paged(
        choices,
        number_of(number),
        turn=lambda at: ManageTap("move", team_id, f"{membership_id}{AND_PAGE}{at}"),
        more=texts.MORE,
        back=back,
    )
    return texts.MOVE_WHERE, buttons(*turned)


async def _move_to(desk: Desk, chat_id: int, to_team_id: str, membership_id: str) -> View:
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    teams = await desk.bridge.run(merge_choices, chat_id=chat_id, team_id=member.team.id)
    there = next((each.name for each in teams if each.id == to_team_id), "")
    sure = texts.move_sure(name=member.name, here=member.team.name, there=there)
    return sure, buttons(
        (texts.MOVE_YES, ManageTap("moved", to_team_id, membership_id)),
        back_to("move", member.team.id, membership_id),
    )


async def _moved(desk: Desk, chat_id: int, to_team_id: str, membership_id: str) -> View:
    try:
        member = await desk.bridge.commit(
            move_member, chat_id=chat_id, membership_id=membership_id, to_team_id=to_team_id
        )
    except RoleConflict:
        return texts.MOVE_CONFLICT, buttons(back_to("team", to_team_id))
    moved = texts.moved(name=member.name, there=member.team.name)
    said = await with_next_question(desk, chat_id, to_team_id, moved)
    return said, buttons(back_to("members", to_team_id))


async def _remove(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.run(one_of_team, chat_id=chat_id, membership_id=membership_id)
    return texts.remove_sure(member.name), buttons(
        (texts.REMOVE_YES, ManageTap("removed", team_id, membership_id)), back_to("member", team_id, membership_id)
    )


async def _removed(desk: Desk, chat_id: int, team_id: str, membership_id: str) -> View:
    member = await desk.bridge.commit(remove_now, chat_id=chat_id, membership_id=membership_id)
    await refresh_commands(desk, chat_id=member.chat_id)
    return texts.removed(member.name), buttons(back_to("members", team_id))


MENUS: Final = Menus(
    about_team={
        "members": _members,
        "member": _member,
        "leaves": _leaves,
        "lasttoday": _last_today,
        "lastmonth": _last_month,
        "lastother": _last_other,
        "stays": _stays,
        "move": _move,
        "moveto": _move_to,
        "moved": _moved,
        "remove": _remove,
        "removed": _removed,
    }
)
