"""aiogram 3 with a survey of five questions in a state machine in memory, which loses everything at a crash."""

from __future__ import annotations

import asyncio
import sys

from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bench.peers.survey import MARKUP, QUESTIONS, TOKEN

KEYBOARD = InlineKeyboardMarkup.model_validate(MARKUP)


class Survey(StatesGroup):
    """Which question waits for an answer."""

    q0, q1, q2, q3, q4 = State(), State(), State(), State(), State()


STATES = [Survey.q0, Survey.q1, Survey.q2, Survey.q3, Survey.q4]


async def answered(query: CallbackQuery, state: FSMContext) -> None:
    """Keep the answer and ask the next question; after the last one begin again."""
    now = await state.get_state()
    at = next((number for number, each in enumerate(STATES) if each.state == now), 0)
    await state.update_data({f"answer {at}": query.data})
    at = (at + 1) % len(QUESTIONS)
    await state.set_state(STATES[at])
    await query.answer()
    assert isinstance(query.message, Message)
    await query.message.edit_text(QUESTIONS[at], reply_markup=KEYBOARD)


async def serve(url: str, storage: BaseStorage) -> None:
    """Poll until a signal."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    dispatcher = Dispatcher(storage=storage)
    dispatcher.callback_query.register(answered, F.data)
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], MemoryStorage()))
