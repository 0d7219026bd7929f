"""People at their phones: each taps a button of the one message they look at, and waits for what comes of it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dialogues.conversation.inputs import DONE, SKIP

Ended = Callable[["Phone"], None]


@dataclass(slots=True)
class Phone:
    """One person's chat with the bot."""

    chat_id: int
    buttons: list[str]
    """What the buttons of the message carry."""
    message_id: int = 1
    text: str = "Hoi"
    markup: str = '{"inline_keyboard":[]}'
    """As the bot sent it."""
    since: float | None = None
    """From when this person waits for the bot; None: not waiting."""
    callback: str = ""
    answered: bool = False
    edited: bool = False

    @property
    def served(self) -> bool:
        """Whether the spinner stopped and the message changed."""
        return self.answered and self.edited


def choose(buttons: list[str], chance: random.Random) -> str:
    """The button that brings a dialogue on: ready, else an answer, else to skip; of other messages the first."""
    by_choice = {data.split(".")[3]: data for data in buttons if data.startswith("d1.") and data.count(".") == 4}
    if not by_choice:
        return buttons[0]
    answers = [data for choice, data in by_choice.items() if choice.isdecimal()]
    return by_choice.get(DONE) or (chance.choice(answers) if answers else by_choice.get(SKIP, buttons[0]))


@dataclass(slots=True)
class Heard:
    """What a run of taps gave."""

    waited: list[float] = field(default_factory=list)
    """Seconds from the moment a tap was due to its reply, of taps that were due while it counted."""
    served: int = 0
    """How many taps were replied to while it counted."""


class Taps:
    """Lets people tap, in turn. ``push`` delivers an update to the bot."""

    def __init__(self, phones: list[Phone], push: Callable[[str], None], *, seed: int = 7) -> None:
        self.phones = {phone.chat_id: phone for phone in phones}
        self._idle = deque(phones)
        self._push = push
        self._chance = random.Random(seed)  # noqa: S311 - the same people tap the same in every round
        self._overdue: deque[float] = deque()
        self._number = 0
        self._counting_from = self._counting_to = 0.0
        self._tap_on = False
        self._silence = asyncio.Event()
        """Set whenever nobody waits for a reply."""
        self.heard = Heard()

    @property
    def waiting(self) -> int:
        """How many taps were not replied to (yet)."""
        return sum(phone.since is not None for phone in self.phones.values())

    async def closed(self, *, at_once: int, warm_up: float, seconds: float) -> None:
        """So many taps under way all the time: whoever got a reply lets the next one tap."""
        self._tap_on = True
        self._count(warm_up, seconds)
        for _ in range(min(at_once, len(self._idle))):
            self._due(time.perf_counter())
        await asyncio.sleep(warm_up + seconds)
        self._tap_on = False
        await self._quiet()

    async def open(self, *, per_second: float, warm_up: float, seconds: float) -> None:
        """Taps at moments of their own, whether or not the bot keeps up."""
        self._count(warm_up, seconds)
        due = time.perf_counter()
        while due < self._counting_to:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self._due(due)
            due += self._chance.expovariate(per_second)
        await self._quiet()

    def take(self, method: str, said: dict[str, Any]) -> Phone | None:
        """A call of the bot that one of these people sees; whose phone it was."""
        if method == "answerCallbackQuery":
            phone = self.phones.get(int(said["callback_query_id"].partition("-")[0]))
            if phone is not None and said["callback_query_id"] == phone.callback:
                phone.answered = True
        else:
            phone = self.phones.get(int(said["chat_id"]))
            if phone is not None and int(said.get("message_id", 0)) == phone.message_id:
                phone.edited = True
                phone.text, phone.markup = said["text"], said.get("reply_markup", '{"inline_keyboard":[]}')
        if phone is not None and phone.since is not None and phone.served:
            self._replied(phone)
        return phone

    def _count(self, warm_up: float, seconds: float) -> None:
        self.heard = Heard()
        self._counting_from = time.perf_counter() + warm_up
        self._counting_to = self._counting_from + seconds

    def _due(self, moment: float) -> None:
        """Somebody who is not waiting taps now; nobody there: the next who is done does."""
        if not self._idle:
            self._overdue.append(moment)
            return
        phone = self._idle.popleft()
        self._number += 1
        self._silence.clear()
        phone.since, phone.answered, phone.edited = moment, False, False
        phone.callback = f"{phone.chat_id}-{self._number}"
        self._push(_update(phone, choose(phone.buttons, self._chance)))

    def _replied(self, phone: Phone) -> None:
        now = time.perf_counter()
        since, phone.since = phone.since or now, None
        data = [each["callback_data"] for row in json.loads(phone.markup)["inline_keyboard"] for each in row]
        phone.buttons = data or phone.buttons
        self._idle.append(phone)
        if self._counting_from <= since < self._counting_to:
            self.heard.waited.append(now - since)
        if self._counting_from <= now < self._counting_to:
            self.heard.served += 1
        if self._overdue:
            self._due(self._overdue.popleft())
        elif self._tap_on:
            self._due(now)
        elif not self.waiting:
            self._silence.set()

    async def _quiet(self, *, at_most: float = 60.0) -> None:
        """Wait until everybody got their reply."""
        if self.waiting or self._overdue:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._silence.wait(), at_most)


def _update(phone: Phone, data: str) -> str:
    """A tap as Telegram tells it, with the message as the bot last made it, but for its number."""
    who = f'"id":{phone.chat_id},"first_name":"Lid"'
    return (
        f'"callback_query":{{"id":"{phone.callback}","from":{{{who},"is_bot":false,"language_code":"nl"}},'
        f'"chat_instance":"{phone.chat_id}","data":"{data}","message":{message_of(phone)}}}}}'
    )


def message_of(phone: Phone) -> str:
    """The message this person looks at, as Telegram gives it back."""
    return (
        f'{{"message_id":{phone.message_id},"date":1790000000,"edit_date":1790000001,'
        f'"chat":{{"id":{phone.chat_id},"first_name":"Lid","type":"private"}},'
        f'"from":{{"id":1,"is_bot":true,"first_name":"Bot","username":"meetbot"}},'
        f'"text":{json.dumps(phone.text)},"reply_markup":{phone.markup}}}'
    )
