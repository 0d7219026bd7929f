"""Passing on contacts in the chat: the offer, the questions, the whole text to read, and only then the team."""

from __future__ import annotations

import asyncio

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.bridge import effect_is_committed
from bot.chat.callback_data import HandoverTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, for_screen, stacked
from bot.chat.texts import aside_nl as texts
from bot.chat.texts import chat_nl
from bot.chat.wording import html_of
from bot.usecases.errors import AlreadyEnded, NoLongerOpen, TextTooLong
from bot.usecases.pass_on_handover import drop_handover, pass_on_handover
from bot.usecases.send_aside import HandoverOffer, PassedOn
from bot.usecases.write_handover import (
    HandoverView,
    answer_handover,
    change_handover,
    start_handover,
    take_handover_text,
)
from dialogues.conversation.inputs import Tap
from dialogues.guarding.cleaning import inert

Shown = tuple[str, InlineKeyboardMarkup]


def offer_message(message: HandoverOffer) -> Shown:
    """The question to somebody who leaves, with its buttons."""
    no = button(texts.RATHER_NOT, _verb(message.membership_id, "no"))
    return texts.handover_offer(team=message.team), stacked([_start(message.membership_id), no])


def passed_on_message(message: PassedOn) -> Shown:
    """What the team reads; nothing to tap, for no answer is kept."""
    return texts.passed_on(inert(message.body)), NOTHING


async def on_handover_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: HandoverTap) -> None:
    """Start, an answer, or what to do with the whole text."""
    try:
        (text, keyboard), notice = await _done(desk, chat_id=chat_id, message_id=message_id, tapped=tapped)
    except NoLongerOpen:
        (text, keyboard), notice = (texts.HANDED_OVER_BEFORE, NOTHING), ""
    except AlreadyEnded:
        (text, keyboard), notice = (texts.HANDOVER_GONE, stacked([_start(tapped.membership_id)])), ""
    await asyncio.gather(
        desk.messenger.answer(callback_id, notice), desk.messenger.edit(chat_id, message_id, text, keyboard)
    )


async def _done(desk: Desk, *, chat_id: int, message_id: int, tapped: HandoverTap) -> tuple[Shown, str]:
    own = {"chat_id": chat_id, "membership_id": tapped.membership_id}
    commit = desk.bridge.commit
    if tapped.verb == "no":
        await commit(drop_handover, **own)
        await desk.saw(chat_id, about=tapped.membership_id, ended=True)
        return (texts.HANDOVER_NOT, stacked([_start(tapped.membership_id)])), ""
    if tapped.verb == "pass":
        readers = await commit(pass_on_handover, **own, message_id=message_id)
        await desk.saw(chat_id, about=tapped.membership_id, ended=True)
        return (texts.GIVEN_ON if readers else texts.NOBODY_THERE, NOTHING), ""
    if tapped.verb == "go":
        view = await commit(start_handover, **own, message_id=message_id)
    elif tapped.verb == "edit":
        view = await commit(change_handover, **own, message_id=message_id)
    else:
        given = Tap(tapped.visit, tapped.choice, tapped.times)
        view = await commit(answer_handover, **own, message_id=message_id, tap=given)
    await desk.saw(chat_id, about=tapped.membership_id, ended=view.ended and not view.note)
    return _shown(view), view.screen.notice


async def on_handover_text(desk: Desk, *, chat_id: int, message_id: int, text: str) -> bool:
    """Put a typed text in the draft and take it out of the chat; False when no draft waits for one."""
    try:
        view = await desk.bridge.run(take_handover_text, chat_id=chat_id, text_message_id=message_id, text=text)
    except TextTooLong:
        effect_is_committed()
        await desk.messenger.delete(chat_id, message_id)
        await desk.messenger.send(chat_id, texts.TEXT_TOO_LONG)
        return True
    except NoLongerOpen:
        return False
    if view is None:
        return False
    effect_is_committed()
    await desk.messenger.delete(chat_id, message_id)
    await desk.saw(chat_id, about=view.membership_id, ended=False)
    shown, keyboard = _shown(view)
    await desk.messenger.edit(chat_id, view.message_id, f"<i>{texts.TEXT_IN_DRAFT}</i>\n\n{shown}", keyboard)
    return True


def _shown(view: HandoverView) -> Shown:
    if view.note:
        choices = ((texts.GIVE_ON, "pass"), (texts.EDIT, "edit"), (texts.DO_NOT, "no"))
        whole = texts.handover_check(last_words=view.screen.question, body=inert(view.note), found=view.found)
        return whole, stacked(button(label, _verb(view.membership_id, verb)) for label, verb in choices)
    if view.ended:
        text = texts.NOTHING_WRITTEN if view.empty else html_of(view.screen)
        return text, stacked([_start(view.membership_id)])
    return html_of(view.screen), for_screen(
        view.screen, lambda tap: HandoverTap(view.membership_id, "step", tap.visit, tap.choice, tap.times)
    )


def _start(membership_id: str) -> InlineKeyboardButton:
    return button(chat_nl.START, _verb(membership_id, "go"))


def _verb(membership_id: str, verb: str) -> HandoverTap:
    return HandoverTap(membership_id, verb, 0, "", 0)
