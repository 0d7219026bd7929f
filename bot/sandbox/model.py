"""What the sandbox remembers: people, chats, messages, buttons and files. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Temperament = Literal["positive", "mixed", "critical", "busy", "unaware", "starter"]
ContentKind = Literal["text", "photo", "document", "voice", "service"]
ChatKind = Literal["private", "group", "supergroup"]

BOT_SENDER = 0


@dataclass(frozen=True, slots=True)
class SandboxUser:
    """Somebody with a phone.

    Attributes:
        id: Telegram user id, which is also the id of the private chat with the bot.
        name: first name and what follows it.
        caption: a word under the name on the page, e.g. "Teamleider".
        auto: a simulated colleague, who taps without anybody's help.
        temperament: how a simulated colleague answers.
        wishes: pieces of button labels this colleague prefers in lists, most wanted first.
        link: payload of a deep link that waits on this phone ("Open uitnodiging").
    """

    id: int
    name: str
    caption: str = ""
    auto: bool = False
    temperament: Temperament = "mixed"
    wishes: tuple[str, ...] = ()
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted stretch of text; offset and length count UTF-16 units, as Telegram does."""

    type: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: it has either callback data or an address."""

    text: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that somebody sent.

    Attributes:
        id: the `file_id`.
        unique_id: the `file_unique_id`.
        path: the `file_path` under which it can be downloaded.
        width: pixels, 0 for what is no picture.
        height: pixels, 0 for what is no picture.
    """

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    content: bytes = field(repr=False)
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows: a text, or a file with a caption. Equal contents look the same."""

    kind: ContentKind
    text: str = ""
    entities: tuple[Entity, ...] = ()
    file: StoredFile | None = None
    service: tuple[tuple[str, object], ...] = ()


@dataclass(slots=True)
class Message:
    """A message in a chat; `changed` is the number of the change that last touched it."""

    id: int
    chat_id: int
    sender_id: int
    date: datetime
    content: Content
    keyboard: Keyboard = ()
    edited_at: datetime | None = None
    album: str | None = None
    changed: int = 0


@dataclass(slots=True)
class Chat:
    """A private chat or a group, with its messages in order of sending."""

    id: int
    kind: ChatKind
    title: str = ""
    members: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    deleted: list[tuple[int, int]] = field(default_factory=list)
    migrated_to: int | None = None


@dataclass(slots=True)
class Phone:
    """A user's side of the private chat with the bot."""

    user: SandboxUser
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    link: str | None = None


@dataclass(slots=True)
class CallbackQuery:
    """A tap that waits for its answer; `asked` is in real monotonic seconds."""

    id: str
    user_id: int
    asked: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What answerCallbackQuery showed on a phone."""

    seq: int
    callback_id: str
    text: str
    show_alert: bool

    def as_json(self) -> dict[str, object]:
        """The answer as the phone API shows it."""
        return {"seq": self.seq, "callback_id": self.callback_id, "text": self.text, "show_alert": self.show_alert}
