"""Too much from one person: so many updates in so many seconds are handled, and what comes beyond is let go.

Everything lives in memory and is bounded: nothing on the disk tells who was in a hurry, and a restart forgets it.
An update that is let go is confirmed to Telegram like any other, or it would come back for ever. Nothing of a dialogue
is lost with it: the buttons stay on the screen until a tap is handled, so the same tap works again some seconds later.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

MOST: Final = 20
"""Updates of one person that are handled within SPAN."""
SPAN: Final = timedelta(seconds=10)
BUSY: Final = 60
"""Updates of all people together, handled within A_MOMENT, from which the house is busy."""
A_MOMENT: Final = timedelta(seconds=1)
MOST_WHEN_BUSY: Final = 3
"""Updates of one person within A_BREATH that are handled while the house is busy."""
A_BREATH: Final = timedelta(seconds=3)
KEPT: Final = 5000
"""People who are remembered; with more than these at once, who was heard of longest ago is forgotten."""


class Verdict(Enum):
    """What to do with an update."""

    HANDLE = auto()
    SAY_SO = auto()
    """Let it go, and tell that once."""
    LET_GO = auto()


@dataclass(slots=True)
class _Recent:
    sent: list[datetime] = field(default_factory=list)
    """When this person's latest updates came, handled or not; a deque would take six times the memory, for each."""
    refused_at: datetime | None = None
    """When an update was last let go."""


class Flood:
    """Counts the latest updates of each person, by the clock that is passed in.

    Who goes on sending stays silent for the bot; ten seconds of calm are enough. While the whole house is busy, nobody
    gets more than a few turns: two hundred people who all send as fast as they can must not keep the others waiting.
    """

    def __init__(self, *, most: int = MOST, span: timedelta = SPAN, kept: int = KEPT, busy: int = BUSY) -> None:
        self._most = most
        self._span = span
        self._kept = kept
        self._people: OrderedDict[int, _Recent] = OrderedDict()
        self._handled: deque[datetime] = deque(maxlen=busy)

    def judge(self, user_id: int, *, now: datetime) -> Verdict:
        """Count one update of this person. A flood is told once: again only after a whole span without refusals."""
        recent = self._people.setdefault(user_id, _Recent())
        self._people.move_to_end(user_id)
        while len(self._people) > self._kept:
            self._people.popitem(last=False)
        # A clock that was set back leaves moments in the future: those do not count either.
        while recent.sent and abs(now - recent.sent[0]) >= self._span:
            del recent.sent[0]
        full = len(recent.sent) >= self._most or (self._is_busy(now) and _in_a_hurry(recent, now))
        recent.sent = [*recent.sent, now][-self._most :]
        if not full:
            self._handled.append(now)
            return Verdict.HANDLE
        told = recent.refused_at is not None and abs(now - recent.refused_at) < self._span
        recent.refused_at = now
        return Verdict.LET_GO if told else Verdict.SAY_SO

    def _is_busy(self, now: datetime) -> bool:
        return len(self._handled) == self._handled.maxlen and abs(now - self._handled[0]) < A_MOMENT

    def __len__(self) -> int:
        """How many people are remembered."""
        return len(self._people)


def _in_a_hurry(recent: _Recent, now: datetime) -> bool:
    return len(recent.sent) >= MOST_WHEN_BUSY and abs(now - recent.sent[-MOST_WHEN_BUSY]) < A_BREATH
