"""/logboek: what was changed for the teams of whoever asks, page by page."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import LogTap
from bot.chat.desk import Desk
from bot.chat.keyboards import button, stacked
from bot.chat.texts import changes_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.changes import LogPage, my_log


async def on_log(desk: Desk, *, chat_id: int) -> None:
    """The newest changes, in a new message. Raises NotAllowed for a stranger."""
    text, keyboard = _view(desk, await desk.bridge.run(my_log, chat_id=chat_id))
    await desk.messenger.send(chat_id, text, keyboard)


async def on_log_tap(desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: LogTap) -> None:
    """Another page of it."""
    text, keyboard = _view(desk, await desk.bridge.run(my_log, chat_id=chat_id, page=tapped.page))
    await desk.messenger.answer(callback_id)
    await desk.messenger.edit(chat_id, message_id, text, keyboard)


def _view(desk: Desk, page: LogPage) -> tuple[str, InlineKeyboardMarkup]:
    older = [button(texts.OLDER, LogTap(page.page + 1))] if page.more else []
    back = [button(BACK, LogTap(page.page - 1))] if page.page else []
    return texts.logbook(page, zone=desk.zone), stacked([*older, *back])
