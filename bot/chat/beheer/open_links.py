"""The invitations of a team that somebody can still take."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import people_nl as texts
from bot.usecases.open_invitations import (
    open_invitation,
    open_invitations,
    renew_invitation,
    revoke_all,
    revoke_invitation,
)

SHOWN: Final = 3
"""With "all", "more" and "back" that makes six buttons."""


async def _open(desk: Desk, chat_id: int, team_id: str, number: str) -> View:
    found = await desk.bridge.run(open_invitations, chat_id=chat_id, team_id=team_id)
    if not found:
        return texts.NOTHING_OPEN, buttons(back_to("invite", team_id))
    choices = [(texts.invitation_label(each, zone=desk.zone), ManageTap("invited", team_id, each.id)) for each in found]
    here, back = ManageTap("open", team_id, ""), back_to("invite", team_id)
    shown = page(choices, number, here=here, back=back, size=SHOWN, more=texts.MORE)
    return texts.WHICH_OPEN, buttons((texts.REVOKE_ALL, ManageTap("revokeall", team_id, "")), *shown)


async def _invited(desk: Desk, chat_id: int, team_id: str, invitation_id: str) -> View:
    found = await desk.bridge.run(open_invitation, chat_id=chat_id, invitation_id=invitation_id)
    return texts.one_invitation(found, zone=desk.zone), buttons(
        (texts.RENEW, ManageTap("renew", team_id, invitation_id)),
        (texts.REVOKE, ManageTap("revoke", team_id, invitation_id)),
        back_to("open", team_id),
    )


async def _revoke(desk: Desk, chat_id: int, team_id: str, invitation_id: str) -> View:
    await desk.bridge.commit(revoke_invitation, chat_id=chat_id, invitation_id=invitation_id)
    return texts.REVOKED, buttons(back_to("open", team_id))


async def _renew(desk: Desk, chat_id: int, team_id: str, invitation_id: str) -> View:
    fresh = await desk.bridge.commit(renew_invitation, chat_id=chat_id, invitation_id=invitation_id)
    text = texts.link_of(fresh, link=desk.link(fresh.token), zone=desk.zone)
    return text, buttons(back_to("open", team_id))


async def _revoke_all(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    if value != "yes":
        return texts.REVOKE_ALL_SURE, buttons(
            (texts.REVOKE_ALL_YES, ManageTap("revokeall", team_id, "yes")), back_to("open", team_id)
        )
    number = await desk.bridge.commit(revoke_all, chat_id=chat_id, team_id=team_id)
    return texts.all_revoked(number), buttons(back_to("invite", team_id))


MENUS: Final = Menus(
    about_team={
        "open": _open,
        "invited": _invited,
        "revoke": _revoke,
        "renew": _renew,
        "revokeall": _revoke_all,
    }
)
