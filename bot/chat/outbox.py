"""Sends what the outbox holds: at least once, paced, and never in the way of replies to taps."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.chat.callback_data import PromptTap
from bot.chat.desk import Desk
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.maandbeeld import send_maandbeeld
from bot.chat.messenger import says, seconds_of
from bot.chat.texts import chat_nl as texts
from bot.usecases.dutch_dates import day_and_time
from bot.usecases.send_due import (
    MaandbeeldMessage,
    Nothing,
    PromptMessage,
    Sending,
    ThinMessage,
    lease_due,
    mark_refused,
    mark_sent,
    mark_unreachable,
    move_chat,
    try_again,
)
from dialogues.conversation.way import Way

log = structlog.get_logger()
BATCH: Final = 30
PER_SECOND: Final = 28.0
"""Just under Telegram's 30 messages a second, so that replies to taps keep room."""
SOON: Final = timedelta(minutes=1)
_NO_CHAT: Final = ("chat not found", "user not found", "peer_id_invalid")


class Pace:
    """Spreads sends evenly: ``await turn()`` returns at most ``per_second`` times a second."""

    def __init__(
        self,
        per_second: float = PER_SECOND,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1.0 / per_second
        self._next = 0.0
        self._now = now
        self._sleep = sleep
        self._row = asyncio.Lock()

    async def turn(self) -> None:
        """Wait for a place in the row."""
        async with self._row:
            # Asked again after every sleep: meanwhile Telegram may have asked for more time.
            while (wait := self._next - self._now()) > 0:
                await self._sleep(wait)
            self._next = self._now() + self._gap

    def hold(self, seconds: float) -> None:
        """Let nothing go for this long: Telegram asked for it."""
        self._next = max(self._next, self._now() + seconds)


class Outbox:
    """One sender of this process; others may run beside it, a lease keeps them apart."""

    def __init__(self, desk: Desk, *, pace: Pace | None = None) -> None:
        self._desk = desk
        self._pace = pace or Pace()
        self._busy = asyncio.Lock()

    @property
    def busy(self) -> bool:
        """Whether something is being sent now."""
        return self._busy.locked()

    async def drain(self) -> int:
        """Send everything that is due; returns how many messages went out. One drain at a time."""
        sent = 0
        async with self._busy:
            while batch := await self._desk.bridge.run(lease_due, limit=BATCH, report=_report):
                sent += sum(await asyncio.gather(*(self._deliver(sending) for sending in batch)))
        return sent

    async def _deliver(self, sending: Sending) -> bool:
        await self._pace.turn()
        bridge = self._desk.bridge
        kind = type(sending.message).__name__
        try:
            await self._send(sending)
        except Forbidden:
            await bridge.run(mark_unreachable, delivery_id=sending.delivery_id)
            return False
        except ChatMigrated as error:
            await bridge.run(move_chat, chat_id=sending.chat_id, new_chat_id=error.new_chat_id)
            return await self._later(replace(sending, chat_id=error.new_chat_id), after=timedelta(0))
        except RetryAfter as error:
            wait = seconds_of(error)
            self._pace.hold(wait)
            return await self._later(sending, after=timedelta(seconds=wait))
        except BadRequest as error:
            if says(error, _NO_CHAT):
                await bridge.run(mark_unreachable, delivery_id=sending.delivery_id)
                return False
            log.warning("message_refused", kind=kind, reason=error.message)
            await bridge.run(mark_refused, delivery_id=sending.delivery_id)
            return False
        except TelegramError as error:
            log.warning("message_uncertain", kind=kind, reason=type(error).__name__)
            await bridge.run(try_again, delivery_id=sending.delivery_id, after=SOON)
            return False
        except Exception as error:  # noqa: BLE001 - a picture that cannot be drawn must not keep the others waiting
            log.warning("message_failed", kind=kind, reason=type(error).__name__)
            await bridge.run(mark_refused, delivery_id=sending.delivery_id)
            return False
        await bridge.run(mark_sent, delivery_id=sending.delivery_id)
        return True

    async def _later(self, sending: Sending, *, after: timedelta) -> bool:
        """Put the row back. A reminder has no row to wait in (privacy rule 10): it goes once more from here."""
        message = sending.message
        if not isinstance(message, PromptMessage) or not message.reminder:
            await self._desk.bridge.run(try_again, delivery_id=sending.delivery_id, after=after)
            return False
        await self._pace.turn()
        try:
            await self._send(sending)
        except TelegramError as error:
            log.warning("reminder_given_up", reason=type(error).__name__)
            return False
        return True

    async def _send(self, sending: Sending) -> None:
        message = sending.message
        if isinstance(message, Nothing):
            return
        if isinstance(message, MaandbeeldMessage):
            await send_maandbeeld(self._desk, chat_id=sending.chat_id, sending=message)
            return
        text, keyboard = _text_of(self._desk, message)
        await self._desk.messenger.bot.send_message(
            sending.chat_id, text, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )


def _report(kind: str, error: Exception) -> None:
    log.warning("message_failed", kind=kind, reason=type(error).__name__)


def _text_of(desk: Desk, message: PromptMessage | ThinMessage) -> tuple[str, InlineKeyboardMarkup]:
    if isinstance(message, ThinMessage):
        return texts.thin(title=message.title, team=message.team, waiting=message.waiting), NOTHING
    text = texts.prompt(
        title=message.title,
        summary=message.summary,
        opening=message.opening,
        members=message.members,
        lead_label=message.lead_label,
        closes=day_and_time(message.closes_at, zone=desk.zone),
        reminder=message.reminder,
        changed=message.changed,
    )
    buttons = [
        button(texts.START, PromptTap(message.round_id, "go")),
        button(texts.START_BRIEF, PromptTap(message.round_id, Way.BRIEF)),
    ]
    buttons += [button(texts.SNOOZE[choice], PromptTap(message.round_id, choice)) for choice in message.snoozes]
    return text, stacked(buttons)
