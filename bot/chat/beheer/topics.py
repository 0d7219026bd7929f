"""Which topics come, which go first, and which are set aside for a while."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.chat.beheer.confirming import with_next_question
from bot.chat.beheer.menu import Choice, Menus, View, back_to, buttons, page
from bot.chat.callback_data import ManageTap
from bot.chat.desk import Desk
from bot.chat.keyboards import is_number, number_of
from bot.chat.texts import rhythm_nl as texts
from bot.chat.texts.days_nl import AGENDA_BUTTON
from bot.usecases.dutch_dates import day
from bot.usecases.errors import NotAllowed
from bot.usecases.see_topics import see_topics
from bot.usecases.set_topics import ASIDE_WEEKS, bring_back, can_be_aside, put_first, set_aside
from dialogues.rhythm.rotation import CLIENT


async def _topics(desk: Desk, chat_id: int, team_id: str, _value: str) -> View:
    return await _menu(desk, chat_id, team_id)


async def _menu(desk: Desk, chat_id: int, team_id: str, *, said: str = "") -> View:
    seen = await desk.bridge.run(see_topics, chat_id=chat_id, team_id=team_id)
    text = texts.topics(
        coming=[_title(desk, each.element) for each in seen.coming],
        first=[_title(desk, each) for each in seen.first],
        aside=[
            f"{_title(desk, each)} (tot {day(date.fromisoformat(until), zone=desk.zone)})"
            for each, until in seen.aside.items()
        ],
        silent=[_title(desk, each) for each in seen.silent],
    )
    choices: list[Choice] = [
        (texts.FIRST_BUTTON, ManageTap("first", team_id, "0")),
        (texts.ASIDE_BUTTON, ManageTap("aside", team_id, "0")),
    ]
    if seen.first or seen.aside:
        choices.append((texts.BACK_BUTTON, ManageTap("usual", team_id, "0")))
    choices.append((AGENDA_BUTTON, ManageTap("agenda", team_id, "")))
    return f"{said}\n\n{text}" if said else text, buttons(*choices, back_to("team", team_id))


async def _first(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    if not is_number(value):
        await desk.bridge.commit(put_first, chat_id=chat_id, team_id=team_id, element=value)
        said = await with_next_question(desk, chat_id, team_id, texts.topic_first(_title(desk, value)))
        return await _menu(desk, chat_id, team_id, said=said)
    seen = await desk.bridge.run(see_topics, chat_id=chat_id, team_id=team_id)
    asked = texts.WHICH_FIRST if CLIENT in seen.can_come else f"{texts.WHICH_FIRST}\n\n{texts.FAMILY_BY_AREA}"
    return asked, _choices(desk, "first", team_id, value, seen.can_come)


async def _aside(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    element, _, weeks = value.partition("-")
    if is_number(element):
        seen = await desk.bridge.run(see_topics, chat_id=chat_id, team_id=team_id)
        elements = [each for each in seen.can_come if can_be_aside(each)]
        return texts.WHICH_ASIDE, _choices(desk, "aside", team_id, value, elements)
    if not weeks:
        choices = [(texts.weeks(each), ManageTap("aside", team_id, f"{element}-{each}")) for each in ASIDE_WEEKS]
        return texts.HOW_LONG_ASIDE, buttons(*choices, back_to("aside", team_id, "0"))
    schedule = await desk.bridge.commit(
        set_aside,
        chat_id=chat_id,
        team_id=team_id,
        element=element,
        weeks=number_of(weeks),
    )
    until = day(date.fromisoformat(schedule.aside[element]), zone=desk.zone)
    said = await with_next_question(desk, chat_id, team_id, texts.topic_aside(_title(desk, element), until))
    return await _menu(desk, chat_id, team_id, said=said)


async def _usual(desk: Desk, chat_id: int, team_id: str, value: str) -> View:
    if not is_number(value):
        await desk.bridge.commit(bring_back, chat_id=chat_id, team_id=team_id, element=value)
        said = await with_next_question(desk, chat_id, team_id, texts.topic_back(_title(desk, value)))
        return await _menu(desk, chat_id, team_id, said=said)
    seen = await desk.bridge.run(see_topics, chat_id=chat_id, team_id=team_id)
    return texts.WHICH_BACK, _choices(desk, "usual", team_id, value, [*seen.first, *seen.aside])


def _choices(desk: Desk, verb: str, team_id: str, number: str, elements: Sequence[str]) -> InlineKeyboardMarkup:
    choices = [(_title(desk, each), ManageTap(verb, team_id, each)) for each in elements]
    return buttons(*page(choices, number, here=ManageTap(verb, team_id, ""), back=back_to("topics", team_id)))


def _title(desk: Desk, element: str) -> str:
    if element not in desk.library.definitions:
        raise NotAllowed
    return desk.library.get(element).title


MENUS: Final = Menus(about_team={"topics": _topics, "first": _first, "aside": _aside, "usual": _usual})
