"""answerCallbackQuery."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.sandbox.errors import bad_request
from bot.sandbox.model import Answer
from bot.sandbox.strictness import CALLBACK_ANSWER_LIMIT

if TYPE_CHECKING:
    from bot.sandbox.arguments import Arguments
    from bot.sandbox.state import SandboxState


async def answer_callback_query(state: SandboxState, arguments: Arguments) -> bool:
    """Stop the progress bar on a button and maybe show a text; once per tap and not too late."""
    query = state.queries.get(arguments.text("callback_query_id"))
    text = arguments.text("text")
    if query is None or query.answered or time.monotonic() - query.asked > state.query_lifetime:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if len(text) > CALLBACK_ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    seq = state.changes.note("answer", chat_id=query.user_id)
    answer = Answer(seq, query.id, text, arguments.boolean("show_alert"))
    state.answers.setdefault(query.user_id, []).append(answer)
    return True
