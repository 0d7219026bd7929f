"""Looks on while people in a sandbox live with the bot: counts and times it, and is the lead of every team."""

from __future__ import annotations

import asyncio
import time
from collections import Counter

from bot.chat.callback_data import DialogueTap, MaandbeeldTap, PromptTap, Reference, decode
from bot.sandbox import SandboxState, phones
from bot.sandbox.changes import Change
from bot.sandbox.model import Message
from dialogues.rhythm.snooze import Snooze

PROMPTS, TAPS, SNOOZES, ANSWERS, PICTURES, FILES, SHARED = (
    "vragen",
    "tikken in een dialoog",
    "uitgesteld",
    "gesprekken uitgespeeld",
    "getekende plaatjes",
    "bestanden",
    "gedeeld",
)


class Onlooker:
    """Listens to a sandbox, in its thread. ``sharing``: the leads who share every maandbeeld with their team."""

    def __init__(self, state: SandboxState, *, sharing: frozenset[int]) -> None:
        self.seen: Counter[str] = Counter()
        self.waited: list[float] = []
        """Real seconds from each tap in a dialogue to the change of that person's chat."""
        self._tapped_at: dict[int, float] = {}
        self._state, self._sharing = state, sharing
        self._played: set[int] = set()
        """Messages in which a dialogue was played to its end."""
        state.changes.listeners.append(self._notice)

    def _notice(self, change: Change) -> None:
        if change.kind == "update":
            self._tapped(self._state.updates.pending[-1].body, change.chat_id)
        elif change.kind in {"message", "edit"}:
            if change.chat_id in self._tapped_at:
                self.waited.append(time.monotonic() - self._tapped_at.pop(change.chat_id))
            messages = self._state.chats[change.chat_id].messages.values()
            self._shown(max(messages, key=lambda one: one.edited_at or one.date), new=change.kind == "message")

    def _tapped(self, update: dict[str, object], chat_id: int) -> None:
        tapped = decode(str(update.get("data", "")))
        if isinstance(tapped, DialogueTap):
            self.seen[TAPS] += 1
            self._tapped_at[chat_id] = time.monotonic()
        elif isinstance(tapped, PromptTap) and tapped.verb in set(Snooze):
            self.seen[SNOOZES] += 1
        elif isinstance(tapped, MaandbeeldTap) and tapped.verb == "send":
            self.seen[SHARED] += 1

    def _shown(self, message: Message, *, new: bool) -> None:
        verbs = {each.verb: data for each, data in _buttons(message) if isinstance(each, PromptTap)}
        if new:
            self.seen[PROMPTS] += "go" in verbs
            self.seen[PICTURES] += message.content.kind == "photo"
            self.seen[FILES] += message.content.kind == "document"
        if "again" in verbs and message.id not in self._played:
            self._played.add(message.id)
            self.seen[ANSWERS] += 1
        if new and message.chat_id in self._sharing:
            asyncio.get_running_loop().call_soon(self._shares, message)

    def _shares(self, message: Message) -> None:
        """Look at what the team would get, and then share it."""
        verbs = {each.verb: data for each, data in _buttons(message) if isinstance(each, MaandbeeldTap)}
        wanted = verbs.get("send") or verbs.get("preview")
        if wanted:
            phones.tap(self._state, message.chat_id, message.id, wanted)


def _buttons(message: Message) -> list[tuple[Reference | None, str]]:
    return [(decode(each.data), each.data) for row in message.keyboard for each in row if each.data]
