"""A maandbeeld in the chat: the picture, the words, the files, and sharing it with the team."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.chat.agreeing import start_agreeing
from bot.chat.callback_data import MaandbeeldTap
from bot.chat.cycle import start_cycle_of
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.own_answer import start_own_answer
from bot.chat.responding import start_reacting
from bot.chat.texts import chat_nl as texts
from bot.chat.texts import maandbeeld_nl as words
from bot.chat.texts.cycle_nl import BUTTON as CYCLE
from bot.chat.texts.own_answer_nl import BUTTON as OWN_ANSWER
from bot.chat.texts.response_nl import REACT
from bot.chat.texts.step_nl import STEP
from bot.render import caption, csv_file, message, pdf, picture, xlsx
from bot.usecases.due_message import MaandbeeldMessage
from bot.usecases.errors import NotAllowed
from bot.usecases.share_maandbeeld import Opened, open_maandbeeld, share_maandbeeld
from dialogues.insight.maandbeeld import Maandbeeld
from dialogues.insight.own_answer import own_questions

log = structlog.get_logger()


async def send_maandbeeld(
    desk: Desk, *, chat_id: int, sending: MaandbeeldMessage, between: Callable[[], Awaitable[object]]
) -> None:
    """Send picture and words; errors of Telegram come through to the outbox, which decides about trying again.

    ``between`` waits until the same chat may have its second message.
    """
    bot = desk.messenger.bot
    own_answer = _own_answer(sending) if sending.for_lead else None
    send_photo = partial(bot.send_photo, parse_mode=ParseMode.HTML, reply_markup=own_answer)
    await _send_picture(desk, chat_id, sending.maandbeeld, send_photo)
    await between()
    await bot.send_message(
        chat_id,
        message(sending.maandbeeld),
        parse_mode=ParseMode.HTML,
        reply_markup=_buttons(sending.maandbeeld_id, for_lead=sending.for_lead, shared=sending.shared),
    )


async def _send_picture(
    desk: Desk, chat_id: int, maandbeeld: Maandbeeld, send_photo: Callable[..., Awaitable[object]]
) -> None:
    """The picture; one that Telegram does not want must not keep the words, which say it all, from their reader."""
    drawn = await desk.drawing.draw(picture, maandbeeld)
    try:
        await send_photo(chat_id, drawn, filename="maandbeeld.png", caption=caption(maandbeeld))
    except BadRequest as error:
        log.warning("picture_refused", reason=error.message)


def _own_answer(sending: MaandbeeldMessage) -> InlineKeyboardMarkup | None:
    """Under the picture, before the words: the lead may think first. None where there is nothing to ask."""
    if not own_questions(sending.maandbeeld):
        return None
    return stacked([button(OWN_ANSWER, MaandbeeldTap(sending.maandbeeld_id, "own"))])


def _buttons(maandbeeld_id: str, *, for_lead: bool, shared: bool) -> InlineKeyboardMarkup:
    labels = {"pdf": texts.AS_PDF, "sheet": words.AS_SHEET}
    if for_lead:
        labels |= {"react": REACT, "step": STEP, "cycle": CYCLE}
    if for_lead and not shared:
        labels["preview"] = texts.SHARE
    return stacked(button(label, MaandbeeldTap(maandbeeld_id, verb)) for verb, label in labels.items())


async def on_maandbeeld_tap(
    desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: MaandbeeldTap
) -> None:
    """Send a file, show what the team would get, share it, react, agree on a step, or see where the cycle stands."""
    about = tapped.maandbeeld_id
    if tapped.verb in _ELSEWHERE:
        await _ELSEWHERE[tapped.verb](desk, chat_id=chat_id, maandbeeld_id=about)
        await desk.messenger.answer(callback_id)
        return
    if tapped.verb == "send":
        await desk.bridge.commit(share_maandbeeld, chat_id=chat_id, maandbeeld_id=about)
    opened = await desk.bridge.run(open_maandbeeld, chat_id=chat_id, maandbeeld_id=about)
    if tapped.verb in _FILES:
        await desk.messenger.answer(callback_id)
        await _send_file(desk, chat_id, opened, tapped.verb)
        return
    if not opened.for_lead:
        raise NotAllowed
    if opened.shared:
        # Also where somebody shared it in the meantime. Under the maandbeeld itself its words stay.
        told = f"{message(opened.maandbeeld)}\n\n<i>{texts.SHARED_BEFORE}</i>"
        told = told if tapped.verb in _PREVIEWS else texts.SHARED_BEFORE
        await desk.messenger.answer(callback_id, texts.SHARED_NOW if tapped.verb == "send" else "", alert=True)
        await desk.messenger.edit(chat_id, message_id, told, _buttons(about, for_lead=True, shared=True))
        return
    await desk.messenger.answer(callback_id)
    if tapped.verb in _PREVIEWS:
        await _show_as_the_team_gets_it(desk, chat_id, opened)
    else:
        await desk.messenger.edit(chat_id, message_id, words.NOT_SHARED, _buttons(about, for_lead=True, shared=False))


async def _show_as_the_team_gets_it(desk: Desk, chat_id: int, opened: Opened) -> None:
    """Picture, words and buttons as every member gets them, and only then the question whether to share."""
    await _send_picture(desk, chat_id, opened.maandbeeld, desk.messenger.send_photo)
    await desk.messenger.send(chat_id, message(opened.maandbeeld), _buttons(opened.id, for_lead=False, shared=True))
    choices = [button(texts.BACK, MaandbeeldTap(opened.id, "keep"))]
    if opened.members:
        choices.insert(0, button(words.SHARE_NOW, MaandbeeldTap(opened.id, "send")))
    await desk.messenger.send(chat_id, words.about_to_share(opened.members), stacked(choices))


async def _send_file(desk: Desk, chat_id: int, opened: Opened, verb: str) -> None:
    made, name, told = _FILES[verb]
    document = await desk.drawing.draw(made, opened.maandbeeld)
    other = stacked([button(words.AS_CSV, MaandbeeldTap(opened.id, "csv"))]) if verb == "sheet" else None
    await desk.messenger.send_document(chat_id, document, filename=name, caption=told, keyboard=other)


_PREVIEWS: Final = frozenset({"preview", "share"})
"""What shows what the team would get; ``share`` is the button of an earlier version, which shared in one tap."""
_ELSEWHERE: Final = {
    "cycle": start_cycle_of,
    "own": start_own_answer,
    "react": start_reacting,
    "step": start_agreeing,
}
"""What opens a message of its own."""
_FILES: Final = {
    "pdf": (pdf, "maandbeeld.pdf", ""),
    "sheet": (xlsx, "maandbeeld.xlsx", words.SHEET_IS),
    "csv": (csv_file, "maandbeeld.csv", words.CSV_IS),
}
"""What makes the file, its name, and what is said with it."""
