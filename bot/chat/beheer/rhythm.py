"""How often a team is asked, one small question at a time; the whole choice so far travels on the buttons."""

from __future__ import annotations

from typing import Final

from bot.chat.beheer.confirming import with_next_question, with_next_window
from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons
from bot.chat.beheer.teams import show_team
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.texts import days_nl
from bot.chat.texts import rhythm_nl as texts
from bot.usecases.errors import NotAllowed
from bot.usecases.see_team import see_team
from bot.usecases.set_schedule import (
    DAYS_BEFORE,
    MINUTES,
    set_meeting,
    set_own_rhythm,
    set_reminder,
    set_rhythm,
    set_way,
    set_window,
)
from dialogues.conversation.way import Way
from dialogues.rhythm.cadence import Reminder, window_choices
from dialogues.rhythm.recurrence import ORDINALS, PRESETS, Recurrence, Unit
from storage.schedules import Schedule

PRESET, OWN, ANCHORED, MEETING = "p", "o", "a", "m"
"""What is being chosen: one of the three, a rhythm of one's own, one before a meeting, or the meeting itself."""
_EVERY: Final = {
    PRESET: ("m1", "w2", "w1"),
    OWN: ("w3", "w4", "m1", "m2", "m3"),
    ANCHORED: ("w1", "w2", "m1", "m2", "m3"),
    MEETING: ("w1", "w2", "m1", "m2", "m3"),
}
_RHYTHMS: Final = {f"{unit[0]}{every}": rhythm for rhythm, (unit, every) in PRESETS.items()}


async def _rhythm(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    if state.schedule is None or state.schedule.sleeps:
        return await _pick(desk, chat_id, team_id, "")
    return texts.rhythm(state.schedule, zone=desk.zone), buttons(
        (texts.HOW_OFTEN_BUTTON, ManageTap("pick", team_id, "")),
        (texts.QUESTION_BUTTON, ManageTap("question", team_id, "")),
        (texts.MEETING_BUTTON, ManageTap("meeting", team_id, "")),
        (days_nl.PAUSE_BUTTON, ManageTap("pause", team_id, "")),
        (days_nl.DAYS_BUTTON, ManageTap("days", team_id, "")),
        back_to("team", team_id),
    )


async def _pick(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    """The next question about what was chosen so far, or the choice carried out."""
    said = value.split("-") if value else []
    if not said:
        return await _which_kind(desk, chat_id, team_id)
    question, answers = _next_question(said)
    if not answers:
        return await _carry_out(desk, chat_id, team_id, said)
    shown = [(label, ManageTap("pick", team_id, f"{value}-{token}")) for token, label in answers.items()]
    before = "-".join(said[:-1]).removesuffix(PRESET)
    back = back_to("meeting", team_id) if value == MEETING else back_to("pick", team_id, before)
    return question, buttons(*shown, back)


async def _which_kind(desk: Desk, chat_id: int, team_id: str) -> View:
    state = await desk.bridge.run(see_team, chat_id=chat_id, team_id=team_id)
    choices: list[Choice] = [
        (texts.RHYTHMS[_RHYTHMS[every]], ManageTap("pick", team_id, f"{PRESET}-{every}")) for every in _EVERY[PRESET]
    ]
    return texts.HOW_OFTEN, buttons(
        *choices,
        (texts.OWN, ManageTap("pick", team_id, OWN)),
        (texts.ANCHORED, ManageTap("pick", team_id, ANCHORED)),
        back_to("team" if state.schedule is None or state.schedule.sleeps else "rhythm", team_id),
    )


def _next_question(said: list[str]) -> tuple[str, dict[str, str]]:
    """What to ask now, with its answers by their token; no answers when everything is known.

    The order is: kind, every so many weeks or months, which of the month, weekday, days before, time. Raises NotAllowed
    for what no button of ours says.
    """
    kind, *rest = said
    if kind not in _EVERY:
        raise NotAllowed
    meets = kind in {ANCHORED, MEETING}
    how_much = texts.MEETING_HOW_MUCH if meets else texts.EVERY_HOW_MUCH
    asked: list[tuple[str, dict[str, str]]] = [(how_much, {each: texts.EVERY[each] for each in _EVERY[kind]})]
    if rest and rest[0].startswith("m") and kind != PRESET:
        asked.append((texts.WHICH_OF_THE_MONTH, {_ordinal_token(each): texts.ORDINALS[each] for each in ORDINALS}))
    asked.append((texts.WHICH_MEETING_DAY if meets else texts.WHICH_DAY, texts.WEEKDAYS))
    if meets:
        asked.append((texts.HOW_LONG_BEFORE, {str(each): texts.days_before(each) for each in DAYS_BEFORE}))
    if kind != MEETING:
        asked.append((texts.WHAT_TIME, {str(each): texts.clock_time(each) for each in MINUTES}))
    for (_, answers), token in zip(asked, rest, strict=False):
        if token not in answers:
            raise NotAllowed
    if len(rest) > len(asked):
        raise NotAllowed
    return asked[len(rest)] if len(rest) < len(asked) else ("", {})


def _ordinal_token(ordinal: int) -> str:
    return "last" if ordinal < 0 else str(ordinal)


async def _carry_out(desk: Desk, chat_id: int, team_id: str, said: list[str]) -> View:
    kind, every, *rest = said
    if kind == PRESET:
        weekday, minute = rest
        schedule: Schedule = await desk.bridge.commit(
            set_rhythm,
            chat_id=chat_id,
            team_id=team_id,
            rhythm=str(_RHYTHMS[every]),
            weekday=weekday,
            minute=int(minute),
        )
        return await _done(desk, chat_id, team_id, texts.rhythm_set(schedule, zone=desk.zone))
    unit = Unit.MONTH if every.startswith("m") else Unit.WEEK
    ordinal = 1
    if unit is Unit.MONTH:
        token, *rest = rest
        ordinal = -1 if token == "last" else int(token)  # noqa: S105 - a word on a button
    recurrence = Recurrence(unit, int(every[1:]), rest[0], ordinal).to_text()
    if kind == MEETING:
        schedule = await desk.bridge.commit(
            set_meeting, chat_id=chat_id, team_id=team_id, meeting=recurrence, days_before=int(rest[1])
        )
        return await _done(desk, chat_id, team_id, texts.meeting_set(schedule, zone=desk.zone))
    schedule = await desk.bridge.commit(
        set_own_rhythm,
        chat_id=chat_id,
        team_id=team_id,
        recurrence=recurrence,
        minute=int(rest[-1]),
        days_before=int(rest[1]) if kind == ANCHORED else 0,
    )
    return await _done(desk, chat_id, team_id, texts.rhythm_set(schedule, zone=desk.zone))


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
        (texts.WAY_BUTTON, ManageTap("way", team_id, "")),
        back_to("rhythm", team_id),
    )


async def _window(desk: Desk, chat_id: int, team_id: str, days: str) -> View:
    if days:
        schedule = await desk.bridge.commit(
            set_window, chat_id=chat_id, team_id=team_id, days=int(days) if days.isdecimal() else 0
        )
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
        "pick": _pick,
        "question": _question,
        "window": _window,
        "reminder": _reminder,
        "way": _way,
        "meeting": _meeting,
    }
)
