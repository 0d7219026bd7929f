"""Everything the sandbox knows, in memory: one object that server, phones and colleagues share."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.sandbox.changes import Changes
from bot.sandbox.clock import SandboxClock
from bot.sandbox.errors import bad_request
from bot.sandbox.faults import Faults
from bot.sandbox.model import (
    BOT_SENDER,
    Answer,
    CallbackQuery,
    Chat,
    Content,
    Keyboard,
    Message,
    Phone,
    SandboxUser,
    StoredFile,
)
from bot.sandbox.queue import UpdateQueue, Webhook

if TYPE_CHECKING:
    from datetime import datetime

BOT_ID = 7_000_000_001
DEFAULT_TOKEN = f"{BOT_ID}:PROEFTUIN-alleen-op-deze-computer-0"
QUERY_LIFETIME_SECONDS = 60.0
FASTEST_PEOPLE = 0.5
"""Below this factor on their thinking time, simulated colleagues tap faster than people do."""
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class SandboxState:
    """All people, chats, files, updates and settings of one sandbox.

    Args:
        start_at: aware moment at which the sandbox clock begins.
        cast: the people with a phone.
        token: the only token the server accepts.
        bot_username: the name in t.me links, without "@".
        bot_name: the name above the chat.

    Attributes:
        busy: the simulated colleagues who are about to tap.
        rush: factor on their thinking time, below 1 while the clock walks to the maandbeeld.
        hurry: factor on their thinking time for the whole life of the sandbox.
        awaited: how many wait until everything is settled.
    """

    def __init__(
        self,
        *,
        start_at: datetime,
        cast: tuple[SandboxUser, ...] = (),
        token: str = DEFAULT_TOKEN,
        bot_username: str = "EvenStilstaanBot",
        bot_name: str = "Even Stilstaan",
    ) -> None:
        self.token = token
        self.bot_id = int(token.partition(":")[0])
        self.bot_username = bot_username
        self.bot_name = bot_name
        self.clock = SandboxClock(start_at)
        self.changes = Changes()
        self.updates = UpdateQueue(self.changes)
        self.faults = Faults()
        self.webhook = Webhook()
        self.phones: dict[int, Phone] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.answers: dict[int, list[Answer]] = {}
        self.commands: dict[tuple[str, int, str], list[dict[str, str]]] = {}
        self.menu_buttons: dict[int, dict[str, object]] = {}
        self.query_lifetime = QUERY_LIFETIME_SECONDS
        self.privacy_mode = True
        self.busy: set[int] = set()
        self.rush = 1.0
        self.hurry = 1.0
        self.awaited = 0
        self._last_message_id = 0
        self._last_number = 0
        for user in cast:
            self.add_user(user)

    def add_user(self, user: SandboxUser) -> Phone:
        """Give somebody a phone that has not started the bot yet. Raises ValueError for an id in use."""
        if user.id in self.chats or user.id == self.bot_id:
            raise ValueError(f"user id {user.id} is in use already")
        phone = Phone(user, link=user.link)
        self.phones[user.id] = phone
        self.chats[user.id] = Chat(user.id, "private", members=[user.id])
        self.changes.note("phones", chat_id=user.id)
        return phone

    def offer_link(self, user_id: int, payload: str) -> None:
        """Let a deep link wait on somebody's phone. Raises ValueError for a payload Telegram would refuse."""
        if not START_PAYLOAD.fullmatch(payload):
            raise ValueError("a start payload has 1 to 64 characters out of A-Z a-z 0-9 _ -")
        self.phones[user_id].link = payload
        self.changes.note("phones", chat_id=user_id)

    def number(self) -> int:
        """A fresh number for ids that only have to be unique."""
        self._last_number += 1
        return self._last_number

    def store_file(
        self, content: bytes, *, name: str, mime: str, kind: str, width: int = 0, height: int = 0
    ) -> StoredFile:
        """Keep a file and give it the ids under which it can be sent again and downloaded.

        Args:
            content: the bytes.
            name: the name the sender gave it.
            mime: its media type.
            kind: folder of its path: "photos", "documents" or "voice".
            width: pixels, for a picture.
            height: pixels, for a picture.
        """
        number = self.number()
        digest = hashlib.sha256(content).hexdigest()
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        file = StoredFile(
            id=f"SB{number:06d}{kind[0].upper()}{digest[:40]}",
            unique_id=f"U{digest[:15]}",
            path=f"{kind}/file_{number}.{suffix}",
            name=name,
            mime=mime,
            content=content,
            width=width,
            height=height,
        )
        self.files[file.id] = file
        return file

    def post(
        self, chat: Chat, content: Content, *, sender_id: int, keyboard: Keyboard = (), album: str | None = None
    ) -> Message:
        """Put a message in a chat, dated with the sandbox clock."""
        self._last_message_id += 1
        message = Message(
            id=self._last_message_id,
            chat_id=chat.id,
            sender_id=sender_id,
            date=self.clock.now(),
            content=content,
            keyboard=keyboard,
            album=album,
        )
        chat.messages[message.id] = message
        message.changed = self.changes.note("message", chat_id=chat.id)
        return message

    def change(self, message: Message, *, content: Content | None = None, keyboard: Keyboard = ()) -> None:
        """Replace what a message shows and its keyboard. Raises ApiError when nothing would change."""
        content = message.content if content is None else content
        if _same(content, message.content) and keyboard == message.keyboard:
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message.content = content
        message.keyboard = keyboard
        message.edited_at = self.clock.now()
        message.changed = self.changes.note("edit", chat_id=message.chat_id)

    def delete(self, message: Message) -> None:
        """Take a message out of its chat."""
        chat = self.chats[message.chat_id]
        del chat.messages[message.id]
        chat.deleted.append((self.changes.note("delete", chat_id=chat.id), message.id))

    def commands_for(self, chat_id: int) -> list[dict[str, str]]:
        """The command menu of a private chat: its own, else that of all private chats, else the default."""
        for scope, scoped_chat in (("chat", chat_id), ("all_private_chats", 0), ("default", 0)):
            for language in ("nl", ""):
                found = self.commands.get((scope, scoped_chat, language))
                if found:
                    return found
        return []

    @property
    def in_a_hurry(self) -> bool:
        """Whether people here tap faster than people can: the bot must not take that for a flood."""
        return not self.faults.limiter or self.hurry * self.rush < FASTEST_PEOPLE

    def awaits_the_bot(self) -> bool:
        """Whether somebody waits for what only the bot's next tick can bring."""
        return self.awaited > 0 and not self.clock.bot_has_caught_up()

    def settled(self) -> bool:
        """Whether nothing is under way: bot caught up, no update waiting, no simulated colleague about to tap."""
        return self.clock.bot_has_caught_up() and not self.updates.pending and not self.busy


def _same(one: Content, other: Content) -> bool:
    """Whether two contents look the same; a file sent again under the same bytes is the same file."""
    if one.file is None or other.file is None:
        return one == other
    same_file = one.file.unique_id == other.file.unique_id and one.file.name == other.file.name
    return same_file and replace(one, file=None) == replace(other, file=None)


__all__ = ["BOT_ID", "BOT_SENDER", "DEFAULT_TOKEN", "START_PAYLOAD", "SandboxState"]
