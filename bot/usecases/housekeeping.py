"""What the tick does besides: forget what may be forgotten, and tell what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.pass_on_handover import KEEP_NOTES
from bot.usecases.send_due import KEEP_FINISHED
from bot.usecases.take_due import held_back

KEEP_EXPIRED: Final = timedelta(days=30)
"""How long an invitation is kept after it expired."""
KEEP_CLOSED: Final = timedelta(days=60)
"""How long a closed day is kept after it passed."""
KEEP_CHANGES: Final = timedelta(days=365)
"""How long members can read what was changed (privacy 6.5)."""

KEEP_PARTICIPATION: Final = timedelta(days=730)
"""How long a coordinator's months of participation are kept (privacy 6.5)."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next moments at which something happens by itself; None when nothing is planned."""

    next: datetime | None
    maandbeeld: datetime | None
    idle: bool
    """Whether nothing is waiting to be sent or opened now."""


def tidy(deps: Deps) -> None:
    """Drop what nobody needs: silent sessions, forms of an earlier day, delivered notes, and what is old."""
    with deps.storage.begin() as work:
        work.answers.drop_stale_sessions(deps.today())
        work.forms.drop_before(deps.today())
        work.deliveries.drop_finished(deps.now() - KEEP_FINISHED)
        work.invitations.drop_expired(deps.now() - KEEP_EXPIRED)
        work.teams.drop_closed_days(deps.today() - KEEP_CLOSED)
        work.changes.drop_before(deps.now() - KEEP_CHANGES)
        work.area_months.drop_before(deps.now() - KEEP_PARTICIPATION)
        work.texts.drop_unused()
        notes = work.handover_notes.drop_delivered(deps.today() - KEEP_NOTES)
        work.commit()
    if notes or deps.storage.owes_checkpoint:
        deps.storage.checkpoint()


def upcoming(deps: Deps, *, busy: frozenset[int] = frozenset()) -> Upcoming:
    """What is planned, seen from now; prompts to these chats wait for the end of a dialogue, not for a moment."""
    with deps.storage.begin() as work:
        moments = (
            work.schedules.next_moment(),
            work.schedules.next_maandbeeld(),
            work.rounds.next_close(),
            work.deliveries.next_due(held=held_back(work, busy)),
        )
        planned = [moment for moment in moments if moment is not None]
        earliest = min(planned, default=None)
        return Upcoming(
            next=earliest,
            maandbeeld=work.schedules.next_maandbeeld(),
            idle=earliest is None or earliest > deps.now(),
        )
