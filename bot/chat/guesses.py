"""Links that do not work, tried by one person: ten an hour, and then no link of theirs is looked at for a while.

In memory only, for an hour at most: who tried a wrong link is nobody's business, so no copy of the data tells it. After
a restart the count begins anew. That gives a guesser nothing: a link holds 192 random bits.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.usecases.errors import InvitationInvalid, TooManyGuesses

Found = TypeVar("Found")
MOST: Final = 10
"""Wrong links of one person within SPAN."""
SPAN: Final = timedelta(hours=1)
KEPT: Final = 5000
"""People who are remembered; with more than these, who guessed longest ago is forgotten."""


class Guesses:
    """The latest wrong links of each chat."""

    def __init__(self) -> None:
        self._wrong: OrderedDict[int, list[datetime]] = OrderedDict()

    async def count(self, chat_id: int, look: Callable[[], Awaitable[Found]], *, now: Callable[[], datetime]) -> Found:
        """What ``look`` finds behind a link; raises what it raises, and notes an InvitationInvalid.

        Raises TooManyGuesses, without looking, so that a link that works cannot be told from one that does not.
        """
        if len(self._recent(chat_id, now())) >= MOST:
            raise TooManyGuesses
        try:
            return await look()
        except InvitationInvalid:
            self._wrong[chat_id] = [*self._recent(chat_id, now()), now()]
            self._wrong.move_to_end(chat_id)
            while len(self._wrong) > KEPT:
                self._wrong.popitem(last=False)
            raise

    def _recent(self, chat_id: int, now: datetime) -> list[datetime]:
        """This chat's wrong links of the last hour; whoever has none in it any more is forgotten, oldest first."""
        while self._wrong and _is_past(next(iter(self._wrong.values()))[-1], now):
            self._wrong.popitem(last=False)
        return [each for each in self._wrong.get(chat_id, ()) if not _is_past(each, now)]

    def __len__(self) -> int:
        """How many chats are remembered."""
        return len(self._wrong)


def _is_past(moment: datetime, now: datetime) -> bool:
    # A clock that was set back leaves moments in the future: those do not count either.
    return abs(now - moment) >= SPAN
