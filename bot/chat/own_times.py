"""/rustig, /pauze and /hervat: everybody chooses by themselves when the bot does not speak first."""

from __future__ import annotations

from datetime import date
from typing import Final, TypeAlias

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import TimesTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.texts import own_times_nl as texts
from bot.chat.texts.chat_nl import BACK, CANCEL, STRANGER
from bot.chat.texts.rhythm_nl import WEEKDAYS
from bot.usecases.be_away import come_back, go_away, go_away_until_typed, return_days
from bot.usecases.errors import NotAllowed
from bot.usecases.fill_form import close_form, open_form
from bot.usecases.leave_team import DayUnusable
from bot.usecases.set_own_quiet import OwnTimes, clear_quiet, own_times, set_quiet_part, use_usual_week

OWN_RETURN: Final = "own_return"
"""The form in which somebody types the day they are back."""
View: TypeAlias = tuple[str, InlineKeyboardMarkup]


async def on_quiet(desk: Desk, *, chat_id: int) -> None:
    """/rustig."""
    await _say(desk, chat_id, TimesTap("menu", ""))


async def on_away(desk: Desk, *, chat_id: int) -> None:
    """/pauze."""
    await _say(desk, chat_id, TimesTap("pause", ""))


async def on_back(desk: Desk, *, chat_id: int) -> None:
    """/hervat."""
    await _say(desk, chat_id, TimesTap("back", ""))


async def _say(desk: Desk, chat_id: int, step: TimesTap) -> None:
    try:
        text, keyboard = await _step(desk, chat_id, step)
    except NotAllowed:
        text, keyboard = STRANGER, NOTHING
    await desk.messenger.send(chat_id, text, keyboard)


async def on_times_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: TimesTap) -> None:
    """A step in the menus. Raises NotAllowed for what no button of ours says."""
    try:
        text, keyboard = await _step(desk, chat_id, tapped)
    except DayUnusable as error:  # a button of long ago: its day has passed
        raise NotAllowed from error
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


async def on_own_return_text(desk: Desk, *, chat_id: int, text: str) -> None:
    """A typed day of return; one that is no day ahead is asked again."""
    try:
        until = await desk.bridge.commit(go_away_until_typed, chat_id=chat_id, typed=text)
    except DayUnusable:
        await desk.messenger.send(chat_id, texts.RETURN_UNUSABLE, stacked([button(CANCEL, TimesTap("pause", ""))]))
        return
    await desk.bridge.run(close_form, chat_id=chat_id)
    await desk.messenger.send(chat_id, *_confirmed(desk, until))


async def _step(desk: Desk, chat_id: int, step: TimesTap) -> View:
    if step.verb == "menu":
        return _menu(desk, await desk.bridge.run(own_times, chat_id=chat_id))
    if step.verb == "usual":
        return _menu(desk, await desk.bridge.commit(use_usual_week, chat_id=chat_id))
    if step.verb == "clear":
        return _menu(desk, await desk.bridge.commit(clear_quiet, chat_id=chat_id))
    if step.verb in {"days", "day", "part"}:
        return await _choose(desk, chat_id, step)
    return await _pause(desk, chat_id, step)


async def _choose(desk: Desk, chat_id: int, step: TimesTap) -> View:
    weekday, _, part = step.value.partition("-")
    if step.verb == "part":
        chosen = await desk.bridge.commit(set_quiet_part, chat_id=chat_id, weekday=weekday, part=part)
        return _menu(desk, chosen)
    if step.verb == "day" and weekday in WEEKDAYS:
        choices = [(label, TimesTap("part", f"{weekday}-{each}")) for each, label in texts.PART_BUTTONS.items()]
        return texts.which_part(WEEKDAYS[weekday].lower()), _buttons(*choices, (BACK, TimesTap("days", "")))
    days = [(label, TimesTap("day", name)) for name, label in WEEKDAYS.items()]
    return texts.WHICH_DAY, _buttons(*days, (BACK, TimesTap("menu", "")))


def _menu(desk: Desk, times: OwnTimes) -> View:
    choices = [(texts.CHOOSE_DAY, TimesTap("days", ""))]
    if times.sectors and not times.usual:
        choices.append((texts.USUAL_BUTTON, TimesTap("usual", "")))
    if times.blocks:
        choices.append((texts.CLEAR_BUTTON, TimesTap("clear", "")))
    away = times.away_until is not None
    choices.append((texts.RESUME_BUTTON, TimesTap("back", "")) if away else (texts.PAUSE_BUTTON, TimesTap("pause", "")))
    return texts.holds_now(times, zone=desk.zone), _buttons(*choices)


async def _pause(desk: Desk, chat_id: int, step: TimesTap) -> View:
    if step.verb == "pause":
        return await _which_day_back(desk, chat_id)
    if step.verb == "until":
        until = await desk.bridge.commit(go_away, chat_id=chat_id, until=_day(step.value))
        return _confirmed(desk, until)
    if step.verb == "type":
        await desk.bridge.commit(open_form, chat_id=chat_id, kind=OWN_RETURN, data={})
        return texts.TYPE_RETURN, _buttons((CANCEL, TimesTap("pause", "")))
    if step.verb == "back":
        was_away = await desk.bridge.commit(come_back, chat_id=chat_id)
        return texts.BACK_AGAIN if was_away else texts.NOT_AWAY, NOTHING
    raise NotAllowed


async def _which_day_back(desk: Desk, chat_id: int) -> View:
    times = await desk.bridge.run(own_times, chat_id=chat_id)
    await desk.bridge.run(close_form, chat_id=chat_id)
    proposed = await desk.bridge.run(return_days, chat_id=chat_id)
    choices = [(texts.return_label(each, zone=desk.zone), TimesTap("until", each.day.isoformat())) for each in proposed]
    choices.append((texts.OTHER_DAY, TimesTap("type", "")))
    text = texts.ASK_RETURN
    if times.away_until is not None:
        text = f"{texts.paused(times.away_until, zone=desk.zone)}\n\n{text}"
        choices.append((texts.RESUME_BUTTON, TimesTap("back", "")))
    return text, _buttons(*choices)


def _confirmed(desk: Desk, until: date) -> View:
    return texts.confirmed(until, zone=desk.zone), _buttons((texts.RESUME_BUTTON, TimesTap("back", "")))


def _day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise NotAllowed from error


def _buttons(*choices: tuple[str, TimesTap]) -> InlineKeyboardMarkup:
    return stacked(button(label, step) for label, step in choices)
