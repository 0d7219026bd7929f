"""Where the cycle stands, for a lead: at a glance, and the one thing only a lead knows, that it was talked about."""

from __future__ import annotations

import asyncio
from datetime import date

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callback_data import CycleTap, SignalTap, StepTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, choosing, number_of, paged, stacked
from bot.chat.own_figure import figure_step, ways_of
from bot.chat.texts import cycle_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.chat.texts.figure_nl import BUTTON as FIGURE
from bot.chat.texts.response_nl import REACT
from bot.chat.texts.step_nl import STEP
from bot.usecases.errors import NotAllowed
from bot.usecases.see_cycle import LedTeam, SeenCycle, led_teams, see_own_cycle, team_of_maandbeeld
from bot.usecases.tell_talked import days_to_tell, tell_talked
from dialogues.insight.cycle import State
from dialogues.insight.cycle import Step as Part

View = tuple[str, InlineKeyboardMarkup]


async def on_cycle(desk: Desk, *, chat_id: int) -> None:
    """/kring: the only team of a lead, or which one, in a new message. Raises NotAllowed for who leads none."""
    await desk.messenger.send(chat_id, *await _teams(desk, chat_id, 0))


async def start_cycle_of(desk: Desk, *, chat_id: int, maandbeeld_id: str) -> None:
    """The same from under a maandbeeld, in a message of its own: the maandbeeld stays as it is. Raises NotAllowed."""
    team_id = await desk.bridge.run(team_of_maandbeeld, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    await desk.messenger.send(chat_id, *await _one(desk, chat_id, team_id))


async def on_cycle_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: CycleTap) -> None:
    """A step in it. Raises NotAllowed or NewerMaandbeeld."""
    text, keyboard = await _step(desk, chat_id, tapped)
    await asyncio.gather(desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, text, keyboard))


async def _step(desk: Desk, chat_id: int, tapped: CycleTap) -> View:
    if tapped.verb == "teams":
        return await _teams(desk, chat_id, number_of(tapped.value))
    if tapped.verb == "figure":
        refer, back = await ways_of(desk, chat_id, tapped.about)
        return await figure_step(desk, chat_id, tapped.about, tapped.value, refer=refer, back=back)
    if tapped.verb == "team":
        return await _one(desk, chat_id, tapped.about)
    own = {"chat_id": chat_id, "maandbeeld_id": tapped.about}
    if tapped.verb == "back":
        return await _one(desk, chat_id, await desk.bridge.run(team_of_maandbeeld, **own))
    if tapped.verb == "talk":
        return await _which_day(desk, own)
    if tapped.verb == "talked":
        team_id = await desk.bridge.commit(tell_talked, **own, on=_day(tapped.value))
        return await _one(desk, chat_id, team_id)
    raise NotAllowed


async def _teams(desk: Desk, chat_id: int, page: int) -> View:
    """The teams of a lead, or at once the only one."""
    teams: tuple[LedTeam, ...] = await desk.bridge.run(led_teams, chat_id=chat_id)
    if len(teams) == 1:
        return await _one(desk, chat_id, teams[0].id)
    choices = [(each.name, CycleTap("team", each.id, "")) for each in teams]
    turned = paged(choices, page, turn=lambda at: CycleTap("teams", "", str(at)), more=texts.MORE)
    return texts.WHICH_TEAM, choosing(turned)


async def _one(desk: Desk, chat_id: int, team_id: str) -> View:
    seen: SeenCycle = await desk.bridge.run(see_own_cycle, chat_id=chat_id, team_id=team_id)
    teams: tuple[LedTeam, ...] = await desk.bridge.run(led_teams, chat_id=chat_id)
    back = [button(BACK, CycleTap("teams", "", "0"))] if len(teams) > 1 else []
    figure = button(FIGURE, CycleTap("figure", team_id, ""))
    return texts.cycle(seen, zone=desk.zone), stacked([*_choices(seen), figure, *back])


def _choices(seen: SeenCycle) -> list[InlineKeyboardButton]:
    """What a lead can take up from here."""
    if not seen.may_tell:
        return []
    talked = next(link for link in seen.links if link.step is Part.TALKED)
    first = (
        button(texts.NOT_TALKED, CycleTap("talked", seen.maandbeeld_id, ""))
        if talked.state is State.DONE
        else button(texts.TALKED, CycleTap("talk", seen.maandbeeld_id, ""))
    )
    return [
        first,
        button(REACT, SignalTap(seen.maandbeeld_id, "list", 0)),
        button(STEP, StepTap(seen.maandbeeld_id, "menu", "")),
    ]


async def _which_day(desk: Desk, own: dict[str, object]) -> View:
    days: tuple[date, ...] = await desk.bridge.run(days_to_tell, **own)
    maandbeeld_id, today = str(own["maandbeeld_id"]), desk.bridge.now().astimezone(desk.zone).date()
    choices = [
        button(texts.day_label(each, today=today, zone=desk.zone), CycleTap("talked", maandbeeld_id, each.isoformat()))
        for each in days
    ]
    return texts.WHICH_DAY, stacked([*choices, button(BACK, CycleTap("back", maandbeeld_id, ""))])


def _day(value: str) -> date | None:
    """The day on a button; nothing: not talked about after all. Raises NotAllowed for what no button of ours says."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise NotAllowed from error
