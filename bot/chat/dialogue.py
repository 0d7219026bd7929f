"""A dialogue in the chat: one message that changes as it goes."""

from __future__ import annotations

import asyncio
from html import escape

from bot.bridge import effect_is_committed
from bot.chat.beheer.forms import LEFT_BY_A_TAP, walk_away
from bot.chat.callback_data import DialogueTap, PromptTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, Keyboard, button, stacked, written_for_screen
from bot.chat.texts import chat_nl as texts
from bot.chat.wording import html_of
from bot.usecases.answer_step import answer_step, take_text
from bot.usecases.answering import DialogueView
from bot.usecases.dutch_dates import day_and_time
from bot.usecases.move_dialogue import move_dialogue, running_round
from bot.usecases.snooze import snooze
from bot.usecases.start_dialogue import start_dialogue
from dialogues.conversation.inputs import Tap
from dialogues.conversation.way import Way
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.rhythm.snooze import Snooze


async def on_prompt_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: PromptTap) -> None:
    """Start, start again to change an answer, or put off."""
    if tapped.verb in set(Snooze):
        await walk_away(desk, chat_id=chat_id)
        back = await desk.bridge.commit(
            snooze, chat_id=chat_id, round_id=tapped.round_id, message_id=message_id, choice=Snooze(tapped.verb)
        )
        promise = escape(texts.snoozed(day_and_time(back, zone=desk.zone)))
        start_now = stacked([button(texts.START, PromptTap(tapped.round_id, "go"))])
        await asyncio.gather(
            desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, promise, start_now)
        )
        return
    way = Way.BRIEF if tapped.verb == Way.BRIEF else Way.FULL
    view = await desk.bridge.commit_together(
        start_dialogue,
        chat_id=chat_id,
        round_id=tapped.round_id,
        message_id=message_id,
        way=way,
        leaving=LEFT_BY_A_TAP,
    )
    await show(desk, chat_id=chat_id, view=view, callback_id=callback_id)


async def go_on_where_it_stood(desk: Desk, *, chat_id: int) -> None:
    """Show a running dialogue again, in a new message: the old one may be far up, or gone with a cleared chat."""
    round_id = await desk.bridge.run(running_round, chat_id=chat_id)
    if not round_id:
        return
    message_id = await desk.messenger.send(chat_id, texts.WHERE_YOU_WERE, effect_follows=True)
    if message_id:
        view = await desk.bridge.commit(move_dialogue, chat_id=chat_id, round_id=round_id, message_id=message_id)
        await show(desk, chat_id=chat_id, view=view)


async def on_dialogue_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: DialogueTap) -> None:
    """One answer, or a step back, on, or out."""
    view = await desk.bridge.commit_together(
        answer_step,
        chat_id=chat_id,
        round_id=tapped.round_id,
        message_id=message_id,
        tap=Tap(tapped.visit, tapped.choice, tapped.times),
    )
    await show(desk, chat_id=chat_id, view=view, callback_id=callback_id)


async def on_dialogue_text(desk: Desk, *, chat_id: int, message_id: int, text: str) -> bool:
    """Take a typed text out of the chat and go on; False when no dialogue waits for one."""
    view = await desk.bridge.run(take_text, chat_id=chat_id, text_message_id=message_id, text=text)
    if view is None:
        return False
    effect_is_committed()
    await desk.messenger.delete(chat_id, message_id)
    await show(desk, chat_id=chat_id, view=view, above=_about_text(view))
    return True


def _about_text(view: DialogueView) -> str:
    """What became of a text that was just typed."""
    if view.too_long:
        return texts.text_too_long(LONGEST_TEXT)
    return texts.TEXT_YOURS if view.screen.quote else texts.TEXT_DELETED


async def show(desk: Desk, *, chat_id: int, view: DialogueView, callback_id: str = "", above: str = "") -> None:
    """Put the view into the dialogue's own message and stop the button's spinner."""
    await desk.saw(chat_id, about=view.round_id, ended=view.ended)
    text = html_of(view.screen)
    keyboard: Keyboard = written_for_screen(
        view.screen, lambda tap: DialogueTap(view.round_id, tap.visit, tap.choice, tap.times)
    )
    if view.ended:
        keyboard = NOTHING
        if view.answered and view.aside:
            text = f"{text}\n\n{escape(texts.saved_aside(day_and_time(view.closes_at, zone=desk.zone)))}"
        elif view.answered:
            text = f"{text}\n\n{escape(texts.saved(day_and_time(view.closes_at, zone=desk.zone)))}"
            keyboard = stacked([button(texts.CHANGE_ANSWER, PromptTap(view.round_id, "again"))])
    if above:
        text = f"<i>{escape(above)}</i>\n\n{text}"
    calls = [desk.messenger.edit(chat_id, view.message_id, text, keyboard)]
    if callback_id:
        notice = view.screen.notice or (texts.ALREADY_SAVED if view.repeated else "")
        await asyncio.gather(desk.messenger.answer(callback_id, notice), *calls)
    else:
        await asyncio.gather(*calls)
