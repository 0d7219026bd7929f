"""Takes updates, by long poll or from the webhook, and confirms them only after their effect is committed.

python-telegram-bot's own Updater confirms on arrival and would lose taps at a crash.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.bridge import committed
from bot.chat.arriving import Arrived, Tapped, chat_of, read, sender_of
from bot.chat.flood import Verdict
from bot.chat.lanes import Lanes
from bot.chat.messenger import seconds_of
from bot.turns import Turn
from bot.vitals import Vitals
from storage.errors import Unavailable

log = structlog.get_logger()
POLL_SECONDS: Final = 20
TRIES: Final = 3
WAITS: Final = 60
"""How often an update is tried while the database cannot do its work: it may be back in a moment."""
LONGEST_WAIT: Final = 60.0
"""Seconds from the first try after which somebody is asked to do it again."""
PATIENCE: Final = 5.0
"""Seconds without an effect after which somebody is told that it takes longer."""
LOOK: Final = 1.0
"""Seconds after which updates that take longer no longer keep those of others from being fetched."""
REMEMBERED: Final = 1000
ALLOWED: Final = ["message", "edited_message", "callback_query", "my_chat_member"]


class Intake:
    """The loop between Telegram and the handlers.

    Args:
        bot: Where updates come from.
        handle: Handles one update; raises when it could not.
        give_up: Called for an update that failed three times; it answers kindly, by what went wrong.
        judge: Whether to handle an update or let it go because its sender sends too much; without it all are handled.
        hold_off: Tells somebody, once, that an update of theirs was let go.
        reassure: Tells somebody, once, that it takes longer; what they did is not lost.
        vitals: Where is counted how long people wait.
        turn: Keeps the order per person where other processes answer too; without it the lanes of this one do.
    """

    def __init__(
        self,
        bot: Bot,
        *,
        handle: Callable[[Arrived], Awaitable[None]],
        give_up: Callable[[Arrived, Exception], Awaitable[None]],
        judge: Callable[[int], Verdict] | None = None,
        hold_off: Callable[[Arrived], Awaitable[None]] | None = None,
        reassure: Callable[[Arrived], Awaitable[None]] | None = None,
        vitals: Vitals | None = None,
        turn: Turn | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._handle = handle
        self._give_up = give_up
        self._judge = judge
        self._hold_off = hold_off
        self._reassure = reassure
        self._reassuring: set[asyncio.Task[None]] = set()
        self._vitals = vitals or Vitals()
        self._turn = turn or _at_once
        self._sleep = sleep
        self._lanes = Lanes()
        self._offset = 0
        self._under_way: dict[int, asyncio.Event] = {}
        """By number: what is being handled. Set when the effect is committed."""
        self._handled: dict[int, None] = {}
        """Numbers of the last updates, oldest first. Not only the highest: after a quiet week they begin anew."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Fetch and handle until ``stopping`` is set; then finish what was fetched and confirm it."""
        stop = asyncio.create_task(stopping.wait())
        fetched: tuple[Arrived, ...] = ()
        while not stopping.is_set():
            fetch = asyncio.create_task(self._fetch())
            await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not fetch.done():
                fetch.cancel()
                break
            came = fetch.result()
            fetched = came or fetched
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self.take(came)
            self._move(fetched)
        stop.cancel()
        await self.finish()
        self._move(fetched)
        await self._confirm()

    async def receive(self, plain: dict[str, Any]) -> None:
        """Handle one update as the webhook got it, with its number. Returns when its effect is committed."""
        await self.take(self._read([plain]))

    async def finish(self) -> None:
        """Wait until all that was taken is done."""
        await self._lanes.drain()

    async def take(self, updates: tuple[Arrived, ...]) -> None:
        """Handle a batch: in order per person, parallel across persons. Returns when all effects are committed.

        The order is that of Telegram's numbers, however the batch came; what was handled before is passed over, and
        what is under way is waited for: a webhook may get an update again before its first effect is there.
        """
        for update in self._fresh(updates):
            if job := self._job(update):
                self._under_way[update.update_id] = self._lanes.put(_lane(update), job)
        for number in {update.update_id for update in updates}:
            if waiting := self._under_way.get(number):
                await waiting.wait()
                self._under_way.pop(number, None)

    def _move(self, updates: tuple[Arrived, ...]) -> None:
        """Confirm with the next fetch what has its effect. Telegram gives the others again, with newer ones."""
        numbers = [update.update_id for update in updates]
        waiting = [number for number in numbers if number in self._under_way and not self._under_way[number].is_set()]
        if numbers:
            self._offset = min(waiting, default=max(numbers) + 1)
        for number in [each for each, effect in self._under_way.items() if effect.is_set() and each < self._offset]:
            del self._under_way[number]  # nobody waits for it any more

    def _job(self, update: Arrived) -> Callable[[], Awaitable[None]] | None:
        """What to do for an update; None for one that is let go. Telegram's own news is never too much."""
        sender, news = sender_of(update), isinstance(update, Update) and update.my_chat_member is not None
        verdict = self._judge(sender) if self._judge and sender and not news else Verdict.HANDLE
        if verdict is Verdict.HANDLE:
            return _Job(self._timed, update)
        if verdict is Verdict.SAY_SO and self._hold_off is not None:
            return _Job(self._say_so, update)
        return None

    async def _timed(self, update: Arrived, taken_at: float) -> None:
        """Handle an update, and count how long its sender waited since it was taken, its turn included."""
        effect = committed.get()
        waiting = asyncio.get_running_loop().call_later(PATIENCE, self._takes_long, update, effect)
        try:
            await self.handle_with_patience(update)
        finally:
            waiting.cancel()
            self._vitals.replied("tap" if isinstance(update, Tapped) else "text", seconds=time.monotonic() - taken_at)

    def _takes_long(self, update: Arrived, effect: asyncio.Event | None) -> None:
        if self._reassure is not None and not (effect is not None and effect.is_set()):
            task = asyncio.create_task(self._reassured(update, self._reassure))
            self._reassuring.add(task)
            task.add_done_callback(self._reassuring.discard)

    async def _reassured(self, update: Arrived, reassure: Callable[[Arrived], Awaitable[None]]) -> None:
        committed.set(None)  # this reply is not the effect
        try:
            await reassure(update)
        except TelegramError:
            log.info("patience_not_told")

    async def _say_so(self, update: Arrived, _taken_at: float) -> None:
        try:
            if self._hold_off is not None:
                await self._hold_off(update)
        except TelegramError:
            log.info("flood_not_told")

    def _fresh(self, updates: tuple[Arrived, ...]) -> list[Arrived]:
        """Each new update once, by number; the last ones are remembered, for Telegram may deliver them again."""
        by_number = {update.update_id: update for update in updates if update.update_id not in self._handled}
        fresh = [by_number[number] for number in sorted(by_number)]
        self._handled.update(dict.fromkeys(by_number))
        for number in list(self._handled)[: max(0, len(self._handled) - REMEMBERED)]:
            del self._handled[number]
        return fresh

    async def handle_with_patience(self, update: Arrived) -> None:
        """Handle one update, three times if need be, and longer while the database cannot do its work.

        Once its effect is committed or a reply began, never again.
        """
        effect, last = committed.get(), asyncio.get_running_loop().time() + LONGEST_WAIT
        for attempt in itertools.count(1):
            try:
                async with self._turn(_lane(update)):
                    await self._handle(update)
            except Exception as error:
                log.warning("update_failed", attempt=attempt, exc_info=True)
                if effect is not None and effect.is_set():
                    return
                tries = WAITS if isinstance(error, Unavailable) else TRIES
                if attempt >= tries or asyncio.get_running_loop().time() > last:
                    await self._apologise(update, error)
                    return
                await self._sleep(min(0.3 * attempt, 1.0))
            else:
                return

    async def _apologise(self, update: Arrived, error: Exception) -> None:
        try:
            await self._give_up(update, error)
        except TelegramError:
            log.warning("apology_not_delivered")

    async def _fetch(self) -> tuple[Arrived, ...]:
        try:
            return self._read(await self._ask(timeout=POLL_SECONDS, allowed_updates=ALLOWED))
        except InvalidToken:
            raise
        except Conflict:
            log.warning("another_process_fetches_updates")
            await self._sleep(5)
        except RetryAfter as error:
            await self._sleep(seconds_of(error))
        except Exception as error:  # noqa: BLE001 - whatever came back is no reason to stop
            log.warning("telegram_unreachable", reason=type(error).__name__)
            await self._sleep(1)
        return ()

    async def _confirm(self) -> None:
        """Tell Telegram what was handled, so that it is not delivered again after a restart."""
        if self._offset:
            try:
                await self._ask(timeout=0, limit=1)
            except Exception as error:  # noqa: BLE001 - one that we cannot name yet
                log.info("confirmation_left_for_next_start", reason=type(error).__name__)

    async def _ask(self, **how: object) -> list[dict[str, Any]]:
        """Call getUpdates; gives what came, unread.

        ``Bot.get_updates`` reads a batch as a whole: one update it cannot read takes the others along, without a word
        about which it was.
        """
        data = {"offset": self._offset, **how}
        came: list[dict[str, Any]] = await self._bot._post("getUpdates", data, read_timeout=2 * POLL_SECONDS + 10)  # noqa: SLF001
        return came

    def _read(self, came: list[dict[str, Any]]) -> tuple[Arrived, ...]:
        """Read each update by itself; one that cannot be read counts as empty, so it is confirmed in its turn."""
        updates: list[Arrived] = []
        for each in came:
            number = int(each["update_id"])
            try:
                updates.append(read(each, self._bot))
            except Exception as error:  # noqa: BLE001 - one that we cannot name yet
                log.warning("update_unreadable", reason=type(error).__name__)
                updates.append(Update(number))
        return tuple(updates)


class _Job:
    """One update, waiting for its turn in a lane."""

    def __init__(self, do: Callable[[Arrived, float], Awaitable[None]], update: Arrived) -> None:
        self._do = do
        self._update = update
        self._taken_at = time.monotonic()

    async def __call__(self) -> None:
        await self._do(self._update, self._taken_at)


def _at_once(_person: int) -> contextlib.nullcontext[None]:
    return contextlib.nullcontext()


def _lane(update: Arrived) -> int:
    return sender_of(update) or chat_of(update) or 0
