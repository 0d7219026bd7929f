"""python-telegram-bot with default settings: one handler answers a tap and edits the message. Keeps nothing."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

QUESTION = "Hoe vaak lukt het om elkaar op tijd te vinden?"
KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(f"{each}", callback_data=str(each))] for each in range(1, 6)])


async def tapped(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stop the spinner and show the next question."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(f"{QUESTION} {query.data}", reply_markup=KEYBOARD)


if __name__ == "__main__":
    bot = Application.builder().token("1000001:niet-nodig-hier").base_url(f"{sys.argv[1]}/bot").build()
    bot.add_handler(CallbackQueryHandler(tapped))
    bot.run_polling()
