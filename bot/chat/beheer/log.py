"""The log of changes in the coordinator's menus: of one team, or of a whole area."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of
from bot.chat.texts import changes_nl as texts
from bot.usecases.changes import LogPage, area_log, team_log


async def _team(desk: Desk, chat_id: int, team_id: str, number: str) -> View:
    page = await desk.bridge.run(team_log, chat_id=chat_id, team_id=team_id, page=number_of(number))
    return _view(desk, page, here=ManageTap("log", team_id, ""), back=back_to("people", team_id))


async def _area(desk: Desk, chat_id: int, area_id: str, number: str) -> View:
    page = await desk.bridge.run(area_log, chat_id=chat_id, area_id=area_id, page=number_of(number))
    return _view(desk, page, here=ManageTap("arealog", area_id, ""), back=back_to("about", area_id))


def _view(desk: Desk, page: LogPage, *, here: ManageTap, back: Choice) -> View:
    older = [(texts.OLDER, ManageTap(here.verb, here.about, str(page.page + 1)))] if page.more else []
    leave = back_to(here.verb, here.about, str(page.page - 1)) if page.page else back
    return texts.logbook(page, zone=desk.zone), buttons(*older, leave)


MENUS: Final = Menus(about_team={"log": _team}, about_area={"arealog": _area})
