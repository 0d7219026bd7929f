"""What every handler of the chat needs, and the one place where a refusal becomes a kind sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.bridge import Bridge
from bot.chat.activity import Activity
from bot.chat.guesses import Guesses
from bot.chat.messenger import Messenger
from bot.chat.texts import chat_nl as texts
from bot.drawing import Drawing
from bot.usecases.errors import (
    AlreadyEnded,
    AlreadySo,
    InvitationInvalid,
    LastCoordinator,
    MovedOn,
    NewerMaandbeeld,
    NoLongerOpen,
    NoRoundForText,
    Refusal,
    RoleConflict,
    StepEnded,
    TooManyGuesses,
)
from bot.vitals import Vitals
from dialogues.authoring.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The bridge to the use cases, the voice to Telegram, the words, and the bot's own name."""

    bridge: Bridge
    messenger: Messenger
    library: Library
    zone: ZoneInfo
    username: str
    privacy_url: str = ""
    """Where the organisation's own privacy page stands; nothing when it was not set."""
    activity: Activity = field(default_factory=Activity)
    """Who is in the middle of a dialogue."""

    guesses: Guesses = field(default_factory=Guesses)
    """Who tried links that do not work."""
    drawing: Drawing = field(default_factory=Drawing)
    """Where pictures and files are made."""
    vitals: Vitals = field(default_factory=Vitals)
    """Where is counted what went out."""

    async def saw(self, chat_id: int, *, about: str, ended: bool) -> None:
        """Note a step of a dialogue, of a round or of anything else; prompts wait until it has ended."""
        await self.activity.saw(chat_id, about=about, ended=ended, at=self.bridge.now())

    async def busy(self) -> frozenset[int]:
        """The chats in which a dialogue is going on now. Raises Unavailable."""
        return await self.activity.busy(self.bridge.now())

    def link(self, token: str) -> str:
        """The deep link of an invitation."""
        return f"https://t.me/{self.username}?start={token}"


_SENTENCES: dict[type[Refusal], str] = {
    NoLongerOpen: texts.STALE_PROMPT,
    StepEnded: texts.STEP_ENDED,
    AlreadyEnded: texts.ALREADY_SAVED,
    AlreadySo: texts.ALREADY_SO,
    MovedOn: texts.OLD_BUTTON,
    InvitationInvalid: texts.INVITATION_INVALID,
    TooManyGuesses: texts.TOO_MANY_LINKS,
    NoRoundForText: texts.NO_ROUND_FOR_TEXT,
    NewerMaandbeeld: texts.NEWER_MAANDBEELD,
    RoleConflict: texts.ROLE_CONFLICT,
    LastCoordinator: texts.LAST_COORDINATOR,
}


def kindly(refusal: Refusal) -> str:
    """What a person reads when something is refused."""
    return _SENTENCES.get(type(refusal), texts.NOT_ALLOWED)
