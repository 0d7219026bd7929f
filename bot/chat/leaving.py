"""/vertrek: a member says when they leave a team, or takes it back. Being erased is something else: /stop."""

from __future__ import annotations

from typing import Final

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import LeaveTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.texts import people_nl as texts
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.leave_team import DayUnusable, last_day_for, leave_myself, my_places, stay_myself
from bot.usecases.see_people import Member

OWN_LAST_DAY: Final = "own_last_day"
"""The form in which somebody types their own last day."""


async def on_leave(desk: Desk, *, chat_id: int) -> None:
    """/vertrek, for whoever is a member somewhere."""
    try:
        places = await desk.bridge.run(my_places, chat_id=chat_id)
    except NotAllowed:
        await desk.messenger.send(chat_id, texts.NOT_IN_A_TEAM)
        return
    if len(places) == 1:
        text, keyboard = _ask(places[0])
    else:
        choices = [button(each.team.name, LeaveTap(each.membership_id, "ask")) for each in places]
        text, keyboard = texts.WHICH_TEAM, stacked(choices)
    await desk.messenger.send(chat_id, text, keyboard)


def _ask(member: Member) -> tuple[str, InlineKeyboardMarkup]:
    membership_id = member.membership_id
    choices = [
        button(texts.TODAY, LeaveTap(membership_id, "today")),
        button(texts.END_OF_MONTH, LeaveTap(membership_id, "month")),
        button(texts.OTHER_DAY, LeaveTap(membership_id, "other")),
        button(texts.I_STAY, LeaveTap(membership_id, "stay")),
    ]
    return texts.LAST_DAY_ASK, stacked(choices)


async def on_leave_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: LeaveTap) -> None:
    """A choice of the last day. Raises NotAllowed for somebody else's place."""
    text, keyboard = await _step(desk, chat_id, tapped)
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


async def _step(desk: Desk, chat_id: int, tapped: LeaveTap) -> tuple[str, InlineKeyboardMarkup]:
    membership_id = tapped.membership_id
    places = await desk.bridge.run(my_places, chat_id=chat_id)
    place = next((each for each in places if each.membership_id == membership_id), None)
    if place is None:
        raise NotAllowed
    if tapped.verb == "ask":
        return _ask(place)
    if tapped.verb == "other":
        await desk.bridge.commit(open_form, chat_id=chat_id, kind=OWN_LAST_DAY, data={"membership": membership_id})
        return texts.ASK_DAY, stacked([button(texts.I_STAY, LeaveTap(membership_id, "stay"))])
    if tapped.verb == "stay":
        await desk.bridge.commit(stay_myself, chat_id=chat_id, membership_id=membership_id)
        await desk.bridge.run(close_form, chat_id=chat_id)
        return texts.STAYED, NOTHING
    if tapped.verb not in {"today", "month"}:
        raise NotAllowed
    return await _leave(desk, chat_id, membership_id, tapped.verb)


async def _leave(desk: Desk, chat_id: int, membership_id: str, choice: str) -> tuple[str, InlineKeyboardMarkup]:
    last_day = await desk.bridge.run(last_day_for, choice=choice)
    member = await desk.bridge.commit(leave_myself, chat_id=chat_id, membership_id=membership_id, last_day=last_day)
    undo = stacked([button(texts.I_STAY, LeaveTap(membership_id, "stay"))])
    return texts.you_leave(member, zone=desk.zone), undo


async def on_own_last_day_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed last day of one's own."""
    stay = stacked([button(texts.I_STAY, LeaveTap(data["membership"], "stay"))])
    try:
        reply, keyboard = await _leave(desk, chat_id, data["membership"], text)
    except DayUnusable:
        await desk.messenger.send(chat_id, texts.DAY_UNUSABLE, stay)
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    await desk.messenger.send(chat_id, reply, keyboard)
