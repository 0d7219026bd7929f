"""/wisantwoord, and the buttons under what a person may do with their own data."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import PromptTap, RightsTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.own_data import send_export
from bot.chat.texts import rights_nl as texts
from bot.chat.texts.chat_nl import NOTHING_KEPT
from bot.usecases.erase_answer import AskedRound, asked_rounds, erase_answer
from bot.usecases.errors import NotAllowed

MOST_BUTTONS = 6


async def on_erase_answer(desk: Desk, *, chat_id: int) -> None:
    """/wisantwoord asks once, whether there is an answer or not: nobody looks."""
    try:
        rounds = await desk.bridge.run(asked_rounds, chat_id=chat_id)
    except NotAllowed:
        await desk.messenger.send(chat_id, NOTHING_KEPT)
        return
    if not rounds:
        await desk.messenger.send(chat_id, texts.NO_ROUND)
        return
    choice = stacked([button(texts.ERASE_NO, RightsTap("keep")), button(texts.ERASE_YES, RightsTap("erase"))])
    await desk.messenger.send(chat_id, texts.ask_erasing(rounds, zone=desk.zone), choice)


async def on_rights_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: RightsTap) -> None:
    """Erase, leave it, or give the file. Raises NotAllowed for a stranger and for what no button of ours says."""
    if tapped.verb == "export":
        await desk.messenger.answer(callback_id)
        await send_export(desk, chat_id=chat_id)
        return
    if tapped.verb == "erase":
        rounds = await desk.bridge.commit(erase_answer, chat_id=chat_id)
        for each in rounds:
            await desk.saw(chat_id, about=each.round_id, ended=True)
        text, keyboard = texts.erased(rounds, zone=desk.zone), _again(rounds)
    elif tapped.verb == "keep":
        text, keyboard = texts.LEFT, NOTHING
    else:
        raise NotAllowed
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


def _again(rounds: tuple[AskedRound, ...]) -> InlineKeyboardMarkup:
    """A way to begin again in each round that is open."""
    there = [each for each in rounds if each.open][:MOST_BUTTONS]
    labels = [f"{texts.ANSWER_AGAIN}: {each.title}" if len(there) > 1 else texts.ANSWER_AGAIN for each in there]
    return stacked(button(label, PromptTap(each.round_id, "go")) for label, each in zip(labels, there, strict=True))
