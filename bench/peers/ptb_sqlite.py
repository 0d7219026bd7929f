"""python-telegram-bot with a survey whose every step is committed to SQLite as it comes, in the event loop."""

from __future__ import annotations

import sys

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN, Database


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Keep the answer and ask the next question."""
    query = update.callback_query
    assert query is not None
    at = context.bot_data["kept"].step(query.from_user.id, query.data)
    await query.answer()
    await query.edit_message_text(QUESTIONS[at], reply_markup=KEYBOARD)


KEYBOARD = InlineKeyboardMarkup.de_json(MARKUP)

if __name__ == "__main__":
    url, folder = sys.argv[1:]
    bot = Application.builder().token(TOKEN).base_url(f"{url}/bot").build()
    bot.bot_data["kept"] = Database(folder, wal=False)
    bot.add_handler(CallbackQueryHandler(answered))
    bot.run_polling()
