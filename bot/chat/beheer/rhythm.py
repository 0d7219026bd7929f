"""What was chosen about a team's rhythm, and each question: its window, its reminder, its length."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_next_question, with_next_window
from bot.chat.beheer.menu import Menus, View, back_to, buttons
from bot.chat.beheer.picking import MEETING, pick
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import number_of
from bot.chat.texts import days_nl
from bot.chat.texts import rhythm_nl as texts
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.see_team import see_team
from bot.usecases.set_schedule import (
    DAYS_BEFORE,
    MINUTES,
    set_meeting,
    set_reminder,
    set_reminder_time,
    set_way,
    set_window,
)
from bot.usecases.typed_rhythm import TimeUnusable, read_time
from dialogues.conversation.way import Way
from dialogues.rhythm.cadence import Reminder, window_choices
from dialogues.rhythm.recurrence import Recurrence

REMINDER_TIME: Final = "reminder_time"
"""Kind of the form in which the time of the reminder is typed."""
SAME: Final = "same"
"""On a button: the reminder comes at the hour of the question."""


async def _rhythm(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    if state.schedule is None or state.schedule.sleeps:
        return await pick(desk, chat_id, team_id, "")
    return texts.rhythm(state.schedule, zone=desk.zone), buttons(
        (texts.HOW_OFTEN_BUTTON, ManageTap("pick", team_id, "")),
        (texts.QUESTION_BUTTON, ManageTap("question", team_id, "")),
        (texts.MEETING_BUTTON, ManageTap("meeting", team_id, "")),
        (days_nl.PAUSE_BUTTON, ManageTap("pause", team_id, "")),
        (days_nl.DAYS_BUTTON, ManageTap("days", team_id, "")),
        back_to("team", team_id),
    )


async def _done(desk: Desk, chat_id: int, team_id: str, said: str) -> View:
    text, keyboard = await show_team(desk, chat_id, team_id, "")
    return f"{said}\n\n{text}", keyboard


async def _question(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    if state.schedule is None:
        raise NotAllowed
    return texts.question(state.schedule), buttons(
        (texts.WINDOW_BUTTON, ManageTap("window", team_id, "")),
        (texts.REMINDER_BUTTON, ManageTap("reminder", team_id, "")),
        (texts.REMINDER_TIME_BUTTON, ManageTap("rtime", team_id, "")),
        (texts.WAY_BUTTON, ManageTap("way", team_id, "")),
        back_to("rhythm", team_id),
    )


async def _window(desk: Desk, chat_id: int, team_id: str, days: str) -> View:
    if days:
        schedule = await desk.bridge.commit(set_window, chat_id=chat_id, team_id=team_id, days=number_of(days))
        said = await with_next_window(desk, chat_id, team_id, texts.window_set(schedule))
        return await _done(desk, chat_id, team_id, said)
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    if state.schedule is None:
        raise NotAllowed
    fitting = window_choices(Recurrence.from_text(state.schedule.recurrence))
    choices = [(texts.days(each), ManageTap("window", team_id, str(each))) for each in fitting]
    return texts.HOW_LONG_OPEN, buttons(*choices, back_to("question", team_id))


async def _reminder(desk: Desk, chat_id: int, team_id: str, reminder: str) -> View:
    if reminder:
        await desk.bridge.commit(set_reminder, chat_id=chat_id, team_id=team_id, reminder=reminder)
        said = await with_next_window(desk, chat_id, team_id, texts.REMINDER_SET)
        return await _done(desk, chat_id, team_id, said)
    choices = [(texts.REMINDERS[each], ManageTap("reminder", team_id, str(each))) for each in Reminder]
    return texts.WHICH_REMINDER, buttons(*choices, back_to("question", team_id))


async def _reminder_time(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    if value:
        minute = None if value == SAME else number_of(value)
        return await _remind_at(desk, chat_id, team_id, minute)
    await desk.bridge.commit(open_form, chat_id=chat_id, kind=REMINDER_TIME, data={"team": team_id})
    times = [(texts.clock_time(each), ManageTap("rtime", team_id, str(each))) for each in MINUTES]
    same = (texts.SAME_TIME, ManageTap("rtime", team_id, SAME))
    return texts.WHICH_REMINDER_TIME, buttons(same, *times, back_to("question", team_id))


async def on_reminder_time_text(desk: Desk, *, chat_id: int, data: dict[str, str], text: str) -> None:
    """A typed time for the reminder; one that will not do is asked again. Raises NotAllowed."""
    try:
        minute = read_time(text)
    except TimeUnusable:
        await desk.messenger.send(chat_id, texts.TIME_UNUSABLE, buttons(back_to("rtime", data["team"])))
        return
    reply, keyboard = await _remind_at(desk, chat_id, data["team"], minute)
    await desk.messenger.send(chat_id, reply, keyboard)


async def _remind_at(desk: Desk, chat_id: int, team_id: str, minute: int | None) -> View:
    await desk.bridge.commit(set_reminder_time, chat_id=chat_id, team_id=team_id, minute=minute)
    await desk.bridge.commit(close_form, chat_id=chat_id)
    said = await with_next_window(desk, chat_id, team_id, texts.REMINDER_SET)
    return await _done(desk, chat_id, team_id, said)


async def _way(desk: Desk, chat_id: int, team_id: str, way: str) -> View:
    if way:
        await desk.bridge.commit(set_way, chat_id=chat_id, team_id=team_id, way=way)
        said = await with_next_question(desk, chat_id, team_id, texts.WAY_SET)
        return await _done(desk, chat_id, team_id, said)
    choices = [(texts.WAYS[each], ManageTap("way", team_id, str(each))) for each in Way]
    return texts.WHICH_WAY, buttons(*choices, back_to("question", team_id))


async def _meeting(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    if value == "none":
        schedule = await desk.bridge.commit(
            set_meeting, chat_id=chat_id, team_id=team_id, meeting="", days_before=DAYS_BEFORE[0]
        )
        return await _done(desk, chat_id, team_id, texts.meeting_set(schedule, zone=desk.zone))
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    if state.schedule is None:
        raise NotAllowed
    return texts.meeting(state.schedule, zone=desk.zone), buttons(
        (texts.CHOOSE_MEETING, ManageTap("pick", team_id, MEETING)),
        (texts.NO_MEETING, ManageTap("meeting", team_id, "none")),
        back_to("rhythm", team_id),
    )


MENUS: Final = Menus(
    about_team={
        "rhythm": _rhythm,
        "question": _question,
        "window": _window,
        "reminder": _reminder,
        "rtime": _reminder_time,
        "way": _way,
        "meeting": _meeting,
    }
)
