"""Saying things in Telegram, with its errors told apart: permanent, temporary, or no error at all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Final, TypeVar, cast

import orjson
import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import RequestData

from bot.bridge import effect_is_committed
from bot.chat.keyboards import Keyboard

log = structlog.get_logger()
Result = TypeVar("Result")
ATTEMPTS: Final = 4
LONGEST_WAIT: Final = 60.0
"""Seconds a reply waits at most for Telegram to accept messages again."""
_UNCHANGED: Final = ("message is not modified",)
_GONE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_NO_PREVIEW_WRITTEN: Final = _NO_PREVIEW.to_json()


class Messenger:
    """The bot's voice for replies. All texts are Telegram's HTML; whoever makes them escapes what people wrote.

    A reply comes after the effect of its update, so replying tells that nothing of the update can be lost any more:
    somebody to whom Telegram does not let us talk yet holds up nobody else.
    """

    def __init__(self, bot: Bot, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self.bot = bot
        self._sleep = sleep

    async def send(
        self, chat_id: int, text: str, keyboard: Keyboard | None = None, *, effect_follows: bool = False
    ) -> int | None:
        """Send a new message; returns its id, or None when the chat cannot be reached.

        ``effect_follows`` is for a message that the effect of the update needs; only waiting then ends the claim.
        """
        message = await self._insist(
            lambda: self.bot.send_message(
                chat_id,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=_buttons(keyboard),
                link_preview_options=_NO_PREVIEW,
            ),
            effect_follows=effect_follows,
        )
        return message.message_id if message else None

    async def edit(self, chat_id: int, message_id: int, text: str, keyboard: Keyboard | None = None) -> int | None:
        """Change a message, or send a new one where it cannot be changed any more; returns the id that shows it."""
        try:
            await self._insist(lambda: self._edit(chat_id, message_id, text, keyboard))
        except BadRequest as error:
            if says(error, _UNCHANGED):
                return message_id
            if says(error, _GONE):
                return await self.send(chat_id, text, keyboard)
            raise
        return message_id

    async def _edit(self, chat_id: int, message_id: int, text: str, keyboard: Keyboard | None) -> None:
        said = {
            "chat_id": chat_id,
            "message_id": message_id,
            "text": text,
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": _NO_PREVIEW_WRITTEN,
        }
        if keyboard is not None:
            said["reply_markup"] = keyboard if isinstance(keyboard, str) else keyboard.to_json()
        await self._call("editMessageText", said)

    async def answer(self, callback_id: str, text: str = "", *, alert: bool = False) -> None:
        """Stop the spinner on a button, with a passing remark if there is one; too late is no error."""
        said: dict[str, object] = {"callback_query_id": callback_id}
        if text:
            said |= {"text": text, "show_alert": alert}
        try:
            await self._insist(lambda: self._call("answerCallbackQuery", said))
        except BadRequest:
            log.debug("callback_answer_too_late")

    async def _call(self, method: str, said: dict[str, object]) -> None:
        """Call a method of which nobody reads the result, with plain values only.

        ``Bot``'s own methods look for files and objects in what is said, and read back the whole message.
        """
        given = cast("RequestData", _Plain(said))  # only handed on, to the transport
        await self.bot.request.post(f"{self.bot.base_url}/{method}", given)

    async def delete(self, chat_id: int, message_id: int) -> None:
        """Take a message out of the chat; one that cannot be deleted stays."""
        try:
            await self._insist(lambda: self.bot.delete_message(chat_id, message_id))
        except BadRequest:
            log.debug("message_not_deleted")

    async def send_document(
        self,
        chat_id: int,
        content: bytes,
        *,
        filename: str,
        caption: str = "",
        keyboard: InlineKeyboardMarkup | None = None,
    ) -> None:
        """Send a file."""
        await self._insist(
            lambda: self.bot.send_document(
                chat_id,
                content,
                filename=filename,
                caption=caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
            )
        )

    async def send_photo(self, chat_id: int, content: bytes, *, filename: str, caption: str) -> None:
        """Send a picture with words under it."""
        await self._insist(
            lambda: self.bot.send_photo(chat_id, content, filename=filename, caption=caption, parse_mode=ParseMode.HTML)
        )

    async def _insist(self, call: Callable[[], Awaitable[Result]], *, effect_follows: bool = False) -> Result | None:
        """Call Telegram until it answers; None when this chat does not want to hear from us."""
        if not effect_follows:
            effect_is_committed()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await call()
            except Forbidden:
                return None
            except RetryAfter as error:
                wait = seconds_of(error)
                if attempt == ATTEMPTS or wait > LONGEST_WAIT:
                    raise
                effect_is_committed()
                await self._sleep(wait)
            except BadRequest:
                raise
            except (TimedOut, NetworkError):
                if attempt == ATTEMPTS:
                    raise
                await self._sleep(0.2 * 2**attempt)
        raise TelegramError("onbereikbaar")


class _Plain:
    """What a call says, with plain values only.

    ``RequestData`` looks for files and objects in each value when it is made, and again when it is written.
    """

    __slots__ = ("parameters",)
    contains_files: Final = False

    def __init__(self, parameters: Mapping[str, object]) -> None:
        self.parameters = parameters

    @property
    def json_payload(self) -> bytes:
        """As it is sent."""
        return orjson.dumps(self.parameters)


def says(error: TelegramError, texts: tuple[str, ...]) -> bool:
    """Whether Telegram gave one of these reasons (in lower case): the library changes its capitals."""
    return any(text in error.message.lower() for text in texts)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _buttons(keyboard: Keyboard | None) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json(orjson.loads(keyboard)) if isinstance(keyboard, str) else keyboard
