"""What the tick does besides: forget what may be forgotten, and tell what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from bot.usecases.deps import Deps
from bot.usecases.forget_me import erase
from bot.usecases.take_due import held_back
from storage.retention import ERASURE_LIST, kept
from storage.work import Work

DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next moments at which something happens by itself; None when nothing is planned."""

    next: datetime | None
    maandbeeld: datetime | None
    idle: bool
    """Whether nothing is waiting to be sent or opened now."""


def tidy_once_a_day(deps: Deps) -> None:
    """``tidy`` on every new day and after every start; in between only what was delivered goes at once.

    What is kept is kept by days, and to look through everything costs more the bigger the installation is.
    """
    if deps.storage.tidied_on != deps.today():
        tidy(deps)
        deps.storage.tidied_on = deps.today()
        return
    with deps.storage.begin() as work:
        gone = work.handover_notes.drop_delivered(deps.today() - kept("handover_note"))
        work.commit()
    if gone or deps.storage.owes_checkpoint:
        deps.storage.checkpoint()


def tidy(deps: Deps) -> None:
    """Drop what nobody needs: silent sessions, forms of an earlier day, delivered notes, and what is past its time."""
    now, today = deps.now(), deps.today()
    with deps.storage.begin() as work:
        work.answers.drop_stale_sessions(today)
        work.forms.drop_before(today - kept("form") + DAY)
        work.deliveries.drop_finished(now - kept("delivery"))
        work.invitations.drop_expired(now - kept("invitation"))
        work.teams.drop_closed_days(today - kept("closed_day"))
        work.changes.drop_before(now - kept("change"))
        work.area_months.drop_before(now - kept("area_month"))
        work.pool.drop_before(now - kept("text_pool"))
        # In one transaction: a maandbeeld that stays knows which publications it told about.
        work.maandbeelden.drop_before(now - kept("maandbeeld"))
        work.team_figures.drop_before(today - kept("team_figure"))
        work.publications.drop_before(now - kept("publication"))
        work.rounds.blank_before(now - kept("round"))
        work.texts.drop_unused()
        gone = work.handover_notes.drop_delivered(today - kept("handover_note")) + _forget_who_left(work, deps)
        work.commit()
    if gone or deps.storage.owes_checkpoint:
        deps.storage.checkpoint()
    deps.storage.erasures.drop_before(today - ERASURE_LIST)


def _forget_who_left(work: Work, deps: Deps) -> int:
    """Accounts without any role, some time after the last one ended; who is still asked something stays.

    Places in a team that ended stay with a living account: they tell how many of a team changed (privacy 3.6), and who
    was asked before they came to read (privacy rule 8).
    """
    today = deps.today()
    work.people.note_who_has_no_role(today)
    gone = work.people.without_role_before(today - kept("person"))
    for person in gone:
        erase(work, deps, person)
    return len(gone)


def upcoming(deps: Deps, *, busy: frozenset[int] = frozenset()) -> Upcoming:
    """What is planned, seen from now; prompts to these chats wait for the end of a dialogue, not for a moment."""
    with deps.storage.begin() as work:
        look_back = work.improvement_actions.next_look_back(after=deps.today())
        moments = (
            datetime.combine(look_back, time(), deps.zone).astimezone(UTC) if look_back else None,
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
