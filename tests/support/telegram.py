"""A Telegram in this process for unit tests: it answers python-telegram-bot's own calls and remembers them."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.bridge import Bridge
from bot.chat.application import Handlers, build_application
from bot.chat.arriving import read
from bot.chat.desk import Desk
from bot.chat.messenger import Messenger
from tests.support.house import House

TOKEN = "123456:abcdefghijklmnopqrst"
BOT = {"id": 123456, "is_bot": True, "first_name": "Even Stilstaan", "username": "EvenStilstaanBot"}
DATE = 1_793_000_000
SHOWING = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API."""

    method: str
    given: dict[str, Any]

    @property
    def chat_id(self) -> int:
        return int(self.given["chat_id"])

    @property
    def text(self) -> str:
        """Text, caption or the remark of an answered button."""
        return str(self.given.get("text") or self.given.get("caption") or "")

    @property
    def buttons(self) -> dict[str, str]:
        """Label → callback data, as shown."""
        markup = self.given.get("reply_markup") or {}
        markup = json.loads(markup) if isinstance(markup, str) else markup
        return {each["text"]: each["callback_data"] for row in markup.get("inline_keyboard", []) for each in row}


def refused(code: int, description: str, **parameters: int) -> tuple[int, dict[str, Any]]:
    """Telegram's answer to a call it does not like."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return code, body | ({"parameters": parameters} if parameters else {})


class FakeTelegram(BaseRequest):
    """Takes every call as Telegram would; ``trouble[method]`` holds what goes wrong first, in order.

    A trouble is an exception to raise (the network), the result of ``refused()``, or bytes that are no JSON.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.trouble: dict[str, deque[BaseException | bytes | tuple[int, dict[str, Any]]]] = defaultdict(deque)
        self.updates: deque[list[dict[str, Any]]] = deque()
        self.files: dict[str, bytes] = {}
        """What people uploaded, by its file id."""
        self._message_id = 0

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        return

    async def shutdown(self) -> None:
        return

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_timeouts: object
    ) -> tuple[int, bytes]:
        if method == "GET":
            return 200, self.files[url.rsplit("/", 1)[-1]]
        name = url.rsplit("/", 1)[-1]
        call = Call(name, dict(request_data.parameters) if request_data else {})
        self.calls.append(call)
        if self.trouble[name]:
            trouble = self.trouble[name].popleft()
            if isinstance(trouble, BaseException):
                raise trouble
            if isinstance(trouble, bytes):
                return 200, trouble
            code, body = trouble
            return code, json.dumps(body).encode()
        return 200, json.dumps({"ok": True, "result": self._result(call)}).encode()

    def _result(self, call: Call) -> Any:
        if call.method == "getMe":
            return BOT
        if call.method == "getUpdates":
            return self.updates.popleft() if self.updates else []
        if call.method == "getFile":
            file_id = call.given["file_id"]
            return {"file_id": file_id, "file_unique_id": "u", "file_path": file_id}
        if call.method in SHOWING:
            self._message_id += 1
            number = call.given.get("message_id", self._message_id)
            return {"message_id": number, "date": DATE, "chat": {"id": call.chat_id, "type": "private"}, "text": "."}
        return True

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods, in order."""
        return [call for call in self.calls if call.method in methods]

    def shown(self, chat_id: int) -> list[Call]:
        """What a chat saw, in order: messages sent and changed."""
        return [call for call in self.of(*SHOWING) if call.chat_id == chat_id]

    def remarks(self) -> list[str]:
        """What was said in answer to buttons, without the empty ones."""
        return [call.text for call in self.of("answerCallbackQuery") if call.text]


def user(chat_id: int, name: str = "") -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": name or f"Naam {chat_id}"}


class Phone:
    """The chats of a house: what people type and tap goes through the real handlers, over a fake Telegram."""

    def __init__(self, house: House, telegram: FakeTelegram, bot: ExtBot[None], desk: Desk) -> None:
        self.house = house
        self.telegram = telegram
        self.bot = bot
        self.desk = desk
        self.handlers = Handlers(desk)
        self.application = build_application(bot, self.handlers)
        self._update_id = 0

    async def handle(self, **content: Any) -> None:
        """One update; raises what its handler raised."""
        self._update_id += 1
        update = read({"update_id": self._update_id, **content}, self.bot)
        assert update is not None
        await self.handlers.handle(self.application, update)

    async def send(self, chat_id: int, text: str, *, name: str = "") -> None:
        """Type a text."""
        message = self.message(chat_id, text=text, name=name)
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        await self.handle(message=message)

    async def upload(self, chat_id: int, content: bytes, *, name: str) -> None:
        """Send a file."""
        self.telegram.files[name] = content
        document = {"file_id": name, "file_unique_id": "u", "file_name": name, "file_size": len(content)}
        await self.handle(message=self.message(chat_id, document=document))

    async def tap(self, chat_id: int, data: str, *, message_id: int = 1, name: str = "") -> None:
        """Tap a button with this data, under this message."""
        message = self.message(chat_id, message_id=message_id, text=".")
        message["from"] = BOT
        query = {
            "id": str(self._update_id), "from": user(chat_id, name), "chat_instance": "1", "data": data,
            "message": message,
        }  # fmt: skip
        await self.handle(callback_query=query)

    async def tap_label(self, chat_id: int, starts: str) -> None:
        """Tap the button of the chat's last message whose label begins like this."""
        last = next(call for call in reversed(self.telegram.shown(chat_id)) if call.buttons)
        data = next(data for label, data in last.buttons.items() if label.startswith(starts))
        await self.tap(chat_id, data, message_id=int(last.given.get("message_id", 1)))

    def message(self, chat_id: int, *, message_id: int = 0, name: str = "", **content: Any) -> dict[str, Any]:
        """A message in a private chat."""
        return {
            "message_id": message_id or self.house.message(),
            "date": DATE,
            "chat": {"id": chat_id, "type": "private"},
            "from": user(chat_id, name),
            **content,
        }

    def last(self, chat_id: int) -> Call:
        """What the chat saw last."""
        return self.telegram.shown(chat_id)[-1]


async def no_sleep(_seconds: float) -> None:
    return


@asynccontextmanager
async def phone_for(house: House) -> AsyncIterator[Phone]:
    """The chats of this house, over a fake Telegram; closes its thread afterwards."""
    telegram = FakeTelegram()
    bot: ExtBot[None] = ExtBot(TOKEN, request=telegram, get_updates_request=telegram)
    bridge = Bridge(house.deps)
    desk = Desk(
        bridge=bridge,
        messenger=Messenger(bot, sleep=no_sleep),
        library=house.deps.library,
        zone=house.deps.zone,
        username="EvenStilstaanBot",
    )
    phone = Phone(house, telegram, bot, desk)
    await bot.initialize()
    await phone.application.initialize()
    try:
        yield phone
    finally:
        await phone.application.shutdown()
        bridge.close()
        desk.drawing.close()
