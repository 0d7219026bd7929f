"""How often a team is asked, on which day and at what time."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import beheer_nl as texts
from bot.usecases.errors import NotAllowed
from bot.usecases.set_schedule import MINUTES, set_rhythm
from dialogues.rhythm.recurrence import PRESETS, WEEKDAYS

_PARTS: Final = 3


async def _rhythm(_desk: Desk, _chat_id: int, team_id: str, _value: str) -> View:
    choices = [(texts.RHYTHMS[each], ManageTap("often", team_id, str(each))) for each in texts.RHYTHMS]
    return texts.HOW_OFTEN, buttons(*choices, back_to("team", team_id))


async def _often(_desk: Desk, _chat_id: int, team_id: str, rhythm: str) -> View:
    if rhythm not in PRESETS:
        raise NotAllowed
    choices = [(texts.WEEKDAYS[day], ManageTap("day", team_id, f"{rhythm}-{day}")) for day in WEEKDAYS]
    return texts.WHICH_DAY, buttons(*choices, back_to("rhythm", team_id))


async def _day(_desk: Desk, _chat_id: int, team_id: str, chosen: str) -> View:
    rhythm, _, weekday = chosen.partition("-")
    if rhythm not in PRESETS or weekday not in WEEKDAYS:
        raise NotAllowed
    choices = [(texts.clock_time(minute), ManageTap("time", team_id, f"{chosen}-{minute}")) for minute in MINUTES]
    return texts.WHAT_TIME, buttons(*choices, back_to("often", team_id, rhythm))


async def _time(desk: Desk, chat_id: int, team_id: str, chosen: str) -> View:
    parts = chosen.split("-")
    if len(parts) != _PARTS or not parts[-1].isdecimal():
        raise NotAllowed
    schedule = await desk.bridge.commit(
        set_rhythm, chat_id=chat_id, team_id=team_id, rhythm=parts[0], weekday=parts[1], minute=int(parts[2])
    )
    text, keyboard = await show_team(desk, chat_id, team_id, "")
    return f"{texts.rhythm_set(schedule, zone=desk.zone)}\n\n{text}", keyboard


MENUS: Final = Menus(about_team={"rhythm": _rhythm, "often": _often, "day": _day, "time": _time})
