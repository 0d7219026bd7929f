"""python-telegram-bot with a survey as its examples do it: ConversationHandler and PicklePersistence."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from telegram import InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, ConversationHandler, PicklePersistence
from telegram.warnings import PTBUserWarning

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN

KEYBOARD = InlineKeyboardMarkup.de_json(MARKUP)


async def answered(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
    """Keep the answer and ask the next question; after the last one begin again."""
    query, given = update.callback_query, context.user_data
    assert query is not None
    assert given is not None
    at = given.get("at", 0)
    given[f"answer {at}"] = query.data
    given["at"] = at = (at + 1) % len(QUESTIONS)
    await query.answer()
    await query.edit_message_text(QUESTIONS[at], reply_markup=KEYBOARD)
    return at


if __name__ == "__main__":
    url, folder = sys.argv[1:]
    warnings.filterwarnings("ignore", category=PTBUserWarning)  # that it does not follow each message: one is enough
    application = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{url}/bot")
        .persistence(PicklePersistence(Path(folder) / "survey.pickle"))
        .build()
    )
    step = CallbackQueryHandler(answered)
    application.add_handler(
        ConversationHandler([step], {at: [step] for at in range(5)}, [], name="survey", persistent=True)
    )
    application.run_polling()
