"""A lead writes down the step that the team agreed on: what, whose turn, when to look back; and how it goes on."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import StepTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, choosing, is_number, number_of, paged, stacked
from bot.chat.texts import step_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.agree_action import (
    LOOK_BACK_WEEKS,
    OWN,
    Agreeing,
    agree_action,
    ask_step,
    decide_action,
    see_steps,
    take_step,
)
from bot.usecases.errors import AlreadyEnded, NotAllowed, OtherStep, TextTooLong
from dialogues.insight.agreeing import Owner
from dialogues.insight.phrases_nl import group_name, joined

View = tuple[str, InlineKeyboardMarkup]
PAGE: Final = 3
"""Steps on one page; with own words, "more" and the way back that makes six buttons."""
DECISIONS: Final = {"go_on": texts.GOES_ON, "stop": texts.STOPPED, "keep": texts.KEPT}
"""What can be decided about the open step; their buttons carry which step that is."""
CHANGE: Final = "change"
"""The fourth: another step in its place."""


async def start_agreeing(desk: Desk, *, chat_id: int, maandbeeld_id: str) -> None:
    """Show the step that is open, or what can be agreed on, in a message of its own."""
    await desk.messenger.send(chat_id, *await _step(desk, chat_id, StepTap(maandbeeld_id, "menu", "")))


async def on_step_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: StepTap) -> None:
    """A step in the menu. Raises NotAllowed or NewerMaandbeeld."""
    try:
        text, keyboard = await _step(desk, chat_id, tapped)
    except AlreadyEnded:
        text, keyboard = texts.NOTHING_WAITS, NOTHING
    except OtherStep:
        text, keyboard = await _not_that_one(desk, chat_id, tapped)
    await asyncio.gather(desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, text, keyboard))


async def on_step_text(desk: Desk, *, chat_id: int, message_id: int, text: str) -> None:
    """A typed step: out of the chat, and shown before it goes on. Raises NotAllowed or NewerMaandbeeld."""
    try:
        typed = await desk.bridge.commit(take_step, chat_id=chat_id, text=text)
    except TextTooLong:
        shown: View = texts.TOO_LONG, NOTHING
    except AlreadyEnded:
        shown = texts.NOTHING_WAITS, NOTHING
    else:
        here = StepTap(typed.maandbeeld_id, "who", OWN)
        again = button(texts.WRITE_AGAIN, replace(here, verb="own", value=""))
        go_on = [] if typed.judged.never else [button(texts.AGREE, here)]
        words = texts.warned(
            typed.judged.words, joined(typed.judged.found) if typed.judged.found else "", never=typed.judged.never
        )
        shown = words, stacked([*go_on, again])
    finally:
        await desk.messenger.delete(chat_id, message_id)
    await desk.messenger.send(chat_id, *shown)


async def _step(desk: Desk, chat_id: int, tapped: StepTap) -> View:
    own = {"chat_id": chat_id, "maandbeeld_id": tapped.maandbeeld_id}
    if tapped.verb in DECISIONS:
        action = await desk.bridge.commit(decide_action, **own, action_id=tapped.value, decision=tapped.verb)
        agreeing = await desk.bridge.run(see_steps, **own)
        said = texts.about_step(DECISIONS[tapped.verb], action)
        return texts.chosen(agreeing, action, said=said, zone=desk.zone), NOTHING
    if tapped.verb == "own":
        await desk.bridge.commit(ask_step, **own)
        return texts.ASK_STEP, stacked([button(BACK, StepTap(tapped.maandbeeld_id, "list", "0"))])
    if tapped.verb == "set":
        place, owner, weeks = _parts(tapped.value, 3)
        action = await desk.bridge.commit(agree_action, **own, place=place, owner=owner, weeks=int(weeks))
        agreeing = await desk.bridge.run(see_steps, **own)
        return texts.chosen(agreeing, action, said="", zone=desk.zone), NOTHING
    agreeing = await desk.bridge.run(see_steps, **own)
    if tapped.verb == "menu" and agreeing.open is not None:
        return deciding(desk, agreeing)
    if tapped.verb == CHANGE and (agreeing.open is None or agreeing.open.id != tapped.value):
        raise OtherStep
    if tapped.verb == CHANGE:
        return _list(agreeing, 0)
    if tapped.verb in {"menu", "list"}:
        return _list(agreeing, number_of(tapped.value))
    if tapped.verb == "who":
        return texts.WHO, _owners(agreeing, tapped)
    if tapped.verb == "when":
        return texts.WHEN, _days(desk, tapped)
    raise NotAllowed


def deciding(desk: Desk, agreeing: Agreeing) -> View:
    """The step that is open, what the team said about it, and the four things that can be decided."""
    if agreeing.open is None:
        raise NotAllowed
    choices = ((texts.GO_ON, "go_on"), (texts.ADJUST, CHANGE), (texts.STOP, "stop"), (texts.KEEP, "keep"))
    here = StepTap(agreeing.maandbeeld_id, "", agreeing.open.id)
    keyboard = choosing((label, replace(here, verb=verb)) for label, verb in choices)
    return texts.now_open(agreeing.open, agreeing, zone=desk.zone), keyboard


async def _not_that_one(desk: Desk, chat_id: int, tapped: StepTap) -> View:
    """The button was about another step than the open one: nothing changed, and what can be decided now."""
    agreeing = await desk.bridge.run(see_steps, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
    if agreeing.open is None:
        return texts.ALREADY_DECIDED, NOTHING
    text, keyboard = deciding(desk, agreeing)
    return f"{texts.OTHER_STEP}\n\n{text}", keyboard


def _list(agreeing: Agreeing, page: int) -> View:
    here = StepTap(agreeing.maandbeeld_id, "list", "")
    choices = [
        (f"{one.label} ({texts.WANTED})" if one.wanted else one.label, replace(here, verb="who", value=str(one.place)))
        for one in agreeing.candidates
    ]
    turned = paged(
        choices,
        page,
        turn=lambda at: replace(here, value=str(at)),
        more=texts.MORE,
        beside=[(texts.OWN_WORDS, replace(here, verb="own"))],
        back=(BACK, replace(here, verb="menu")) if agreeing.open is not None else None,
        size=PAGE,
    )
    return texts.CHOOSE, choosing(turned)


def _owners(agreeing: Agreeing, tapped: StepTap) -> InlineKeyboardMarkup:
    labels = texts.OWNERS | {str(Owner.WIJKTEAM): group_name(Owner.WIJKTEAM, team_label=agreeing.team_label)}
    choices = [button(labels[owner], replace(tapped, verb="when", value=f"{tapped.value}-{owner}")) for owner in Owner]
    return stacked([*choices, button(BACK, replace(tapped, verb="list", value="0"))])


def _days(desk: Desk, tapped: StepTap) -> InlineKeyboardMarkup:
    place, _owner = _parts(tapped.value, 2)
    today = desk.bridge.now().astimezone(desk.zone).date()
    choices = [
        button(
            texts.look_back(weeks, today + timedelta(weeks=weeks), zone=desk.zone),
            replace(tapped, verb="set", value=f"{tapped.value}-{weeks}"),
        )
        for weeks in LOOK_BACK_WEEKS
    ]
    return stacked([*choices, button(BACK, replace(tapped, verb="who", value=place))])


def _parts(value: str, number: int) -> list[str]:
    parts = value.split("-")
    if len(parts) != number or (number > 2 and not is_number(parts[-1])):  # noqa: PLR2004 - with weeks as the last
        raise NotAllowed
    return parts
