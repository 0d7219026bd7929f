"""A pause with a return date, a stop with a reason, and starting again."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import days_nl as texts
from bot.chat.texts.chat_nl import CANCEL
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.leave_team import DayUnusable
from bot.usecases.pause_schedule import REMIND_AFTER, pause, pause_until_typed, restart, return_dates, stop
from bot.usecases.see_team import see_team

PAUSE_DATE: Final = "pause_date"
"""Kind of the form in which a return date is typed."""


async def _pause(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    schedule = state.schedule
    if schedule is None or schedule.sleeps:
        raise NotAllowed
    if schedule.stopped or schedule.paused_until is not None:
        text = texts.paused(schedule, zone=desk.zone) or texts.STANDS_STILL
        return text, buttons((texts.RESTART_BUTTON, ManageTap("restart", team_id, "")), back_to("rhythm", team_id))
    proposed = await desk.bridge.run(return_dates, chat_id=chat_id, team_id=team_id)
    return texts.PAUSE, buttons(
        *((texts.until(each, zone=desk.zone), ManageTap("until", team_id, each.isoformat())) for each in proposed),
        (texts.OTHER_DATE, ManageTap("typeday", team_id, "")),
        (texts.STOP_BUTTON, ManageTap("halt", team_id, "")),
        back_to("rhythm", team_id),
    )


async def _until(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    try:
        until = date.fromisoformat(value)
    except ValueError as error:
        raise NotAllowed from error
    schedule = await desk.bridge.commit(pause, chat_id=chat_id, team_id=team_id, until=until)
    return await _done(desk, chat_id, team_id, texts.paused(schedule, zone=desk.zone))


async def _type_day(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=PAUSE_DATE, data={"team": team_id})
    return texts.ASK_DATE, buttons(_not_now(team_id))


def _not_now(team_id: str) -> Choice:
    return CANCEL, ManageTap("pause", team_id, "")


async def on_pause_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed return date; one that is no day, or too far away, is asked again."""
    try:
        schedule = await desk.bridge.commit(pause_until_typed, chat_id=chat_id, team_id=data["team"], typed=text)
    except DayUnusable:
        await desk.messenger.send(chat_id, texts.DATE_UNUSABLE, buttons(_not_now(data["team"])))
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    reply, keyboard = await _done(desk, chat_id, data["team"], texts.paused(schedule, zone=desk.zone))
    await desk.messenger.send(chat_id, reply, keyboard)


async def _halt(desk: Desk, chat_id: int, team_id: str, reason: str) -> View:
    if reason:
        before = (await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)).schedule
        await desk.bridge.commit(stop, chat_id=chat_id, team_id=team_id, reason=reason)
        again = before is not None and before.stopped == reason
        said = texts.STOPPED_BEFORE if again else texts.stopped(desk.bridge.now() + REMIND_AFTER, zone=desk.zone)
        return await _done(desk, chat_id, team_id, said)
    choices = [(label, ManageTap("halt", team_id, code)) for code, label in texts.REASONS.items()]
    return texts.STOP, buttons(*choices, back_to("pause", team_id))


async def _restart(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    schedule = await desk.bridge.commit(restart, chat_id=chat_id, team_id=team_id)
    return await _done(desk, chat_id, team_id, texts.restarted(schedule, zone=desk.zone))


async def _done(desk: Desk, chat_id: int, team_id: str, said: str) -> View:
    text, keyboard = await show_team(desk, chat_id, team_id, "")
    return f"{said}\n\n{text}", keyboard


MENUS: Final = Menus(
    about_team={"pause": _pause, "until": _until, "typeday": _type_day, "halt": _halt, "restart": _restart}
)
