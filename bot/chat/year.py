"""The year overview of a team, for its lead: /jaar, which team, which school year, and then the file."""

from __future__ import annotations

import asyncio
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import YearTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, choosing, paged, stacked
from bot.chat.texts import year_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.render import year_pdf
from bot.usecases.errors import NotAllowed
from bot.usecases.see_cycle import LedTeam, led_teams
from bot.usecases.see_year import see_team_year, years_of_team
from dialogues.insight.year import YearOverview, period, school_year

View = tuple[str, InlineKeyboardMarkup]
FILE: Final = "jaaroverzicht.pdf"


async def on_year(desk: Desk, *, chat_id: int) -> None:
    """/jaar: of the only team of a lead, or of which one. Raises NotAllowed for who leads none."""
    await desk.messenger.send(chat_id, *await _teams(desk, chat_id, 0))


async def on_year_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: YearTap) -> None:
    """A team, a page of teams, or the file of a school year. Raises NotAllowed."""
    if tapped.verb == "pdf":
        overview = await desk.bridge.run(see_team_year, chat_id=chat_id, team_id=tapped.team_id, year=tapped.year)
        await desk.messenger.answer(callback_id, texts.MADE)
        await send_year(desk, chat_id=chat_id, overview=overview)
        return
    if tapped.verb == "teams":
        view = await _teams(desk, chat_id, tapped.year)
    elif tapped.verb == "team":
        view = await _years(desk, chat_id, tapped.team_id, several=True)
    else:
        raise NotAllowed
    await asyncio.gather(desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, *view))


async def send_year(desk: Desk, *, chat_id: int, overview: YearOverview) -> None:
    """The overview as a file; drawn apart, so that taps of others do not wait for it."""
    document = await desk.drawing.draw(year_pdf, overview)
    await desk.messenger.send_document(chat_id, document, filename=FILE, caption=overview.title)


async def _teams(desk: Desk, chat_id: int, page: int) -> View:
    teams: tuple[LedTeam, ...] = await desk.bridge.run(led_teams, chat_id=chat_id)
    if len(teams) == 1:
        return await _years(desk, chat_id, teams[0].id, several=False)
    choices = [(each.name, YearTap("team", each.id, 0)) for each in teams]
    return texts.WHICH_TEAM, choosing(paged(choices, page, turn=lambda at: YearTap("teams", "", at), more=texts.MORE))


async def _years(desk: Desk, chat_id: int, team_id: str, *, several: bool) -> View:
    found = await desk.bridge.run(years_of_team, chat_id=chat_id, team_id=team_id)
    back = [button(BACK, YearTap("teams", "", 0))] if several else []
    if not found.years:
        return texts.NOTHING_YET, stacked(back) if back else NOTHING
    choices = [button(label_of(desk, each), YearTap("pdf", team_id, each)) for each in found.years]
    return texts.which_year(found.name, lead=True), stacked([*choices, *back])


def label_of(desk: Desk, year: int) -> str:
    """A school year on a button; the running one says so."""
    now = school_year(desk.bridge.now().astimezone(desk.zone).date())
    return texts.SO_FAR.replace("{years}", period(year)) if year == now else period(year)
