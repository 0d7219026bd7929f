"""Sends what the outbox holds: at least once, paced, and never in the way of replies to taps."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.chat.agreeing import deciding
from bot.chat.asides import newcomer_message
from bot.chat.callback_data import PromptTap
from bot.chat.desk import Desk
from bot.chat.handover import offer_message, passed_on_message
from bot.chat.keyboards import NOTHING, button, stacked
from bot.chat.maandbeeld import send_maandbeeld
from bot.chat.messenger import says, seconds_of
from bot.chat.pace import PER_SECOND, Pace
from bot.chat.responding import asking_message
from bot.chat.texts import changes_nl
from bot.chat.texts import chat_nl as texts
from bot.usecases.ask_for_response import AskForResponse
from bot.usecases.ask_to_decide import AskToDecide
from bot.usecases.changes import NoticeMessage
from bot.usecases.due_message import MaandbeeldMessage, Nothing, PromptMessage, ThinMessage
from bot.usecases.dutch_dates import day_and_time
from bot.usecases.move_dialogue import running_dialogue
from bot.usecases.send_aside import AsideMessage, HandoverOffer, OutsideRounds, PassedOn
from bot.usecases.send_due import (
    Sending,
    begin_sending,
    give_back,
    lease_due,
    make_again,
    mark_refused,
    mark_sent,
    mark_uncertain,
    mark_unreachable,
    may_send,
    move_chat,
    take_back_sends,
    try_again,
)
from dialogues.conversation.way import Way
from storage.errors import Unavailable

log = structlog.get_logger()
BATCH: Final = 10
"""Rows taken at a time: few, for whoever taps waits until their messages are made."""
SLOW: Final = 1 / PER_SECOND
"""Seconds after which a call that is not answered yet no longer holds up the next one (docs/decisions/0027)."""
LONG: Final = 2.0
"""Seconds; who has to wait longer for one chat is put back, so that the others do not wait with it."""
CAREFUL: Final = 30
"""Messages that a process sends one by one, however slow each is: one that falls over again and again sends no more
than a few in each life, and then a kill leaves one message uncertain at most."""
LONGEST_FOR_REMINDER: Final = 60.0
"""Seconds; a reminder has no row to wait in, and is dropped when its chat must wait longer."""
REMINDER_TRIES: Final = 5
SETTLED_AFTER: Final = 1.0
"""Seconds between two tries to write down what became of a row."""
SETTLING: Final = 100
"""Times it is tried; each takes longer while the database is locked. Then the lease of the row has lapsed too."""
_NO_CHAT: Final = ("chat not found", "user not found", "peer_id_invalid")


class Outbox:
    """The sender of this process; should another one run beside it, a lease keeps them apart."""

    def __init__(self, desk: Desk, *, pace: Pace | None = None) -> None:
        self._desk = desk
        self._pace = pace or Pace()
        self._busy = asyncio.Lock()
        self._took_back = False
        self._stopping = asyncio.Event()
        self._owed: tuple[str, ...] = ()
        """What was taken and not called, while the database could not write that down."""
        self._careful = CAREFUL
        """How many more go one by one."""
        self._held: dict[str, int] = {}
        """Reminders that wait for the end of a dialogue, and their chats: not in their rows, for those would tell."""

    @property
    def busy(self) -> bool:
        """Whether something is being sent now."""
        return self._busy.locked()

    async def holding(self) -> frozenset[int]:
        """The chats whose prompts wait for the end of a dialogue. Raises Unavailable."""
        return await self._desk.busy()

    async def drain(self) -> int:
        """Send everything that is due; returns how many messages went out. One drain at a time."""
        sent = 0
        bridge = self._desk.bridge
        async with self._busy:
            await self._give_back()
            await self._desk.busy()  # also where another process sends: it is told who went quiet
            if not await bridge.run(may_send):
                self._took_back = False  # what it takes when it is its turn again may be of a process that died
                return 0
            if not self._took_back:
                self._took_back = await bridge.run(take_back_sends)
            while batch := await self._take():
                while batch:
                    following = asyncio.create_task(self._take())  # made while these go out, so that nobody waits
                    try:
                        sent += await self._one_by_one(batch)
                    except BaseException:
                        with contextlib.suppress(Exception):
                            await self._give_back(*await following)  # cancelled, its thread would go on and take them
                        raise
                    batch = await following
        return sent

    async def stop(self) -> None:
        """Begin no more calls; ends when those under way were answered and the rest was given back."""
        self._stopping.set()
        async with self._busy:
            await self._give_back()

    async def _take(self) -> tuple[Sending, ...]:
        if self._stopping.is_set():
            return ()
        await self._give_back()
        busy = await self._desk.busy()
        if reminders := await self._take_held(busy):
            return reminders
        unmade: list[str] = []
        take = partial(self._desk.bridge.run, lease_due, limit=BATCH, busy=busy)
        try:
            return await take(report=_report, unmade=unmade.extend)
        finally:
            self._owed += tuple(unmade)

    async def _take_held(self, busy: frozenset[int]) -> tuple[Sending, ...]:
        """The reminders whose chat is no longer in a dialogue. Raises Unavailable; then they wait on."""
        freed = [delivery_id for delivery_id, chat_id in self._held.items() if chat_id not in busy]
        made = await self._desk.bridge.run(make_again, delivery_ids=freed) if freed else ()
        for delivery_id in freed:
            del self._held[delivery_id]
        return made

    async def _give_back(self, *unsent: Sending) -> None:
        """As if they were never taken. What the database cannot do now is done before anything more is taken."""
        owed, self._owed = (*self._owed, *(each.delivery_id for each in unsent if not each.waited)), ()
        if owed:
            try:
                await self._desk.bridge.run(give_back, delivery_ids=owed)
            except Unavailable:
                self._owed += owed

    async def _one_by_one(self, batch: tuple[Sending, ...]) -> int:
        """One call at a time as long as they are quick, so that a crash leaves few messages uncertain.

        One that is slow does not hold up the next: with Telegram far away the pace could not be kept. The first ones
        of a process wait for each other all the same (docs/decisions/0027).
        """
        tasks: list[asyncio.Task[bool]] = []
        try:
            for place, sending in enumerate(batch):
                if self._stopping.is_set():
                    await self._give_back(*batch[place:])
                    break
                begun = asyncio.Event()
                task = asyncio.create_task(self._deliver(sending, begun))
                tasks.append(task)
                task.add_done_callback(partial(_wake, begun))
                await begun.wait()
                await asyncio.wait({task}, timeout=LONG if self._careful > 0 else SLOW)
                self._careful -= 1
                if task.done():
                    task.result()
            return sum(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()  # nothing happens to one that ended; the others would outlive the bridge
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, sending: Sending, begun: asyncio.Event) -> bool:
        """Whether it went out. Raises no Exception: what is wrong with one must not keep the others waiting."""
        delivery_id, kind = sending.delivery_id, type(sending.message).__name__
        try:
            if not await self._call(sending, begun, again=sending.waited):
                return False
        except Forbidden:
            self._count("unreachable")
            await self._settle(mark_unreachable, delivery_id=delivery_id)
            return False
        except ChatMigrated as error:
            await self._settle(move_chat, chat_id=sending.chat_id, new_chat_id=error.new_chat_id)
            return await self._later(replace(sending, chat_id=error.new_chat_id), begun, after=0.0)
        except RetryAfter as error:
            return await self._later(sending, begun, after=seconds_of(error))
        except BadRequest as error:
            if says(error, _NO_CHAT):
                self._count("unreachable")
                await self._settle(mark_unreachable, delivery_id=delivery_id)
                return False
            self._count("refused")
            log.warning("message_refused", kind=kind, reason=error.message)
            await self._settle(mark_refused, delivery_id=delivery_id)
            return False
        except TelegramError as error:
            self._count("uncertain")
            log.warning("message_uncertain", kind=kind, reason=type(error).__name__)
            await self._settle(mark_uncertain, delivery_id=delivery_id)
            return False
        except Exception as error:  # noqa: BLE001 - a picture that cannot be drawn must not keep the others waiting
            self._count("failed")
            log.warning("message_failed", kind=kind, reason=type(error).__name__)
            await self._settle(mark_refused, delivery_id=delivery_id)
            return False
        self._count("sent")
        await self._settle(mark_sent, delivery_id=delivery_id)
        return True

    async def _call(self, sending: Sending, begun: asyncio.Event, *, again: bool = False) -> bool:
        """Make the call when it is its turn; False when it must not be made (any more). Tells when it begins.

        ``again``: a reminder that Telegram did not take before, or that waited for the end of a dialogue. Its row is
        not given back: that would tell that there were words in it, or who was busy. Raises Unavailable then; a row
        that was not called yet waits until the database works.
        """
        delivery_id = sending.delivery_id
        wait = self._pace.wait_for_chat(sending.chat_id)
        if wait > (LONGEST_FOR_REMINDER if sending.is_reminder else LONG):
            await self._settle(try_again, delivery_id=delivery_id, after=timedelta(seconds=wait))
            return False
        ticket = await self._turn(sending.chat_id)
        try:
            if ticket is None:
                if not again:
                    await self._give_back(sending)
                return False
            if await self._holds(sending) or not await self._desk.bridge.run(begin_sending, delivery_id=delivery_id):
                return False
        except Unavailable:
            if again:
                raise
            self._count("later")
            await self._give_back(sending)
            return False
        if self._pace.paused:  # since our turn: the call waits with the others
            return await self._later(sending, begun, after=0.0, again=again)
        begun.set()
        try:
            await self._send(sending)
        except RetryAfter as error:
            self._pace.refused(ticket, sending.chat_id, seconds=seconds_of(error))
            raise
        if not isinstance(sending.message, Nothing):
            self._pace.went_well(ticket)
        return True

    async def _holds(self, sending: Sending) -> bool:
        """Let it wait for the end of a dialogue in its chat; False when there is none. Raises Unavailable."""
        if not (sending.holds and await self._is_talking(sending.chat_id)):
            return False
        if sending.is_reminder:
            self._held[sending.delivery_id] = sending.chat_id
        else:
            await self._give_back(sending)
        return True

    async def _is_talking(self, chat_id: int) -> bool:
        """Whether a dialogue is going on. Memory begins empty: just after a start what is kept of dialogues counts."""
        desk = self._desk
        if chat_id in await desk.busy():
            return True
        if not desk.activity.may_have_missed(desk.bridge.now()):
            return False
        about = await desk.bridge.run(running_dialogue, chat_id=chat_id)
        if about:
            await desk.activity.missed(chat_id, about=about)
        return bool(about)

    async def _turn(self, chat_id: int) -> int | None:
        """Wait for a place in the row; None when the outbox stops first, for a pause can be long."""
        turn = asyncio.ensure_future(self._pace.turn(chat_id))
        stop = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({turn, stop}, return_when=asyncio.FIRST_COMPLETED)
            return None if self._stopping.is_set() else turn.result()
        finally:
            turn.cancel()
            stop.cancel()

    async def _later(self, sending: Sending, begun: asyncio.Event, *, after: float, again: bool = True) -> bool:
        """Put the row back. A reminder has no row to wait in (privacy rule 10): it goes again from here."""
        self._count("later")
        if not sending.is_reminder:
            await self._settle(try_again, delivery_id=sending.delivery_id, after=timedelta(seconds=after))
            return False
        tries = REMINDER_TRIES
        while tries:
            try:
                return await self._call(sending, begun, again=again)
            except RetryAfter:
                tries, again = tries - 1, True
            except Unavailable:
                await asyncio.sleep(SETTLED_AFTER)
            except Exception as error:  # noqa: BLE001 - as in _deliver
                log.warning("reminder_given_up", reason=type(error).__name__)
                return False
        return False

    async def _settle(self, mark: Callable[..., None], **arguments: object) -> None:
        """Write down what became of a row; while the database cannot, again: unwritten it would be sent once more."""
        for _ in range(SETTLING):
            try:
                await self._desk.bridge.run(mark, **arguments)
            except Unavailable:
                await asyncio.sleep(SETTLED_AFTER)
            except Exception as error:  # noqa: BLE001 - its lease lapses; the others go on
                log.warning("outcome_not_written", reason=type(error).__name__)
                return
            else:
                return
        log.warning("outcome_not_written")

    def _count(self, outcome: str) -> None:
        """A row that needed no words counts like one that did: the difference would tell who had answered."""
        self._desk.vitals.sent(outcome)

    async def _send(self, sending: Sending) -> None:
        message = sending.message
        if isinstance(message, Nothing):
            return
        if isinstance(message, MaandbeeldMessage):
            await send_maandbeeld(
                self._desk, chat_id=sending.chat_id, sending=message, between=partial(self._pace.turn, sending.chat_id)
            )
            return
        text, keyboard = _text_of(self._desk, message)
        await self._desk.messenger.bot.send_message(
            sending.chat_id, text, parse_mode=ParseMode.HTML, reply_markup=keyboard
        )


def _wake(begun: asyncio.Event, _ended: asyncio.Task[bool]) -> None:
    """A task that ended before its call lets the next one go as well."""
    begun.set()


def _report(kind: str, error: Exception) -> None:
    log.warning("message_failed", kind=kind, reason=type(error).__name__)


def _text_of(
    desk: Desk, message: PromptMessage | ThinMessage | NoticeMessage | AskForResponse | AskToDecide | OutsideRounds
) -> tuple[str, InlineKeyboardMarkup]:
    if isinstance(message, AsideMessage):
        return newcomer_message(message)
    if isinstance(message, HandoverOffer):
        return offer_message(message)
    if isinstance(message, PassedOn):
        return passed_on_message(message)
    if isinstance(message, AskForResponse):
        return asking_message(message)
    if isinstance(message, AskToDecide):
        return deciding(desk, message.agreeing)
    if isinstance(message, ThinMessage):
        return texts.thin(title=message.title, team=message.team, waiting=message.waiting), NOTHING
    if isinstance(message, NoticeMessage):
        return changes_nl.notice(message, zone=desk.zone), NOTHING
    text = texts.prompt(
        title=message.title,
        summary=message.summary,
        opening=message.opening,
        members=message.members,
        lead_label=message.lead_label,
        closes=day_and_time(message.closes_at, zone=desk.zone),
        reminder=message.reminder,
        changed=message.changed,
        new_team=message.new_team,
    )
    buttons = [
        button(texts.START, PromptTap(message.round_id, "go")),
        button(texts.START_BRIEF, PromptTap(message.round_id, Way.BRIEF)),
    ]
    buttons += [button(texts.SNOOZE[choice], PromptTap(message.round_id, choice)) for choice in message.snoozes]
    return text, stacked(buttons)
