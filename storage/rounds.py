"""Rounds and their frozen rosters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Final, Literal, TypeAlias

from sqlalchemy import Text, Update, bindparam, cast, delete, func, or_, update
from sqlmodel import col, select

from storage.repository import Repository, to_values
from storage.tables import RosterRow, RoundRow
from storage.teams import LOWEST_FLOOR

RoundState: TypeAlias = Literal["open", "releasing", "published", "thin", "destroyed"]
_WITHOUT_KEYS = ("published", "destroyed")
_WITH_KEYS = ("open", "releasing", "thin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One team, one element, one window of days, one key. Raises ValueError for a floor below 5."""

    id: str
    team_id: str
    number: int
    """Place in the team's row of rounds; 0 is the start dialogue."""
    element: str
    dialogue_version: int
    rule: str
    """``words`` or ``counts``, as promised before the round."""
    split: str
    """``sector``, ``side`` or ``none``, chosen before the round."""
    floor: int = LOWEST_FLOOR
    state: RoundState = "open"
    opens_at: datetime
    closes_at: datetime
    remind_at: datetime | None = None
    key_id: str
    public_key: bytes
    sector_sizes: Mapping[str, int] = field(default_factory=dict)
    """How many members each sector had when the roster was frozen."""
    predecessor_id: str | None = None
    """The thin round whose envelopes are opened together with these."""
    few_changed: bool = False
    """Whether 1-4 people differ from the last round that was published: words only then, and no trend."""
    roster_digest: str = ""
    """A mark of who is asked, to see in the next round that the team has changed; names nobody."""
    dialogue_digest: str = ""
    """Which text of the dialogue this round began with."""
    subject: str = ""
    """The element it is about when ``element`` is a block such as ``still_standing``; else nothing."""
    way: str = "full"
    """How long the dialogue is for everybody: ``full``, ``short`` or ``brief``."""

    def __post_init__(self) -> None:
        if self.floor < LOWEST_FLOOR:
            raise ValueError(f"a floor of {self.floor} is below {LOWEST_FLOOR}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """One person who is asked in a round. Says nothing about whether they answered."""

    person_id: str
    sector: str


_IS_OPEN: Final = col(RoundRow.state).concat("") == "open"
"""As no index has it: a team or a person has a few rounds, and thousands are open."""
_OPEN_OF: Final = (
    select(RoundRow)
    .where(col(RoundRow.team_id) == bindparam("team_id"), _IS_OPEN)
    .order_by(col(RoundRow.closes_at), col(RoundRow.id))
)
_OPEN_FOR: Final = (
    select(RoundRow)
    .join(RosterRow, col(RosterRow.round_id) == col(RoundRow.id))
    .where(col(RosterRow.person_id) == bindparam("person_id"), _IS_OPEN)
    .order_by(col(RoundRow.closes_at), col(RoundRow.id))
)
_CLOSED_DUE: Final = (
    select(RoundRow)
    .where(col(RoundRow.state).in_(("open", "releasing")), col(RoundRow.closes_at) <= bindparam("now"))
    .order_by(col(RoundRow.closes_at), col(RoundRow.id))
)
_OF_TEAM: Final = (
    select(RoundRow)
    .where(col(RoundRow.team_id) == bindparam("team_id"), col(RoundRow.number) > 0)
    .order_by(col(RoundRow.number), col(RoundRow.id))
)
_LATEST: Final = (
    select(RoundRow)
    .where(col(RoundRow.team_id) == bindparam("team_id"))
    .order_by(col(RoundRow.number).desc(), col(RoundRow.opens_at).desc(), col(RoundRow.id))
    .limit(1)
)
_LATEST_ABOUT: Final = _LATEST.where(col(RoundRow.element) == bindparam("element"))
_THIN_BEFORE: Final = (
    select(RoundRow)
    .where(col(RoundRow.state) == "thin", col(RoundRow.opens_at) < bindparam("moment"))
    .order_by(col(RoundRow.opens_at), col(RoundRow.id))
)
_THIN_OF: Final = (
    select(RoundRow)
    .where(col(RoundRow.team_id) == bindparam("team_id"), col(RoundRow.state) == "thin")
    .order_by(col(RoundRow.number), col(RoundRow.id))
)
_NEXT_CLOSE: Final = select(func.min(col(RoundRow.closes_at))).where(col(RoundRow.state) == "open")
_LIVE_KEYS: Final = select(RoundRow.key_id).where(col(RoundRow.state).in_(_WITH_KEYS))
_SECTOR: Final = select(RosterRow.sector).where(
    col(RosterRow.round_id) == bindparam("round_id"), col(RosterRow.person_id) == bindparam("person_id")
)
_NUMBERED: Final = (
    select(RoundRow)
    .where(col(RoundRow.team_id) == bindparam("team_id"), col(RoundRow.number) == bindparam("number"))
    .order_by(col(RoundRow.id))
)

_TIMES: Final = select(func.count()).where(
    col(RoundRow.team_id) == bindparam("team_id"),
    col(RoundRow.element) == bindparam("element"),
    col(RoundRow.number) <= bindparam("until"),
)
_ROSTER: Final = (
    select(RosterRow).where(col(RosterRow.round_id) == bindparam("round_id")).order_by(col(RosterRow.person_id))
)


@cache
def _move(expected: tuple[RoundState, ...]) -> Update:
    """A round that is in one of these states gets another one."""
    is_there = or_(*(col(RoundRow.state) == each for each in expected))
    return (
        update(RoundRow).where(col(RoundRow.id) == bindparam("which"), is_there).values(state=bindparam("next_state"))
    )


class Rounds(Repository):
    """Rounds by what is asked of them: who may answer, what must close, which keys live."""

    def add(self, round_: Round) -> None:
        """Add a round; raises Conflict when its id or key is in use."""
        self._insert(RoundRow, to_values(round_) | {"sector_sizes": dict(round_.sector_sizes)})

    def get(self, round_id: str) -> Round | None:
        """The round with this id."""
        return self._with_key(Round, RoundRow, round_id)

    def open_of(self, team_id: str) -> tuple[Round, ...]:
        """The open rounds of a team, first to close first."""
        return self._records(Round, _OPEN_OF, team_id=team_id)

    def open_for(self, person_id: str) -> tuple[Round, ...]:
        """The open rounds that ask this person, over all teams, first to close first."""
        return self._records(Round, _OPEN_FOR, person_id=person_id)

    def count_open(self) -> int:
        """How many rounds are open, over all teams."""
        return self._value(select(func.count()).where(col(RoundRow.state) == "open")) or 0

    def asking(self, person_id: str) -> tuple[Round, ...]:
        """All rounds that have this person on their roster, whatever their state: those that may hold an envelope."""
        statement = (
            select(RoundRow)
            .join(RosterRow, col(RosterRow.round_id) == col(RoundRow.id))
            .where(col(RosterRow.person_id) == person_id)
        )
        return self._records(Round, statement.order_by(col(RoundRow.closes_at), col(RoundRow.id)))

    def closed_due(self, now: datetime) -> tuple[Round, ...]:
        """Rounds whose time is up and that are not released yet, also those whose release was interrupted."""
        return self._records(Round, _CLOSED_DUE, now=now)

    def latest(self, team_id: str, *, element: str | None = None) -> Round | None:
        """The team's newest round by number, of one element or of all."""
        if element is None:
            return self._record(Round, _LATEST, team_id=team_id)
        return self._record(Round, _LATEST_ABOUT, team_id=team_id, element=element)

    def of_team(self, team_id: str) -> tuple[Round, ...]:
        """The team's rounds by number, without round 0."""
        return self._records(Round, _OF_TEAM, team_id=team_id)

    def numbered(self, team_id: str, number: int) -> Round | None:
        """The team's round with this number."""
        return next(iter(self._records_once(Round, RoundRow, _NUMBERED, team_id=team_id, number=number)), None)

    def times(self, team_id: str, *, element: str, until: int) -> int:
        """How often a team was asked about an element, up to and including the round with number ``until``."""
        return self._value(_TIMES, team_id=team_id, element=element, until=until) or 0

    def thin_before(self, moment: datetime) -> tuple[Round, ...]:
        """Thin rounds that were opened before this moment, oldest first."""
        return self._records(Round, _THIN_BEFORE, moment=moment)

    def thin_of(self, team_id: str) -> tuple[Round, ...]:
        """Rounds of a team that closed below the floor and wait for a second chance, oldest first."""
        return self._records(Round, _THIN_OF, team_id=team_id)

    def set_state(self, round_id: str, *, state: RoundState, expected: RoundState | tuple[RoundState, ...]) -> bool:
        """Move a round on; False when it was not in an expected state (somebody else moved it)."""
        states = (expected,) if isinstance(expected, str) else expected
        return self._change(_move(states), which=round_id, next_state=state) == 1

    def set_sector_sizes(self, round_id: str, sizes: Mapping[str, int]) -> None:
        """Note how many members each sector has in the roster."""
        self._change(update(RoundRow).where(col(RoundRow.id) == round_id).values(sector_sizes=dict(sizes)))

    def next_close(self) -> datetime | None:
        """The earliest moment an open round closes."""
        return self._value(_NEXT_CLOSE)

    def live_key_ids(self) -> frozenset[str]:
        """Keys that still have something to open; every other key that was taken must be destroyed."""
        return frozenset(self._values(_LIVE_KEYS))

    def add_to_roster(self, round_id: str, person_id: str, *, sector: str) -> None:
        """Ask a person in a round; nothing happens when they are asked already."""
        self._insert_new(RosterRow, {"round_id": round_id, "person_id": person_id, "sector": sector})

    def add_all_to_roster(self, round_id: str, sectors: Mapping[str, str]) -> None:
        """Ask these people in a round, each under a sector; nothing happens to who is asked already."""
        rows = ({"round_id": round_id, "person_id": who, "sector": sector} for who, sector in sectors.items())
        self._insert_all_new(RosterRow, list(rows))

    def roster(self, round_id: str) -> tuple[RosterEntry, ...]:
        """Who is asked, by person id (an order that tells nothing)."""
        return self._records(RosterEntry, _ROSTER, round_id=round_id)

    def sector_of(self, round_id: str, person_id: str) -> str | None:
        """Under which sector a person is asked in a round; None when they are not."""
        return self._value_once(RosterRow, _SECTOR, round_id=round_id, person_id=person_id)

    def on_roster(self, round_id: str, person_id: str) -> bool:
        """Whether this person is asked in this round."""
        return self.sector_of(round_id, person_id) is not None

    def with_keys(self) -> tuple[Round, ...]:
        """Rounds that still have something to open, oldest first."""
        statement = select(RoundRow).where(col(RoundRow.state).in_(_WITH_KEYS))
        return self._records(Round, statement.order_by(col(RoundRow.opens_at), col(RoundRow.id)))

    def close_at(self, round_id: str, moment: datetime) -> None:
        """Let a round end at another moment: only for one whose answers are lost."""
        self._change(update(RoundRow).where(col(RoundRow.id) == round_id).values(closes_at=moment))

    def blank_before(self, moment: datetime) -> int:
        """Take out of rounds that ended before this moment what they say about people; how many.

        How many were asked of each sector and the mark of who they were go. Topic and days stay as long as the team:
        the circle of topics is computed from all of them, and a slow one takes longer than anything may be kept.
        """
        ended = update(RoundRow).where(
            col(RoundRow.state).in_(_WITHOUT_KEYS),
            col(RoundRow.closes_at) < moment,
            or_(col(RoundRow.roster_digest) != "", cast(col(RoundRow.sector_sizes), Text) != "{}"),
        )
        return self._change(ended.values(roster_digest="", sector_sizes={}))

    def drop_roster(self, round_id: str) -> None:
        """Forget who was asked."""
        self._change(delete(RosterRow).where(col(RosterRow.round_id) == round_id))
