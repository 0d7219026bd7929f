"""What every use case is given: the stores, the content, the time and the names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.ports import Clock, Ids
from dialogues.authoring.loader import Library
from storage.work import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """Everything a use case may touch; made once, in ``bot.compose``."""

    storage: Storage
    library: Library
    clock: Clock
    ids: Ids
    zone: ZoneInfo

    def now(self) -> datetime:
        """The present moment, aware UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The present day on the local calendar."""
        return self.clock.now().astimezone(self.zone).date()
