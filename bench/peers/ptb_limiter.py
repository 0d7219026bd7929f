"""The plain handler with the AIORateLimiter of python-telegram-bot on: replies wait in the row of all messages."""

from __future__ import annotations

import sys

from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler

from bench.peers.ptb_plain import tapped
from bench.peers.survey import TOKEN

if __name__ == "__main__":
    bot = Application.builder().token(TOKEN).base_url(f"{sys.argv[1]}/bot").rate_limiter(AIORateLimiter()).build()
    bot.add_handler(CallbackQueryHandler(tapped))
    bot.run_polling()
