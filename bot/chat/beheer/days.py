"""Closed days of an area or a team: school holidays, a calendar file of one's own, and a team's quiet times."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_area_ahead, with_next_question
from bot.chat.beheer.menu import Menus, Step, View, back_to, buttons
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import days_nl as texts
from bot.chat.texts.ahead_nl import AT_ONCE
from bot.chat.texts.rhythm_nl import WEEKDAYS
from bot.usecases.closed_days import (
    MOST_BYTES,
    CalendarUnreadable,
    choose_school_region,
    close_days,
    open_days_again,
)
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.see_days import area_days, team_days
from bot.usecases.set_schedule import set_school_holidays
from bot.usecases.set_team_quiet import WholeWeekQuiet, set_team_quiet
from dialogues.rhythm.quiet import PARTS

CALENDAR_FILE: Final = "calendar_file"
"""Kind of the form that waits for a calendar file."""
_NOWHERE: Final = "geen"
"""On a button: no school holidays, or no quiet part."""


async def _team_days(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    seen = await desk.bridge.run(team_days, chat_id=chat_id, team_id=team_id)
    own = [(texts.FORGET_DAYS, ManageTap("opendays", team_id, ""))] if seen.closed else []
    return texts.days(seen, zone=desk.zone), buttons(
        (texts.SCHOOL_BUTTON, ManageTap("school", team_id, "")),
        (texts.QUIET_BUTTON, ManageTap("tquiet", team_id, "")),
        (texts.OWN_DAYS_BUTTON, ManageTap("sendfile", team_id, "")),
        *own,
        back_to("rhythm", team_id),
    )


async def _area_days(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    seen = await desk.bridge.run(area_days, chat_id=chat_id, area_id=area_id)
    own = [(texts.FORGET_DAYS, ManageTap("openarea", area_id, ""))] if seen.closed else []
    return texts.days(seen, zone=desk.zone), buttons(
        (texts.REGION_BUTTON, ManageTap("region", area_id, "")),
        (texts.OWN_DAYS_BUTTON, ManageTap("areafile", area_id, "")),
        *own,
        back_to("about", area_id),
    )


async def _school(desk: Desk, chat_id: int, team_id: str, choice: str) -> View:
    if not choice:
        choices = [(label, ManageTap("school", team_id, code)) for code, label in texts.SCHOOL_CHOICES.items()]
        return texts.WHICH_SCHOOL, buttons(*choices, back_to("days", team_id))
    await desk.bridge.commit(set_school_holidays, chat_id=chat_id, team_id=team_id, choice=choice)
    said = await with_next_question(desk, chat_id, team_id, texts.school_set(choice))
    return await _said(said, _team_days, desk, chat_id, team_id)


async def _region(desk: Desk, chat_id: int, area_id: str, choice: str) -> View:
    if not choice:
        choices = [(label, ManageTap("region", area_id, code or _NOWHERE)) for code, label in texts.REGIONS.items()]
        return texts.WHICH_REGION, buttons(*choices, back_to("areadays", area_id))
    region = "" if choice == _NOWHERE else choice
    await desk.bridge.commit(choose_school_region, chat_id=chat_id, area_id=area_id, region=region)
    said = await with_area_ahead(desk, chat_id, area_id, texts.region_set(region))
    return await _said(said, _area_days, desk, chat_id, area_id)


async def _quiet(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    weekday, _, part = value.partition("-")
    if not weekday:
        choices = [(label, ManageTap("tquiet", team_id, code)) for code, label in WEEKDAYS.items()]
        return texts.WHICH_QUIET_DAY, buttons(*choices, back_to("days", team_id))
    if weekday not in WEEKDAYS:
        raise NotAllowed
    if not part:
        parts = [(texts.QUIET_PARTS[each], ManageTap("tquiet", team_id, f"{weekday}-{each}")) for each in PARTS]
        none = (texts.NO_QUIET, ManageTap("tquiet", team_id, f"{weekday}-{_NOWHERE}"))
        return texts.WHICH_QUIET_PART, buttons(*parts, none, back_to("tquiet", team_id))
    part = "" if part == _NOWHERE else part
    try:
        chosen = await desk.bridge.commit(set_team_quiet, chat_id=chat_id, team_id=team_id, weekday=weekday, part=part)
    except WholeWeekQuiet:
        return texts.WHOLE_WEEK, buttons(back_to("tquiet", team_id))
    said = await with_next_question(desk, chat_id, team_id, f"{texts.quiet_set(chosen)} {AT_ONCE}")
    return await _said(said, _team_days, desk, chat_id, team_id)


async def _send_file(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    seen = await desk.bridge.run(team_days, chat_id=chat_id, team_id=team_id)
    data = {"area": seen.area_id, "team": team_id}
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=CALENDAR_FILE, data=data)
    return texts.SEND_FILE, buttons(back_to("days", team_id))


async def _area_file(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    data = {"area": area_id, "team": ""}
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=CALENDAR_FILE, data=data)
    return texts.SEND_FILE, buttons(back_to("areadays", area_id))


async def _open_days(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    seen = await desk.bridge.run(team_days, chat_id=chat_id, team_id=team_id)
    await desk.bridge.commit(open_days_again, chat_id=chat_id, area_id=seen.area_id, team_id=team_id)
    said = await with_next_question(desk, chat_id, team_id, texts.DAYS_FORGOTTEN)
    return await _said(said, _team_days, desk, chat_id, team_id)


async def _open_area(desk: Desk, chat_id: int, area_id: str, _value: str) -> View:
    await desk.bridge.commit(open_days_again, chat_id=chat_id, area_id=area_id, team_id="")
    said = await with_area_ahead(desk, chat_id, area_id, texts.DAYS_FORGOTTEN)
    return await _said(said, _area_days, desk, chat_id, area_id)


async def on_calendar_file(desk: Desk, *, chat_id: int, data: dict[str, str], file_id: str, size: int) -> None:
    """A document while a calendar file is waited for. Nothing larger than a calendar is fetched; nothing is kept."""
    back = buttons(back_to("days", data["team"]) if data["team"] else back_to("areadays", data["area"]))
    if size > MOST_BYTES:
        await desk.messenger.send(chat_id, texts.FILE_WRONG["too_many"], back)
        return
    try:
        file = await desk.messenger.bot.get_file(file_id)
        content = bytes(await file.download_as_bytearray())
        found = await desk.bridge.commit(
            close_days, chat_id=chat_id, area_id=data["area"], team_id=data["team"], content=content
        )
    except CalendarUnreadable as error:
        await desk.messenger.send(chat_id, texts.FILE_WRONG[error.reason], back)
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    first, last = found.days[0], found.days[-1]
    said = texts.found_days(len(found.days), first, last, zone=desk.zone)
    if data["team"]:
        said = await with_next_question(desk, chat_id, data["team"], said)
    else:
        said = await with_area_ahead(desk, chat_id, data["area"], said)
    await desk.messenger.send(chat_id, said, back)


async def _said(said: str, step: Step, desk: Desk, chat_id: int, about: str) -> View:
    text, keyboard = await step(desk, chat_id, about, "")
    return f"{said}\n\n{text}", keyboard


MENUS: Final = Menus(
    about_team={
        "days": _team_days,
        "school": _school,
        "tquiet": _quiet,
        "sendfile": _send_file,
        "opendays": _open_days,
    },
    about_area={"areadays": _area_days, "region": _region, "areafile": _area_file, "openarea": _open_area},
)
