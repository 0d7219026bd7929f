"""What the tick does besides: forget what may be forgotten, and tell what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.usecases.deps import Deps
from bot.usecases.send_due import KEEP_FINISHED


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next moments at which something happens by itself; None when nothing is planned."""

    next: datetime | None
    maandbeeld: datetime | None
    idle: bool
    """Whether nothing is waiting to be sent or opened now."""


def tidy(deps: Deps) -> None:
    """Drop what nobody needs: silent sessions, forms of an earlier day, outbox rows done long ago, old texts."""
    with deps.storage.begin() as work:
        work.answers.drop_stale_sessions(deps.today())
        work.forms.drop_before(deps.today())
        work.deliveries.drop_finished(deps.now() - KEEP_FINISHED)
        work.texts.drop_unused()
        work.commit()


def upcoming(deps: Deps) -> Upcoming:
    """What is planned, seen from now."""
    with deps.storage.begin() as work:
        moments = (
            work.schedules.next_moment(),
            work.schedules.next_maandbeeld(),
            work.rounds.next_close(),
            work.deliveries.next_due(),
        )
        planned = [moment for moment in moments if moment is not None]
        earliest = min(planned, default=None)
        return Upcoming(
            next=earliest,
            maandbeeld=work.schedules.next_maandbeeld(),
            idle=earliest is None or earliest > deps.now(),
        )
