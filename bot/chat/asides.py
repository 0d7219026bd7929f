"""Dialogues outside every round in the chat: a moment of your own, and being new. Their state is on their buttons."""

from __future__ import annotations

import asyncio
from html import escape

from telegram import InlineKeyboardMarkup

from bot.bridge import effect_is_committed
from bot.chat.callback_data import AsideTap
from bot.chat.desk import Desk
from bot.chat.dialogue import show
from bot.chat.joining import ask_what_is_not_told
from bot.chat.keyboards import NOTHING, button, for_screen, stacked
from bot.chat.texts import aside_nl as texts
from bot.chat.texts import chat_nl
from bot.chat.wording import html_of
from bot.usecases.access import roles
from bot.usecases.asides import FREETOPIC
from bot.usecases.errors import ContentChanged, NoRoundForText
from bot.usecases.free_topic import start_free_topic
from bot.usecases.offer_aside import AsideOffer, NotTold, offer_aside
from bot.usecases.play_aside import AsideView, play_aside, take_aside_text
from bot.usecases.send_aside import AsideMessage
from bot.usecases.start_dialogue import start_dialogue, unanswered_round
from dialogues.conversation.paths import STOPPED, mark_of
from dialogues.conversation.way import Way


async def on_a_moment(desk: Desk, *, chat_id: int) -> None:
    """/ikhebeven: the shortest open question, in its short form; without one a moment that is not kept."""
    round_id = await desk.bridge.run(unanswered_round, chat_id=chat_id)
    if not round_id:
        await _offer(desk, chat_id=chat_id)
        return
    message_id = await desk.messenger.send(chat_id, chat_nl.A_MOMENT, effect_follows=True)
    if message_id:
        view = await desk.bridge.commit(
            start_dialogue, chat_id=chat_id, round_id=round_id, message_id=message_id, way=Way.SHORT
        )
        await show(desk, chat_id=chat_id, view=view)


async def _offer(desk: Desk, *, chat_id: int) -> None:
    offered = await desk.bridge.run(offer_aside, chat_id=chat_id)
    if isinstance(offered, NotTold):
        await desk.messenger.send(chat_id, texts.TELL_FIRST)
        await ask_what_is_not_told(desk, chat_id=chat_id, membership_id=offered.membership_id)
        return
    if offered is None:
        own = await desk.bridge.run(roles, chat_id=chat_id)
        await desk.messenger.send(chat_id, chat_nl.NO_OPEN_QUESTION if own.member_of else texts.NO_TEAM)
        return
    text = texts.offer(title=offered.title, summary=offered.summary, team=offered.team)
    await desk.messenger.send(chat_id, text, _choices(offered))


def _choices(offered: AsideOffer) -> InlineKeyboardMarkup:
    member, dialogue, edition = offered.membership_id, offered.dialogue, offered.edition
    buttons = [button(chat_nl.START, AsideTap(member, dialogue, edition, ""))]
    if offered.free:
        buttons.append(button(texts.SOMETHING_ELSE, AsideTap(member, FREETOPIC, "", "")))
    buttons.append(button(texts.NOT_NOW, AsideTap(member, dialogue, edition, STOPPED)))
    return stacked(buttons)


def newcomer_message(message: AsideMessage) -> tuple[str, InlineKeyboardMarkup]:
    """The invitation to somebody who is new, with its buttons."""
    text = texts.newcomer(title=message.title, summary=message.summary)
    start = AsideTap(message.membership_id, message.dialogue, message.edition, "")
    no = AsideTap(message.membership_id, message.dialogue, message.edition, STOPPED)
    return text, stacked([button(chat_nl.START, start), button(texts.RATHER_NOT, no)])


async def on_aside_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: AsideTap) -> None:
    """One tap: walk the way it carries and show where it leads."""
    if tapped.dialogue == FREETOPIC and not tapped.path and await _free_topic(desk, chat_id, message_id, callback_id):
        return
    try:
        view = await desk.bridge.commit(
            play_aside,
            chat_id=chat_id,
            membership_id=tapped.membership_id,
            dialogue=tapped.dialogue,
            edition=tapped.edition,
            path=tapped.path,
        )
    except ContentChanged:
        again = button(texts.BEGIN_AGAIN, AsideTap(tapped.membership_id, tapped.dialogue, "", ""))
        await asyncio.gather(
            desk.messenger.answer(callback_id),
            desk.messenger.edit(chat_id, message_id, texts.CHANGED, stacked([again])),
        )
        return
    declined = tapped.path == STOPPED
    await desk.saw(chat_id, about=tapped.dialogue, ended=view.ended or declined)
    text, keyboard = _shown(view, declined=declined)
    await asyncio.gather(
        desk.messenger.answer(callback_id, view.screen.notice),
        desk.messenger.edit(chat_id, message_id, text, keyboard),
    )


async def _free_topic(desk: Desk, chat_id: int, message_id: int, callback_id: str) -> bool:
    """Something else where a round is open and enough are asked: it can be shared there. False where it cannot be."""
    try:
        view = await desk.bridge.commit(start_free_topic, chat_id=chat_id, message_id=message_id)
    except NoRoundForText:
        return False
    await show(desk, chat_id=chat_id, view=view, callback_id=callback_id)
    return True


def _shown(view: AsideView, *, declined: bool) -> tuple[str, InlineKeyboardMarkup]:
    if declined:
        return texts.NOT_NOW_SAID, NOTHING
    if view.ended:
        return html_of(view.screen), NOTHING
    return html_of(view.screen), for_screen(
        view.screen, lambda tap: AsideTap(view.membership_id, view.dialogue, view.edition, view.path + mark_of(tap))
    )


async def on_aside_text(desk: Desk, *, chat_id: int, message_id: int) -> bool:
    """A text typed at an open question of which nothing is kept: it goes out of the chat; False when none waits."""
    if not await desk.bridge.run(take_aside_text, chat_id=chat_id):
        return False
    effect_is_committed()
    await desk.messenger.delete(chat_id, message_id)
    await desk.messenger.send(chat_id, escape(texts.TEXT_LET_GO))
    return True
