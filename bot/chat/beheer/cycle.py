"""Where the cycle of each team stands, and the figure that a team keeps, for a coordinator; never an answer."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of, on_page
from bot.chat.own_figure import figure_step, for_coordinator
from bot.chat.texts import cycle_nl as texts
from bot.usecases.see_cycle import see_area_cycles, see_team_cycle
from bot.usecases.see_team_period import see_team_period

FROM_AREA: Final = "gebied"
"""Value of the button that led here from the list of an area; nothing: from the team's own menu."""


async def _cycle(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    seen = await desk.bridge.run(see_team_cycle, chat_id=chat_id, team_id=team_id)
    origin, _, number = value.partition("-")
    back = back_to("cycles", seen.team.area_id, number) if origin == FROM_AREA else back_to("aboutteam", team_id)
    period = (texts.PERIOD, ManageTap("period", team_id, value))
    return texts.cycle_for_coordinator(seen, zone=desk.zone), buttons(period, back)


async def _period(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    seen = await desk.bridge.run(see_team_period, chat_id=chat_id, team_id=team_id)
    return texts.period(seen, zone=desk.zone), buttons(back_to("cycle", team_id, value))


async def _cycles(desk: Desk, chat_id: int, area_id: str, number: str) -> View:
    every = await desk.bridge.run(see_area_cycles, chat_id=chat_id, area_id=area_id)
    lines = [texts.in_one_line(each, zone=desk.zone) for each in on_page(every, number_of(number))]
    origin = f"{FROM_AREA}-{number_of(number)}"
    choices = [(each.team.name, ManageTap("cycle", each.team.id, origin)) for each in every]
    here, back = ManageTap("cycles", area_id, ""), back_to("overview", area_id)
    return texts.teams(lines), buttons(*page(choices, number, here=here, back=back, more=texts.MORE))


async def _figure(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    refer, back = for_coordinator(team_id)
    return await figure_step(desk, chat_id, team_id, value, refer=refer, back=back)


MENUS: Final = Menus(about_team={"cycle": _cycle, "period": _period, "figure": _figure}, about_area={"cycles": _cycles})
