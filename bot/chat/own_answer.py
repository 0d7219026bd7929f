"""The lead's own answer beside the team's words. It lives in one tap: in the button, and in the message it changes.

Nothing here writes: every step reads the maandbeeld again, and the answer is in the callback data and nowhere else.
"""

from __future__ import annotations

import asyncio
from typing import Final

from telegram import InlineKeyboardMarkup

from bot.chat.callback_data import OwnAnswerTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, PAGE, choosing, paged
from bot.chat.texts import own_answer_nl as texts
from bot.chat.texts.chat_nl import BACK
from bot.usecases.errors import NotAllowed
from bot.usecases.share_maandbeeld import open_maandbeeld
from dialogues.insight.bands import Band
from dialogues.insight.own_answer import OwnQuestion, own_questions

View = tuple[str, InlineKeyboardMarkup]
LIST: Final = "list"
ASK: Final = "ask"
READY: Final = "ready"


async def start_own_answer(desk: Desk, *, chat_id: int, maandbeeld_id: str) -> None:
    """The questions, in a message of its own: the maandbeeld stays as it is. Raises NotAllowed for all but a lead."""
    questions = await _questions(desk, chat_id, maandbeeld_id)
    await desk.saw(chat_id, about=maandbeeld_id, ended=not questions)
    await desk.messenger.send(chat_id, *_list(questions, maandbeeld_id, 0))


async def on_own_answer_tap(
    desk: Desk, *, chat_id: int, message_id: int, callback_id: str, tapped: OwnAnswerTap
) -> None:
    """A page, a question, an answer, or ready. Raises NotAllowed."""
    questions = await _questions(desk, chat_id, tapped.maandbeeld_id)
    view = _view(questions, tapped)
    await desk.saw(chat_id, about=tapped.maandbeeld_id, ended=tapped.choice == READY or not questions)
    await asyncio.gather(desk.messenger.answer(callback_id), desk.messenger.edit(chat_id, message_id, *view))


def _view(questions: tuple[OwnQuestion, ...], tapped: OwnAnswerTap) -> View:
    about = tapped.maandbeeld_id
    if tapped.choice == READY:
        return texts.GONE, NOTHING
    if tapped.choice == LIST:
        return _list(questions, about, tapped.place)
    question = next((each for each in questions if each.place == tapped.place), None)
    if question is None:
        raise NotAllowed
    several = len(questions) > 1
    if tapped.choice == ASK:
        answers = [
            (word.capitalize(), OwnAnswerTap(about, question.place, band)) for band, word in question.words.items()
        ]
        back = (BACK, OwnAnswerTap(about, question.place // PAGE, LIST)) if several else _ready(about)
        return texts.ask(question), choosing([*answers, back])
    band = next((each for each in Band if each == tapped.choice), None)
    if band is None:
        raise NotAllowed
    another = [(texts.ANOTHER, OwnAnswerTap(about, question.place // PAGE, LIST))] if several else []
    return texts.beside(question, band), choosing([*another, _ready(about)])


def _list(questions: tuple[OwnQuestion, ...], about: str, page: int) -> View:
    if not questions:
        return texts.NOTHING_TO_ASK, NOTHING
    if len(questions) == 1:
        return _view(questions, OwnAnswerTap(about, 0, ASK))
    choices = [(each.title, OwnAnswerTap(about, each.place, ASK)) for each in questions]
    turned = paged(choices, page, turn=lambda at: OwnAnswerTap(about, at, LIST), more=texts.MORE, back=_ready(about))
    return texts.WHICH, choosing(turned)


def _ready(about: str) -> tuple[str, OwnAnswerTap]:
    return texts.READY, OwnAnswerTap(about, 0, READY)


async def _questions(desk: Desk, chat_id: int, maandbeeld_id: str) -> tuple[OwnQuestion, ...]:
    opened = await desk.bridge.run(open_maandbeeld, chat_id=chat_id, maandbeeld_id=maandbeeld_id)
    if not opened.for_lead:
        raise NotAllowed
    return own_questions(opened.maandbeeld)
