"""Inviting people into a team: one link, a link for each, or a QR picture."""

from __future__ import annotations

from html import escape
from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of
from bot.chat.texts import people_nl as texts
from bot.render.invitation_list import ListedLink, as_csv, as_messages, as_sheet
from bot.render.qr import qr_picture
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.invite import VALID_DAYS, invite_each, invite_to_team
from bot.usecases.read_names import NamesUnusable, read_names

NAMES: Final = "invite_names"
"""The form in which the lines of a list are typed."""


async def _invite(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    return texts.WHOM, buttons(
        (texts.INVITE_MEMBERS, ManageTap("link", team_id, "member")),
        (texts.INVITE_EACH, ManageTap("each", team_id, "")),
        (texts.INVITE_QR, ManageTap("qr", team_id, "")),
        (texts.INVITE_LEAD, ManageTap("link", team_id, "lead")),
        (texts.OPEN_INVITATIONS, ManageTap("open", team_id, "")),
        back_to("people", team_id),
    )


async def _link(desk: Desk, chat_id: int, team_id: str, kind: str) -> View:
    invited = await desk.bridge.commit(invite_to_team, chat_id=chat_id, team_id=team_id, kind=kind)
    text = texts.link_of(invited, link=desk.link(invited.token), zone=desk.zone)
    return text, buttons(back_to("invite", team_id))


async def _qr(desk: Desk, chat_id: int, team_id: str, days: str) -> View:
    """How long it works, and then the picture itself, in a message of its own."""
    if not days:
        choices = [(texts.DAYS[each], ManageTap("qr", team_id, str(each))) for each in VALID_DAYS]
        return texts.QR_FOR, buttons(*choices, back_to("invite", team_id))
    invited = await desk.bridge.commit(
        invite_to_team, chat_id=chat_id, team_id=team_id, kind="member", days=number_of(days)
    )
    picture = qr_picture(desk.link(invited.token))
    await desk.messenger.send_photo(
        chat_id, picture, filename="uitnodiging.png", caption=texts.qr_caption(invited, zone=desk.zone)
    )
    return texts.QR_SENT, buttons(back_to("invite", team_id))


async def _each(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    choices = [(label, ManageTap("eachas", team_id, form)) for form, label in texts.FORMS_OF_LIST.items()]
    return texts.LIST_AS, buttons(*choices, back_to("invite", team_id))


async def _each_as(_desk: Desk, _chat_id: int, team_id: str, form: str) -> View:
    if form not in texts.FORMS_OF_LIST:
        raise NotAllowed
    choices = [(texts.DAYS[days], ManageTap("eachfor", team_id, f"{form}-{days}")) for days in VALID_DAYS]
    return texts.HOW_LONG, buttons(*choices, back_to("each", team_id))


async def _each_for(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    form, _, days = value.partition("-")
    if form not in texts.FORMS_OF_LIST or number_of(days) not in VALID_DAYS:
        raise NotAllowed
    data = {"team": team_id, "form": form, "days": days}
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=NAMES, data=data)
    return texts.ASK_NAMES, buttons((texts.KEEP, ManageTap("invite", team_id, "")))


async def on_names_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """The typed lines: links are made, and the list goes back. Names are kept nowhere."""
    try:
        labels = read_names(text)
    except NamesUnusable:
        keep = buttons((texts.KEEP, ManageTap("invite", data["team"], "")))
        await desk.messenger.send(chat_id, texts.NAMES_UNUSABLE, keep)
        return
    made = await desk.bridge.commit(
        invite_each, chat_id=chat_id, team_id=data["team"], number=len(labels), days=number_of(data["days"])
    )
    await desk.bridge.run(close_form, chat_id=chat_id)
    lines = [ListedLink(label, desk.link(each.token)) for label, each in zip(labels, made, strict=True)]
    await _hand_over(desk, chat_id, data["form"], lines)
    done = buttons(back_to("invite", data["team"]))
    await desk.messenger.send(chat_id, texts.list_made(made, zone=desk.zone), done)


async def _hand_over(desk: Desk, chat_id: int, form: str, lines: list[ListedLink]) -> None:
    if form == "csv":
        await desk.messenger.send_document(chat_id, as_csv(lines), filename="uitnodigingen.csv")
    elif form == "xlsx":
        await desk.messenger.send_document(chat_id, as_sheet(lines), filename="uitnodigingen.xlsx")
    else:
        for each in as_messages(lines):
            await desk.messenger.send(chat_id, escape(each))


MENUS: Final = Menus(
    about_team={
        "invite": _invite,
        "link": _link,
        "qr": _qr,
        "each": _each,
        "eachas": _each_as,
        "eachfor": _each_for,
    }
)
