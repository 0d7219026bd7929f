"""python-telegram-bot with default settings: one handler answers a tap and edits the message. Keeps nothing."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN

KEYBOARD = InlineKeyboardMarkup.de_json(MARKUP)


async def tapped(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Stop the spinner and show the next question."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(f"{QUESTIONS[0]} {query.data}", reply_markup=KEYBOARD)


if __name__ == "__main__":
    bot = Application.builder().token(TOKEN).base_url(f"{sys.argv[1]}/bot").build()
    bot.add_handler(CallbackQueryHandler(tapped))
    bot.run_polling()
