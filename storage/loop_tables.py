"""Tables of what came back after a maandbeeld. None of them holds an answer of a dialogue, or names a person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, Text
from sqlmodel import Field

from storage.base import Table, belongs_to


class ResponseRow(Table, table=True):
    """What a team's lead said to one thing in a maandbeeld; signed by the role, so without who it was."""

    __tablename__ = "response"
    __table_args__ = (Index(None, "team_id", "element"),)

    maandbeeld_id: str = belongs_to("maandbeeld.id", primary_key=True)
    place: int = Field(primary_key=True)
    team_id: str = belongs_to("team.id")
    element: str
    about: str
    answer: str
    why: str = Field(sa_type=Text)
    responded_on: date


class ImprovementActionRow(Table, table=True):
    """A step that a team agreed on in its conversation; the owner is a role, never somebody."""

    __tablename__ = "improvement_action"
    __table_args__ = (Index(None, "team_id", "agreed_on"), Index(None, "state", "look_back_on"))

    id: str = Field(primary_key=True)
    maandbeeld_id: str = belongs_to("maandbeeld.id", index=True)
    team_id: str = belongs_to("team.id")
    step: str
    step_id: str
    owner: str
    agreed_on: date
    look_back_on: date
    state: str
    decided_on: date | None
    went_on_on: date | None
    lead_asked_on: date | None


class TeamFigureRow(Table, table=True):
    """The one figure a month that a team keeps of its own, entered by hand; who did so is not kept."""

    __tablename__ = "team_figure"

    team_id: str = belongs_to("team.id", primary_key=True)
    month: str = Field(primary_key=True)
    kind: str
    name: str
    tenths: int
    entered_on: date = Field(index=True)
    corrected: bool


class StepCheckRow(Table, table=True):
    """Which round asks a team after which step; what anybody answered is in that round's envelopes and nowhere else."""

    __tablename__ = "step_check"

    round_id: str = belongs_to("round.id", primary_key=True)
    action_id: str = belongs_to("improvement_action.id", index=True)
    asked_on: date
