"""Schedules: when the next round and the next maandbeeld of a team are due, and who may act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, func, or_, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import ScheduleRow, TeamRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """The rhythm of one team."""

    team_id: str
    rhythm: str
    """``light``, ``normal``, ``intensive`` or ``own``."""
    recurrence: str
    """The days of opening, or of the meeting they are anchored to, as an RRULE (RFC 5545)."""
    minute: int
    """Local minutes after midnight."""
    number: int = 0
    """Rounds opened so far."""
    window_days: int
    """Days a round stays open."""
    days_before: int = 0
    """Open days before the recurrence that a round opens; 0: on the day itself."""
    reminder: str = "middle"
    """When the one reminder goes out: ``middle``, ``day_before`` or ``none``."""
    reminder_minute: int | None = None
    """Local minutes after midnight at which the reminder goes out; None: at the hour of opening."""
    meeting: str = ""
    """The meeting for which the maandbeeld must be in time, as an RRULE; nothing: the first days of the month."""
    maandbeeld_before: int = 1
    """Open days before that meeting that the maandbeeld comes."""
    school_holidays: str = "skip"
    """``skip``: nothing is asked in school holidays; ``ask``: only whoever works in a school is left alone then."""
    way: str = "full"
    """How long the dialogues are: ``full``, ``short`` or ``brief``."""
    eased_at: int = 0
    """Number of the round after which rhythm or length were last changed; easing looks at what came since."""
    first: tuple[str, ...] = ()
    """Elements a coordinator put forward, each until it has been asked."""
    aside: Mapping[str, str] = field(default_factory=dict)
    """Elements set aside, each with the day (ISO) on which it comes back by itself."""
    paused_until: date | None = None
    """First day after a pause; None: not paused."""
    stopped: str = ""
    """Why a coordinator stopped it, as a word of a fixed list; nothing: not stopped."""
    last_due_at: datetime | None = None
    """When the newest round was due, which is what later ones keep step with; it may have opened later."""
    last_meeting_on: date | None = None
    """The meeting that round belonged to, where rounds are anchored to one."""
    next_due_at: datetime | None = None
    """When the next round opens; None: not running."""
    maandbeeld_due_at: datetime | None = None

    @property
    def sleeps(self) -> bool:
        """Whether no rhythm was chosen yet, or the team went up into another one."""
        return self.next_due_at is None and self.paused_until is None and not self.stopped


_DUE: Final = (
    select(ScheduleRow)
    .where(col(ScheduleRow.next_due_at) <= bindparam("now"))
    .order_by(col(ScheduleRow.next_due_at), col(ScheduleRow.team_id))
)
_MAANDBEELD_DUE: Final = (
    select(ScheduleRow)
    .where(col(ScheduleRow.maandbeeld_due_at) <= bindparam("now"))
    .order_by(col(ScheduleRow.maandbeeld_due_at), col(ScheduleRow.team_id))
)
# Ordered by what is indexed: by team SQLite would rather walk through all schedules than sort the few it finds.
_PAUSED_BEFORE: Final = (
    select(ScheduleRow)
    .where(col(ScheduleRow.paused_until) <= bindparam("day"))
    .order_by(col(ScheduleRow.paused_until), col(ScheduleRow.team_id))
)
_STOPPED: Final = (
    select(ScheduleRow)
    .where(col(ScheduleRow.stopped) > "")
    .order_by(col(ScheduleRow.stopped), col(ScheduleRow.team_id))
)
_RUNNING: Final = (
    select(ScheduleRow.team_id)
    .join(TeamRow, col(TeamRow.id) == col(ScheduleRow.team_id))
    .where(
        col(TeamRow.area_id) == bindparam("area_id"),
        col(TeamRow.scope) == "team",
        col(TeamRow.archived_on).is_(None),
        col(ScheduleRow.next_due_at).is_not(None),
        col(ScheduleRow.stopped) == "",
        or_(col(ScheduleRow.paused_until).is_(None), col(ScheduleRow.paused_until) <= bindparam("today")),
    )
)
_NUMBER_DUE: Final = select(func.count()).where(col(ScheduleRow.next_due_at) <= bindparam("until"))
_CLAIM: Final = (
    update(ScheduleRow)
    .where(col(ScheduleRow.team_id) == bindparam("which"), col(ScheduleRow.next_due_at) == bindparam("due"))
    .values(
        next_due_at=bindparam("following"),
        number=bindparam("newest"),
        last_due_at=bindparam("due"),
        last_meeting_on=bindparam("meeting_on"),
        first=bindparam("forward"),
        aside=bindparam("put_aside"),
    )
)
_NEXT: Final = select(func.min(col(ScheduleRow.next_due_at)))
_NEXT_MAANDBEELD: Final = select(func.min(col(ScheduleRow.maandbeeld_due_at)))


class Schedules(Repository):
    """Schedules and the claims on them."""

    def get(self, team_id: str) -> Schedule | None:
        """The schedule of a team."""
        return self._with_key(Schedule, ScheduleRow, team_id)

    def put(self, schedule: Schedule) -> None:
        """Keep a schedule in place of the team's earlier one."""
        self._put(ScheduleRow, to_values(schedule), key=("team_id",))

    def due(self, now: datetime) -> tuple[Schedule, ...]:
        """Schedules whose round should have opened, longest waiting first."""
        return self._records(Schedule, _DUE, now=now)

    def number_due(self, until: datetime) -> int:
        """How many rounds are due up to this moment."""
        return self._value(_NUMBER_DUE, until=until) or 0

    def running_in(self, area_id: str, *, today: date) -> frozenset[str]:
        """The living teams of an area that are asked things now: with a rhythm, neither paused nor stopped."""
        return frozenset(self._values(_RUNNING, area_id=area_id, today=today))

    def maandbeeld_due(self, now: datetime) -> tuple[Schedule, ...]:
        """Schedules whose maandbeeld should have been composed, longest waiting first."""
        return self._records(Schedule, _MAANDBEELD_DUE, now=now)

    def claim(
        self,
        team_id: str,
        *,
        due_at: datetime,
        next_due_at: datetime | None,
        number: int,
        first: tuple[str, ...],
        aside: Mapping[str, str],
        meeting_on: date | None = None,
    ) -> bool:
        """Take the round that was due at ``due_at`` and move the schedule on; True for exactly one caller."""
        wishes = {"forward": first, "put_aside": dict(aside)}
        newest = {"newest": number, "due": due_at, "meeting_on": meeting_on}
        return self._change(_CLAIM, which=team_id, following=next_due_at, **newest, **wishes) == 1

    def put_off(self, team_id: str, *, due_at: datetime, until: datetime) -> bool:
        """Let the round that was due at ``due_at`` wait; True for exactly one caller."""
        statement = update(ScheduleRow).where(
            col(ScheduleRow.team_id) == team_id, col(ScheduleRow.next_due_at) == due_at
        )
        return self._change(statement.values(next_due_at=until)) == 1

    def paused_before(self, day: date) -> tuple[Schedule, ...]:
        """Schedules whose pause is over on this day or was before."""
        return self._records(Schedule, _PAUSED_BEFORE, day=day)

    def stopped(self) -> tuple[Schedule, ...]:
        """Schedules that a coordinator stopped."""
        return self._records(Schedule, _STOPPED)

    def claim_maandbeeld(self, team_id: str, *, due_at: datetime, next_due_at: datetime | None) -> bool:
        """Take the maandbeeld that was due at ``due_at``; True for exactly one caller."""
        statement = update(ScheduleRow).where(
            col(ScheduleRow.team_id) == team_id, col(ScheduleRow.maandbeeld_due_at) == due_at
        )
        return self._change(statement.values(maandbeeld_due_at=next_due_at)) == 1

    def next_moment(self) -> datetime | None:
        """The earliest moment a round is due, over all teams."""
        return self._value(_NEXT)

    def next_maandbeeld(self) -> datetime | None:
        """The earliest moment a maandbeeld is due, over all teams."""
        return self._value(_NEXT_MAANDBEELD)
