"""The running product: intake, ticker and outbox in one event loop, started and stopped together."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.bridge import Bridge
from bot.chat.activity import Activity
from bot.chat.application import App, Handlers, build_application, make_bot
from bot.chat.commands import set_default_commands
from bot.chat.desk import Desk
from bot.chat.flood import Flood, Verdict
from bot.chat.intake import ALLOWED, Intake
from bot.chat.messenger import Messenger
from bot.chat.outbox import Outbox
from bot.chat.pace import Pace
from bot.clock import Ticker
from bot.drawing import Drawing
from bot.refused import TokenRefused
from bot.settings import Settings
from bot.ticking import RELEASE, TICKER
from bot.turns import turn_of
from bot.usecases.clear_traces import clear_traces
from bot.usecases.deps import Deps
from bot.usecases.housekeeping import upcoming
from bot.usecases.lost_rounds import end_unopenable
from bot.usecases.readers import leave_out_readers
from bot.usecases.release_round import fill_stock
from bot.usecases.replay_erasures import replay_erasures
from bot.usecases.see_health import Health, see_health
from bot.usecases.verify_maandbeelden import teams_to_verify, verify_team
from bot.vitals import Vitals
from bot.web.telling import telling
from storage.errors import BeingReplaced

if TYPE_CHECKING:
    from bot.following import FollowedClock

log = structlog.get_logger()
TICK_SECONDS: Final = 15.0
"""Real seconds between ticks: also the longest a message waits after Telegram asked for a pause."""
HOLD_SECONDS: Final = 2.0
"""Real seconds between two looks whether a restored database may speak again."""
CONNECTIONS: Final = 20
"""Updates of different chats that Telegram may deliver to the webhook at the same time."""


@dataclass(frozen=True, slots=True)
class Duties:
    """Which work this process does besides talking to people."""

    ticker: bool = True
    release: bool = True


def _say_unreachable(error: TelegramError) -> None:
    log.warning("telegram_unreachable", reason=type(error).__name__)


class House:
    """One process of the product.

    Args:
        deps: What the use cases need.
        settings: Where Telegram is and how to log in.
        duties: What this process does.
        following: The sandbox's clock, when Telegram is a sandbox.
        vitals: Where is counted how it goes.
        pace: How fast it sends; as fast as Telegram lets it when nothing is said.
        drawing: Where maandbeelden are drawn; in a process of its own when nothing is said.
    """

    def __init__(
        self,
        deps: Deps,
        settings: Settings,
        *,
        duties: Duties | None = None,
        following: FollowedClock | None = None,
        vitals: Vitals | None = None,
        pace: Pace | None = None,
        drawing: Drawing | None = None,
    ) -> None:
        self._deps = deps
        self._vitals = vitals or Vitals()
        self._pace = pace
        self._drawing = drawing or Drawing(apart=True)
        self._duties = duties or Duties()
        self._following = following
        self._bridge = Bridge(deps)
        self._bot: ExtBot[None] = make_bot(settings.telegram_bot_token.get_secret_value(), settings.telegram_api_url)
        self._settings = settings
        self._privacy_url = settings.privacy_url or ""
        self._outbox: Outbox | None = None
        self._sending: asyncio.Task[int] | None = None
        self._flood = Flood()
        self._webhook_refused = False
        self._stopping = asyncio.Event()
        self._stay: Callable[[], None] = lambda: None
        self._replaced: BeingReplaced | None = None

    async def run(self, stopping: asyncio.Event) -> None:
        """Serve until ``stopping`` is set, then finish what was begun.

        Raises BeingReplaced when a copy is put back, and TokenRefused when the token is wrong, or is taken back.
        """
        self._stopping = stopping
        with self._deps.storage.at_work() as self._stay:
            async with telling(self._look, self._vitals, at=self._settings.health_door):
                try:
                    await self._serve(stopping)
                except InvalidToken:
                    raise TokenRefused from None
        if self._replaced is not None:
            raise self._replaced

    def _look(self) -> Health:
        """How it is, and whether Telegram does not want to bring updates."""
        seen = see_health(self._deps, sends=True, opens=self._duties.release, slots=True)
        return replace(seen, failing=(*seen.failing, "webhook")) if self._webhook_refused else seen

    async def _serve(self, stopping: asyncio.Event) -> None:
        await self._bridge.run(replay_erasures)  # before anything is said or opened; when it fails, nothing starts
        if self._duties.release:
            await self._do(end_unopenable)
        if not (await self._may_speak(stopping) and await self._logs_in(stopping)):
            return
        async with self._started() as (application, handlers):
            intake = Intake(
                self._bot,
                handle=partial(handlers.handle, application),
                give_up=handlers.give_up,
                judge=self._judge,
                hold_off=handlers.hold_off,
                reassure=handlers.reassure,
                vitals=self._vitals,
                turn=turn_of(self._deps.storage.turns),
            )
            ticker = Ticker(self.tick, seconds=self._following.every if self._following else TICK_SECONDS)
            if self._duties.release:
                await self._do(fill_stock)
            await self.tick()
            ticker.start()
            verifying = asyncio.create_task(self._verify_maandbeelden())
            log.info("started")
            try:
                if self._settings.webhook_url:
                    await self._answer_webhook(intake, stopping)
                else:
                    await self._fetch(intake, stopping)
            finally:
                ticker.stop()
                verifying.cancel()
                await self._sent()
        log.info("stopped")

    async def _may_speak(self, stopping: asyncio.Event) -> bool:
        """Wait as long as a restored database is on hold; False when the process was stopped first.

        Updates wait at Telegram meanwhile: an answer to a tap would be a message too.
        """
        if self._deps.storage.hold.is_on:
            log.warning("on_hold")
        while self._deps.storage.hold.is_on and await self._may_stay() and not stopping.is_set():
            self._vitals.ticked()  # it looks whether it may go on, and that is its work now
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), HOLD_SECONDS)
        return not stopping.is_set()

    async def _logs_in(self, stopping: asyncio.Event) -> bool:
        """Do what needs no Telegram while that cannot be reached. False when stopped first. Raises InvalidToken."""
        reached = False
        try:
            reached = await self._reached(self._bot.initialize, stopping, meanwhile=self.tick)
        finally:
            if not reached:
                for each in self._bot._request:  # noqa: SLF001 - the bot itself thinks that it has nothing open
                    await each.shutdown()
        return reached

    @staticmethod
    async def _reached(
        call: Callable[[], Awaitable[object]],
        stopping: asyncio.Event,
        *,
        meanwhile: Callable[[], Awaitable[None]] | None = None,
        failed: Callable[[TelegramError], None] = _say_unreachable,
    ) -> bool:
        """Make a call until Telegram answers it. False when stopped first. Raises InvalidToken."""
        while not stopping.is_set():
            try:
                await call()
            except InvalidToken:
                raise
            except TelegramError as error:
                failed(error)
                if meanwhile is not None:
                    await meanwhile()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(stopping.wait(), TICK_SECONDS)
            else:
                return True
        return False

    async def _fetch(self, intake: Intake, stopping: asyncio.Event) -> None:
        """Long polling; a webhook that is still set from before would keep all updates away."""
        try:
            await self._bot.delete_webhook()
        except TelegramError as error:
            log.warning("webhook_not_removed", reason=type(error).__name__)
        await intake.run(stopping)

    async def _answer_webhook(self, intake: Intake, stopping: asyncio.Event) -> None:
        """Listen, and only then say where to; what Telegram could not deliver meanwhile it keeps and sends again."""
        from bot.web.health import Doctor
        from bot.web.server import listening
        from bot.web.webhook import Webhook, build_app

        secret = self._settings.webhook_secret
        if secret is None:
            raise ValueError("a webhook without a secret would let anybody in")
        webhook = Webhook(secret=secret.get_secret_value(), take=intake.receive)
        app = build_app(
            webhook, path=self._settings.webhook_path, beside=Doctor(self._look, self._vitals).health_routes()
        )
        host, port = self._settings.webhook_door
        async with listening(app, host=host, port=port) as serving:
            here = partial(
                self._bot.set_webhook,
                self._settings.webhook_url or "",
                secret_token=secret.get_secret_value(),
                allowed_updates=ALLOWED,
                max_connections=CONNECTIONS,
            )
            await self._reached(here, stopping, failed=partial(self._say_refused, secret.get_secret_value()))
            self._webhook_refused = False
            stop = asyncio.create_task(stopping.wait())
            await asyncio.wait({stop, serving}, return_when=asyncio.FIRST_COMPLETED)
            stop.cancel()
        await intake.finish()

    def _say_refused(self, secret: str, error: TelegramError) -> None:
        """Tell what Telegram has against the webhook: no update comes before an administrator mends that."""
        if not isinstance(error, BadRequest):
            _say_unreachable(error)
            return
        self._webhook_refused = True
        # Telegram repeats no secret; the library makes small letters of what it says.
        log.error("webhook_refused", reason=re.sub(re.escape(secret), "***", str(error), flags=re.IGNORECASE))

    def _judge(self, user_id: int) -> Verdict:
        """Whether somebody sends too much; nobody does in a sandbox whose people tap faster than people can."""
        if self._following is not None and self._following.in_a_hurry:
            return Verdict.HANDLE
        return self._flood.judge(user_id, now=self._deps.now())

    async def _verify_maandbeelden(self) -> None:
        """Say in the log which maandbeelden are no longer what was written.

        Beside everything else and one team at a time: nobody waits for it, and not all of them are in memory at once.
        """
        try:
            for team_id in await self._bridge.run(teams_to_verify):
                for each in await self._bridge.run(verify_team, team_id=team_id):
                    log.error("maandbeeld_changed", team=each.team_id, month=each.month)
        except Exception as error:  # noqa: BLE001 - the next start looks again
            log.warning("not_verified", reason=type(error).__name__)

    async def tick(self) -> None:
        """Do all that is due. Safe at any moment and in any number of processes."""
        if not await self._may_stay(speaking=True):
            return
        if self._following is not None:
            await self._following.look()
        as_of = self._deps.now()
        if self._duties.release:
            for duty in RELEASE:
                await self._do(duty)
        else:
            await self._do(leave_out_readers)
            await self._do(clear_traces)
        if self._duties.ticker:
            for duty in TICKER:
                await self._do(duty)
        self._vitals.ticked()
        self._send()
        if self._following is not None:
            if self._sending is not None:
                await asyncio.wait({self._sending}, timeout=self._following.patience)
            planned = await self._bridge.run(upcoming, busy=await self._holding())
            await self._following.announce(planned, as_of=as_of, idle=planned.idle and not self._is_sending)

    async def _may_stay(self, *, speaking: bool = False) -> bool:
        """Let it be seen that this process works, also when the server forgot; when a copy is put back, stop.

        Whoever is ``speaking`` already, and finds the database on hold, was not seen while it was replaced.
        """
        try:
            await self._bridge.run(lambda _deps: self._stay())
            if speaking and self._deps.storage.hold.is_on:
                self._replaced = BeingReplaced()
        except BeingReplaced as error:
            self._replaced = error
        except Exception as error:  # noqa: BLE001 - a disk that cannot be looked at must not keep people waiting
            log.warning("tick_failed", duty="stay", reason=type(error).__name__)
        if self._replaced is not None:
            self._stopping.set()
        return self._replaced is None

    async def _holding(self) -> frozenset[int]:
        return await self._outbox.holding() if self._outbox else frozenset()

    async def _do(self, duty: Callable[[Deps], object]) -> None:
        """One duty; when it fails the others go on, and the next tick tries again."""
        try:
            await self._bridge.run(duty)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not stop what the house does besides
            log.warning("tick_failed", duty=duty.__name__, reason=type(error).__name__)

    @property
    def _is_sending(self) -> bool:
        return self._sending is not None and not self._sending.done()

    def _send(self) -> None:
        """Let the outbox work beside the ticks, one drain at a time."""
        if self._outbox is not None and not self._is_sending:
            self._sending = asyncio.create_task(self._outbox.drain())
            self._sending.add_done_callback(_report)

    async def _sent(self) -> None:
        """Send nothing more; what Telegram does not answer in time is cut short, and may come once more."""
        if self._outbox is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._outbox.stop(), timeout=8)
        if self._sending is not None and not self._sending.done():
            self._sending.cancel()
            await asyncio.wait({self._sending})

    @contextlib.asynccontextmanager
    async def _started(self) -> AsyncIterator[tuple[App, Handlers]]:
        await self._bot.initialize()  # nothing happens when it was done
        desk = Desk(
            bridge=self._bridge,
            messenger=Messenger(self._bot),
            library=self._deps.library,
            zone=self._deps.zone,
            username=self._bot.username,
            privacy_url=self._privacy_url,
            activity=Activity(self._deps.storage.in_dialogue),
            drawing=self._drawing,
            vitals=self._vitals,
        )
        self._outbox = Outbox(desk, pace=self._pace)
        handlers = Handlers(desk)
        application = build_application(self._bot, handlers)
        await application.initialize()
        try:
            await set_default_commands(desk)
        except TelegramError as error:
            log.warning("commands_not_set", reason=type(error).__name__)
        try:
            yield application, handlers
        finally:
            await application.shutdown()
            await self._bot.shutdown()
            self._bridge.close()
            self._drawing.close()
            self._deps.storage.sender.release()
            self._deps.storage.turns.close()
            self._deps.storage.in_dialogue.close()


def _report(task: asyncio.Task[int]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.warning("sending_failed", reason=type(task.exception()).__name__)
