"""The steps that teams agreed on: what, whose turn by role, and when to look back; at most one open at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from sqlalchemy import and_, bindparam, exists, func, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from storage.loop_tables import ImprovementActionRow, StepCheckRow
from storage.repository import Repository, to_values
from storage.tables import MaandbeeldRow, MembershipRow, PublicationRow

ActionState: TypeAlias = Literal["open", "changed", "stopped", "kept"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementAction:
    """One agreed step; who wrote it down is nowhere."""

    id: str
    maandbeeld_id: str
    """The maandbeeld it was agreed at."""
    team_id: str
    step: str
    step_id: str = ""
    """Id of the step in its dialogue, such as ``trust.a1``; empty for a step in the team's own words."""
    owner: str
    """A role: ``jgz``, ``wijkteam``, ``onderwijs`` or ``samen``."""
    agreed_on: date
    look_back_on: date
    state: ActionState = "open"
    """``changed``: another step took its place; ``kept``: it is how things are done now."""
    decided_on: date | None = None
    """The day it was changed, stopped or kept."""
    went_on_on: date | None = None
    """The newest day on which the team chose to go on with it."""
    lead_asked_on: date | None = None
    """The newest day on which its lead was asked what the team decides."""


@dataclass(frozen=True, slots=True)
class StepCheck:
    """One round in which a whole team is asked after its step."""

    round_id: str
    action_id: str
    asked_on: date


_OPEN_OF: Final = (
    select(ImprovementActionRow)
    .where(col(ImprovementActionRow.team_id) == bindparam("team_id"), col(ImprovementActionRow.state) == "open")
    .order_by(col(ImprovementActionRow.agreed_on).desc())
)
_ENDED_SINCE: Final = (
    select(ImprovementActionRow)
    .where(
        col(ImprovementActionRow.team_id) == bindparam("team_id"),
        col(ImprovementActionRow.state) != "open",
        col(ImprovementActionRow.decided_on) >= bindparam("day"),
    )
    .order_by(col(ImprovementActionRow.decided_on))
)
_NEXT_LOOK_BACK: Final = select(func.min(col(ImprovementActionRow.look_back_on))).where(
    col(ImprovementActionRow.state) == "open", col(ImprovementActionRow.look_back_on) > bindparam("after")
)
_LOOKED_BACK: Final = and_(
    col(ImprovementActionRow.look_back_on) <= bindparam("today"),
    or_(
        col(ImprovementActionRow.lead_asked_on).is_(None),
        col(ImprovementActionRow.lead_asked_on) < col(ImprovementActionRow.look_back_on),
    ),
)
_TOLD: Final = aliased(MaandbeeldRow)
_EARLIER: Final = aliased(MaandbeeldRow)
_HEARD: Final = exists().where(
    col(StepCheckRow.action_id) == col(ImprovementActionRow.id),
    col(PublicationRow.round_id) == col(StepCheckRow.round_id),
    col(PublicationRow.outcome) == "published",
    col(_TOLD.team_id) == col(ImprovementActionRow.team_id),
    col(_TOLD.composed_at) >= col(PublicationRow.published_at),
    ~exists().where(
        col(_EARLIER.team_id) == col(_TOLD.team_id),
        col(_EARLIER.composed_at) >= col(PublicationRow.published_at),
        col(_EARLIER.composed_at) < col(_TOLD.composed_at),
    ),
    *(
        or_(answered.is_(None), answered < col(_TOLD.composed_at))
        for answered in (col(ImprovementActionRow.lead_asked_on), col(ImprovementActionRow.went_on_on))
    ),
)
"""What the team said was told in a maandbeeld, and neither was the lead asked since nor did the lead go on since."""
_NEWLY_LED: Final = and_(
    or_(
        col(ImprovementActionRow.went_on_on).is_(None),
        col(ImprovementActionRow.went_on_on) < col(ImprovementActionRow.lead_asked_on),
    ),
    exists().where(
        col(MembershipRow.team_id) == col(ImprovementActionRow.team_id),
        col(MembershipRow.role) == "lead",
        col(MembershipRow.left_on).is_(None),
        col(MembershipRow.joined_on) >= col(ImprovementActionRow.lead_asked_on),
        col(MembershipRow.joined_on) >= bindparam("lately"),
    ),
)
"""The lead was asked, did not go on since, and somebody came to lead on that day or later."""
_TO_ASK_ABOUT: Final = (
    select(ImprovementActionRow)
    .where(col(ImprovementActionRow.state) == "open", or_(_LOOKED_BACK, _HEARD, _NEWLY_LED))
    .order_by(col(ImprovementActionRow.id))
)
_CHECKS_OF: Final = (
    select(StepCheckRow)
    .where(col(StepCheckRow.action_id) == bindparam("action_id"))
    .order_by(col(StepCheckRow.asked_on), col(StepCheckRow.round_id))
)


class ImprovementActions(Repository):
    """The steps of each team; they go with their maandbeeld."""

    def add(self, action: ImprovementAction) -> None:
        """Write a step down."""
        self._insert(ImprovementActionRow, to_values(action))

    def open_of(self, team_id: str) -> ImprovementAction | None:
        """The step a team is working on."""
        return self._record(ImprovementAction, _OPEN_OF, team_id=team_id)

    def of_team(self, team_id: str) -> tuple[ImprovementAction, ...]:
        """Every step of a team, oldest first."""
        statement = select(ImprovementActionRow).where(col(ImprovementActionRow.team_id) == team_id)
        return self._records(
            ImprovementAction, statement.order_by(col(ImprovementActionRow.agreed_on), col(ImprovementActionRow.id))
        )

    def ended_since(self, team_id: str, day: date) -> tuple[ImprovementAction, ...]:
        """The steps that were replaced, stopped or kept on or after this day, oldest first."""
        return self._records(ImprovementAction, _ENDED_SINCE, team_id=team_id, day=day)

    def decided_since(self, team_id: str, day: date) -> tuple[ImprovementAction, ...]:
        """The steps that were stopped or kept on or after this day, oldest first."""
        return tuple(each for each in self.ended_since(team_id, day) if each.state != "changed")

    def agreed_since(self, team_id: str, day: date) -> bool:
        """Whether the team agreed on a step on or after this day."""
        statement = select(ImprovementActionRow.id).where(
            col(ImprovementActionRow.team_id) == team_id, col(ImprovementActionRow.agreed_on) >= day
        )
        return self._value(statement.limit(1)) is not None

    def decide(self, action_id: str, *, state: ActionState, on: date) -> bool:
        """End an open step; False when it was not open any more."""
        statement = update(ImprovementActionRow).where(
            col(ImprovementActionRow.id) == action_id, col(ImprovementActionRow.state) == "open"
        )
        return self._change(statement.values(state=state, decided_on=on)) == 1

    def look_back_later(self, action_id: str, *, on: date, today: date) -> bool:
        """Go on today with an open step until another day; False when it was not open any more."""
        statement = update(ImprovementActionRow).where(
            col(ImprovementActionRow.id) == action_id, col(ImprovementActionRow.state) == "open"
        )
        return self._change(statement.values(look_back_on=on, went_on_on=today)) == 1

    def adjust(self, action_id: str, *, owner: str, look_back_on: date, went_on_on: date | None) -> bool:
        """Give an open step another role or day; False when it was not open any more."""
        statement = update(ImprovementActionRow).where(
            col(ImprovementActionRow.id) == action_id, col(ImprovementActionRow.state) == "open"
        )
        return self._change(statement.values(owner=owner, look_back_on=look_back_on, went_on_on=went_on_on)) == 1

    def get(self, action_id: str) -> ImprovementAction | None:
        """The step with this id."""
        return self._record(
            ImprovementAction, select(ImprovementActionRow).where(col(ImprovementActionRow.id) == action_id)
        )

    def to_ask_about(self, today: date, *, lately: date) -> tuple[ImprovementAction, ...]:
        """The open steps of which the lead may have to be asked what is decided; one a team at most.

        Those whose day to look back has come, as long as the lead was not asked on or after it, and those of which a
        maandbeeld told what the team said, as long as the lead was not asked and did not go on since. And those of
        which the lead was asked, with somebody who came to lead since, and not before ``lately``.
        """
        return self._records(ImprovementAction, _TO_ASK_ABOUT, today=today, lately=lately)

    def next_look_back(self, *, after: date) -> date | None:
        """The first day after this one on which a team looks back at its open step."""
        return self._value(_NEXT_LOOK_BACK, after=after)

    def claim_asking(self, action_id: str, *, before: date | None, today: date) -> bool:
        """Note that the lead is asked today; False when another process did so since ``before`` was read."""
        statement = update(ImprovementActionRow).where(
            col(ImprovementActionRow.id) == action_id,
            col(ImprovementActionRow.state) == "open",
            col(ImprovementActionRow.lead_asked_on).is_not_distinct_from(before),
        )
        return self._change(statement.values(lead_asked_on=today)) == 1

    def add_check(self, check: StepCheck) -> None:
        """Note that a round asks after a step."""
        self._insert(StepCheckRow, to_values(check))

    def checks_of(self, action_id: str) -> tuple[StepCheck, ...]:
        """The rounds that asked after a step, oldest first."""
        return self._records(StepCheck, _CHECKS_OF, action_id=action_id)

    def checked_in(self, round_id: str) -> ImprovementAction | None:
        """The step that a round asks after; None for every other round."""
        statement = select(ImprovementActionRow).join(
            StepCheckRow, col(StepCheckRow.action_id) == col(ImprovementActionRow.id)
        )
        return self._record(ImprovementAction, statement.where(col(StepCheckRow.round_id) == round_id))
