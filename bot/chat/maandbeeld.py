"""A maandbeeld in the chat: the picture, the words, the PDF, and sharing it with the team."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.chat.agreeing import start_agreeing
from bot.chat.callback_data import MaandbeeldTap
from bot.chat.cycle import start_cycle_of
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.responding import start_reacting
from bot.chat.texts import chat_nl as texts
from bot.chat.texts.cycle_nl import BUTTON as CYCLE
from bot.chat.texts.response_nl import REACT
from bot.chat.texts.step_nl import STEP
from bot.render import caption, message, pdf, picture
from bot.usecases.send_due import MaandbeeldMessage
from bot.usecases.share_maandbeeld import open_maandbeeld, share_maandbeeld

log = structlog.get_logger()


async def send_maandbeeld(
    desk: Desk, *, chat_id: int, sending: MaandbeeldMessage, between: Callable[[], Awaitable[object]]
) -> None:
    """Send picture and words; errors of Telegram come through to the outbox, which decides about trying again.

    ``between`` waits until the same chat may have its second message.
    """
    bot = desk.messenger.bot
    drawn = await asyncio.to_thread(picture, sending.maandbeeld)
    try:
        await bot.send_photo(
            chat_id, drawn, caption=caption(sending.maandbeeld), parse_mode=ParseMode.HTML, filename="maandbeeld.png"
        )
    except BadRequest as error:
        # The words say it all; a picture that Telegram does not want must not keep them from their reader.
        log.warning("picture_refused", reason=error.message)
    await between()
    await bot.send_message(
        chat_id,
        message(sending.maandbeeld),
        parse_mode=ParseMode.HTML,
        reply_markup=_buttons(sending.maandbeeld_id, for_lead=sending.for_lead, shared=sending.shared),
    )


def _buttons(maandbeeld_id: str, *, for_lead: bool, shared: bool) -> InlineKeyboardMarkup:
    buttons = [button(texts.AS_PDF, MaandbeeldTap(maandbeeld_id, "pdf"))]
    if for_lead:
        buttons.append(button(REACT, MaandbeeldTap(maandbeeld_id, "react")))
        buttons.append(button(STEP, MaandbeeldTap(maandbeeld_id, "step")))
        buttons.append(button(CYCLE, MaandbeeldTap(maandbeeld_id, "cycle")))
    if for_lead and not shared:
        buttons.append(button(texts.SHARE, MaandbeeldTap(maandbeeld_id, "share")))
    return stacked(buttons)


async def on_maandbeeld_tap(
    desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: MaandbeeldTap
) -> None:
    """Send the PDF, share with the team, react, agree on a step, or see where the cycle stands."""
    if tapped.verb == "cycle":
        await start_cycle_of(desk, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
        await desk.messenger.answer(callback_id)
        return
    if tapped.verb in {"react", "step"}:
        start = start_reacting if tapped.verb == "react" else start_agreeing
        await start(desk, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
        await desk.messenger.answer(callback_id)
        return
    if tapped.verb == "share":
        await desk.bridge.commit(share_maandbeeld, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
        opened = await desk.bridge.run(open_maandbeeld, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
        await desk.messenger.answer(callback_id, texts.SHARED_NOW, alert=True)
        words = f"{message(opened.maandbeeld)}\n\n<i>{texts.SHARED_BEFORE}</i>"
        await desk.messenger.edit(
            chat_id, message_id, words, _buttons(tapped.maandbeeld_id, for_lead=True, shared=True)
        )
        return
    opened = await desk.bridge.run(open_maandbeeld, chat_id=chat_id, maandbeeld_id=tapped.maandbeeld_id)
    await desk.messenger.answer(callback_id)
    document = await asyncio.to_thread(pdf, opened.maandbeeld)
    await desk.messenger.send_document(chat_id, document, filename="maandbeeld.pdf", caption="")
