"""Simulated colleagues: people whose phones tap by themselves, as soon as the bot shows them buttons."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.sandbox import phones
from bot.sandbox.errors import ApiError
from bot.sandbox.model import BOT_SENDER, Message, Phone
from bot.sandbox.temperaments import LATER, choose

if TYPE_CHECKING:
    from bot.sandbox.changes import Change
    from bot.sandbox.state import SandboxState

SHORTEST_SECONDS = 0.2
LONGEST_SECONDS = 2.0
TAPS_PER_QUESTION = 6
LOOK_UP_SECONDS = 3600.0


@dataclass(slots=True)
class _Memory:
    """What one colleague remembers: chance, the last change acted on, taps under the present question."""

    chance: random.Random
    seen: int = 0
    question: str = ""
    taps_here: int = 0
    put_off: bool = False


@dataclass(slots=True)
class Colleagues:
    """Watches the phones of simulated colleagues and taps for them.

    Args:
        state: the sandbox; its `busy` set tells who is about to tap.
        hurry: factor on the 0.2 to 2 real seconds of thinking time; 0 taps at once.
        seed: makes the choices repeatable.
    """

    state: SandboxState
    hurry: float = 1.0
    seed: int = 0
    _memories: dict[int, _Memory] = field(default_factory=dict)
    _tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)

    async def run(self) -> None:
        """React until cancelled or until the sandbox closes."""
        changes = self.state.changes
        changes.listeners.append(self._notice)
        try:
            for phone in self.state.phones.values():
                self._invite(phone)
            while not changes.closed:
                await changes.wait_until(lambda: changes.closed, seconds=LOOK_UP_SECONDS)
        finally:
            changes.listeners.remove(self._notice)
            for task in self._tasks.values():
                task.cancel()
            await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    def _notice(self, change: Change) -> None:
        phone = self.state.phones.get(change.chat_id)
        if phone is None or not phone.user.auto:
            return
        if change.kind == "phones":
            self._invite(phone)
        elif change.kind in {"message", "edit"} and not phone.blocked:
            self._think(phone)

    def _invite(self, phone: Phone) -> None:
        if phone.user.auto and phone.link is not None:
            self._think(phone)

    def _think(self, phone: Phone) -> None:
        """Begin to think, or go on thinking when busy with it already."""
        user = phone.user.id
        if user not in self.state.busy:
            self.state.busy.add(user)
            self._tasks[user] = asyncio.get_running_loop().create_task(self._react(phone))

    async def _react(self, phone: Phone) -> None:
        user = phone.user
        memory = self._memories.setdefault(user.id, _Memory(random.Random(f"{self.seed}:{user.id}")))  # noqa: S311 - repeatable
        try:
            pause = memory.chance.uniform(SHORTEST_SECONDS, LONGEST_SECONDS)
            await asyncio.sleep(pause * self.hurry * self.state.rush)
        finally:
            self.state.busy.discard(user.id)
        try:
            self._act(phone, memory)
        except ApiError:
            # The bot changed the message between looking and tapping; its change starts a new reaction.
            pass
        finally:
            self.state.changes.nudge()

    def _act(self, phone: Phone, memory: _Memory) -> None:
        if phone.link is not None:
            phones.send_text(self.state, phone.user.id, f"/start {phone.link}")
            return
        message = self._latest(phone, memory)
        if message is None:
            return
        memory.seen = message.changed
        question = f"{message.id}:{message.content.text}"
        memory.taps_here = memory.taps_here + 1 if question == memory.question else 0
        memory.question = question
        if memory.taps_here >= TAPS_PER_QUESTION:
            return
        button = choose(
            phone.user,
            message.keyboard,
            chance=memory.chance,
            taps_here=memory.taps_here,
            put_off=memory.put_off,
        )
        memory.put_off = button is None or LATER in button.text.lower()
        if button is not None and button.data is not None:
            phones.tap(self.state, phone.user.id, message.id, button.data)

    def _latest(self, phone: Phone, memory: _Memory) -> Message | None:
        """The message with buttons that the bot touched last, unless it was answered in this form already."""
        messages = self.state.chats[phone.user.id].messages.values()
        shown = [one for one in messages if one.sender_id == BOT_SENDER and one.keyboard and one.changed > memory.seen]
        return max(shown, key=lambda one: one.changed, default=None)
