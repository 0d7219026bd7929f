"""The one figure of a team in the chat, the same for a lead and a coordinator: what it is, which one, and typing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callback_data import CycleTap, ManageTap, Reference
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.texts import figure_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.access import roles
from bot.usecases.enter_figure import (
    FORM,
    FORM_NAME,
    AlreadyCorrected,
    NoFigure,
    SeenFigure,
    ask_figure,
    name_figure,
    see_figure,
    take_figure,
)
from bot.usecases.errors import AlreadyEnded
from bot.usecases.naming import NameUnusable
from dialogues.insight.own_figure import FigureKind

View = tuple[str, InlineKeyboardMarkup]
Refer: TypeAlias = Callable[[str], Reference]
"""The button of a step in here: for a lead one of the cycle, for a coordinator one of the menus."""
FIGURE_FORMS: Final = frozenset({FORM, FORM_NAME})
"""Kinds of form for which a typed text is meant here."""
KINDS: Final = "kinds"
AGAIN: Final = "again"


async def figure_step(desk: Desk, chat_id: int, team_id: str, value: str, *, refer: Refer, back: Reference) -> View:
    """One step: what there is, which kind, or the question to type. Raises NotAllowed."""
    if not value:
        seen = await desk.bridge.commit(see_figure, chat_id=chat_id, team_id=team_id)
        return _page(desk, seen, refer=refer, back=back)
    up = button(BACK, refer(""))
    if value == KINDS:
        await desk.bridge.commit(see_figure, chat_id=chat_id, team_id=team_id)
        return texts.WHICH, stacked([*(button(name, refer(str(kind))) for kind, name in texts.KINDS.items()), up])
    try:
        kind = await desk.bridge.commit(ask_figure, chat_id=chat_id, team_id=team_id, kind=value)
    except AlreadyCorrected:
        return texts.CORRECTED_BEFORE, stacked([up])
    named = kind is not FigureKind.OWN or value == AGAIN
    return texts.ask(kind) if named else texts.ASK_NAME, stacked([up])


async def on_figure_text(
    desk: Desk, *, chat_id: int, message_id: int, kind: str, data: dict[str, str], text: str
) -> None:
    """A typed name or figure: out of the chat, and saved or asked again. Raises NotAllowed."""
    refer, back = await ways_of(desk, chat_id, data["team"])
    up = stacked([button(BACK, refer(""))])
    asked = FigureKind(data["kind"])
    try:
        if kind == FORM_NAME:
            name = await desk.bridge.commit(name_figure, chat_id=chat_id, text=text)
            shown: View = texts.ask(asked, name), up
        else:
            seen = await desk.bridge.commit(take_figure, chat_id=chat_id, text=text)
            shown = _page(desk, seen, refer=refer, back=back, saved=True)
    except NameUnusable:
        shown = texts.NAME_UNUSABLE, up
    except NoFigure:
        shown = texts.no_figure(asked), up
    except AlreadyCorrected:
        shown = texts.CORRECTED_BEFORE, up
    except AlreadyEnded:
        shown = texts.NOTHING_WAITS, up
    finally:
        await desk.messenger.delete(chat_id, message_id)
    await desk.messenger.send(chat_id, *shown)


async def ways_of(desk: Desk, chat_id: int, team_id: str) -> tuple[Refer, Reference]:
    """The ways of who leads this team, else those of a coordinator: a button of another time leads back as well."""
    own = await desk.bridge.run(roles, chat_id=chat_id)
    leads = any(each.team_id == team_id for each in own.leads)
    return for_lead(team_id) if leads else for_coordinator(team_id)


def for_lead(team_id: str) -> tuple[Refer, Reference]:
    """The ways from here for a lead: on, and back to where the cycle stands."""
    return lambda value: CycleTap("figure", team_id, value), CycleTap("team", team_id, "")


def for_coordinator(team_id: str) -> tuple[Refer, Reference]:
    """The ways from here for a coordinator: on, and back to the team."""
    return lambda value: ManageTap("figure", team_id, value), ManageTap("aboutteam", team_id, "")


def _page(desk: Desk, seen: SeenFigure, *, refer: Refer, back: Reference, saved: bool = False) -> View:
    choices: list[InlineKeyboardButton] = []
    if seen.now is not None and not seen.now.corrected:
        choices.append(button(texts.label(texts.CORRECT, seen.now), refer(AGAIN)))
    elif seen.now is None and seen.last is not None:
        choices.append(button(texts.label(texts.AGAIN, seen.last), refer(AGAIN)))
    if seen.now is None or not seen.now.corrected:
        choices.append(button(texts.CHOOSE_OTHER if choices else texts.CHOOSE, refer(KINDS)))
    return texts.figure(seen, saved=saved, zone=desk.zone), stacked([*choices, button(BACK, back)])
