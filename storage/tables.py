"""All tables, private to this package. None of them can hold an answer or a count that was not published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from storage.base import Table, belongs_to
from storage.columns import UtcDateTime, WordTuple
from storage.sizes import LOCKED_SIZE, POOLED_SIZE, SEALED_SIZE, SLIP_SIZE, SLOT_SIZE


class PersonRow(Table, table=True):
    """Somebody with a Telegram chat."""

    __tablename__ = "person"
    id: str = Field(primary_key=True)
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    name: str
    reachable: bool
    quiet: tuple[str, ...] | None = Field(sa_type=WordTuple)
    away_until: date | None
    roleless_since: date | None = Field(index=True)


class AreaRow(Table, table=True):
    """A gemeente or region."""

    __tablename__ = "area"
    id: str = Field(primary_key=True)
    name: str
    municipality: str
    school_region: str


class ClosedDayRow(Table, table=True):
    """A day on which nobody of an area, or of one team, is asked anything; from the coordinator's own calendar."""

    __tablename__ = "closed_day"
    __table_args__ = (Index(None, "area_id", "day"),)

    id: str = Field(primary_key=True)
    area_id: str = belongs_to("area.id")
    team_id: str | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE", index=True)
    day: date


class CoordinatorRow(Table, table=True):
    """Who coordinates which area."""

    __tablename__ = "coordinator"
    person_id: str = belongs_to("person.id", primary_key=True)
    area_id: str = belongs_to("area.id", primary_key=True, index=True)


class TeamRow(Table, table=True):
    """A team and what was promised to it: rule and floor."""

    __tablename__ = "team"
    __table_args__ = (CheckConstraint("floor >= 5", name="floor"), Index(None, "area_id", "scope"))

    id: str = Field(primary_key=True)
    area_id: str = belongs_to("area.id")
    name: str
    team_label: str
    lead_label: str
    rule: str
    split: str
    floor: int
    created_on: date
    profile: dict[str, str] = Field(sa_type=JSON)
    quiet: tuple[str, ...] = Field(sa_type=WordTuple)
    scope: str
    archived_on: date | None


class MembershipRow(Table, table=True):
    """One person in one team, with the account data that goes with it."""

    __tablename__ = "membership"
    __table_args__ = (Index(None, "team_id", "audience"), Index(None, "person_id", "left_on"))

    id: str = Field(primary_key=True)
    person_id: str = belongs_to("person.id")
    team_id: str = belongs_to("team.id")
    role: str
    sector: str | None
    function: str | None
    audience: str | None
    tenure: str | None
    joined_on: date
    leaves_on: date | None = Field(index=True)
    left_on: date | None


class InvitationRow(Table, table=True):
    """A way in. The token itself is never stored, only its SHA-256."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("uses <= max_uses", name="uses"),)

    id: str = Field(primary_key=True)
    token_hash: str = Field(unique=True)
    kind: str
    area_id: str = belongs_to("area.id", index=True)
    team_id: str | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    max_uses: int
    uses: int
    expires_at: datetime = Field(sa_type=UtcDateTime)
    made_at: datetime = Field(sa_type=UtcDateTime)
    place: int


class ScheduleRow(Table, table=True):
    """When a team's next round and next maandbeeld are due."""

    __tablename__ = "schedule"
    team_id: str = belongs_to("team.id", primary_key=True)
    rhythm: str
    recurrence: str
    minute: int
    number: int
    window_days: int
    days_before: int
    reminder: str
    reminder_minute: int | None
    meeting: str
    maandbeeld_before: int
    school_holidays: str
    way: str
    eased_at: int
    first: tuple[str, ...] = Field(sa_type=WordTuple)
    aside: dict[str, str] = Field(sa_type=JSON)
    paused_until: date | None = Field(index=True)
    stopped: str = Field(index=True)
    last_due_at: datetime | None = Field(sa_type=UtcDateTime)
    last_meeting_on: date | None
    next_due_at: datetime | None = Field(sa_type=UtcDateTime, index=True)
    maandbeeld_due_at: datetime | None = Field(sa_type=UtcDateTime, index=True)


class DialogueTextRow(Table, table=True):
    """The text of one version of a dialogue."""

    __tablename__ = "dialogue_text"
    digest: str = Field(primary_key=True)
    source: str = Field(sa_type=Text)


class RoundRow(Table, table=True):
    """One team, one element, one window of days; of its keys only the public one."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("floor >= 5", name="floor"),
        Index(None, "team_id", "number"),
        Index(None, "state", "closes_at"),
    )

    id: str = Field(primary_key=True)
    team_id: str = belongs_to("team.id")
    number: int
    element: str
    dialogue_version: int
    rule: str
    split: str
    floor: int
    state: str
    opens_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    remind_at: datetime | None = Field(sa_type=UtcDateTime)
    key_id: str = Field(unique=True)
    public_key: bytes = Field(sa_type=LargeBinary)
    sector_sizes: dict[str, int] = Field(sa_type=JSON)
    predecessor_id: str | None = Field(default=None, foreign_key="round.id", ondelete="SET NULL")
    subject: str
    way: str
    few_changed: bool
    roster_digest: str
    dialogue_digest: str = Field(index=True)


class RosterRow(Table, table=True):
    """Who is asked in a round, frozen at opening; says nothing about who answered."""

    __tablename__ = "roster"
    round_id: str = belongs_to("round.id", primary_key=True)
    person_id: str = belongs_to("person.id", primary_key=True, index=True)
    sector: str


class EnvelopeRow(Table, table=True):
    """One sealed box of one size. No person, no time, no rowid: rows leave no order behind."""

    __tablename__ = "envelope"
    __table_args__ = (
        CheckConstraint(f"length(slot) = {SLOT_SIZE}", name="slot"),
        CheckConstraint(f"length(sealed) = {SEALED_SIZE}", name="sealed"),
        {"sqlite_with_rowid": False},
    )

    round_id: str = belongs_to("round.id", primary_key=True)
    slot: bytes = Field(sa_type=LargeBinary, primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class DialogueSessionRow(Table, table=True):
    """Where somebody stands in a dialogue: one locked blob of one size, at the slot."""

    __tablename__ = "dialogue_session"
    __table_args__ = (
        CheckConstraint(f"length(slot) = {SLOT_SIZE}", name="slot"),
        CheckConstraint(f"length(blob) = {LOCKED_SIZE}", name="blob"),
        {"sqlite_with_rowid": False},
    )

    round_id: str = belongs_to("round.id", primary_key=True)
    slot: bytes = Field(sa_type=LargeBinary, primary_key=True)
    blob: bytes = Field(sa_type=LargeBinary)
    stale_on: date = Field(index=True)


class KeyStockRow(Table, table=True):
    """Public keys made beforehand; a round takes one."""

    __tablename__ = "key_stock"
    key_id: str = Field(primary_key=True)
    public_key: bytes = Field(sa_type=LargeBinary)
    used: bool = Field(index=True)


class TextPoolRow(Table, table=True):
    """One sealed box with a shared text or with nothing. No person, no sector, no time, no rowid."""

    __tablename__ = "text_pool"
    __table_args__ = (
        CheckConstraint(f"length(sealed) = {POOLED_SIZE}", name="sealed"),
        {"sqlite_with_rowid": False},
    )

    place: bytes = Field(sa_type=LargeBinary, primary_key=True)
    team_id: str = belongs_to("team.id", index=True)
    number: int
    key_id: str = Field(index=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class TextReleaseRow(Table, table=True):
    """Texts that are about to be in the maandbeeld of a team, between the opener and the composing of it."""

    __tablename__ = "text_release"
    team_id: str = belongs_to("team.id", primary_key=True)
    body: str = Field(sa_type=Text)


class PublicationRow(Table, table=True):
    """What may be read of one round: published cells and nothing else."""

    __tablename__ = "publication"
    __table_args__ = (Index(None, "team_id", "number"),)

    round_id: str = belongs_to("round.id", primary_key=True)
    team_id: str = belongs_to("team.id")
    number: int
    element: str
    closed_at: datetime = Field(sa_type=UtcDateTime)
    published_at: datetime = Field(sa_type=UtcDateTime, index=True)
    outcome: str
    subject: str
    participation: str
    dialogue_digest: str = Field(index=True)
    cells: dict[str, Any] = Field(sa_type=JSON)
    changed_roster: bool


class TallyRow(Table, table=True):
    """An area and month whose slips about participation are being gathered; of its keys only the public one."""

    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("area_id", "month"),)

    id: str = Field(primary_key=True)
    area_id: str = belongs_to("area.id")
    month: str
    key_id: str = Field(unique=True)
    public_key: bytes = Field(sa_type=LargeBinary)
    due_at: datetime = Field(sa_type=UtcDateTime, index=True)


class TallySlipRow(Table, table=True):
    """One sealed slip of one size, at a random place. No round, no team, no time, no rowid."""

    __tablename__ = "tally_slip"
    __table_args__ = (
        CheckConstraint(f"length(slot) = {SLOT_SIZE}", name="slot"),
        CheckConstraint(f"length(sealed) = {SLIP_SIZE}", name="sealed"),
        {"sqlite_with_rowid": False},
    )

    tally_id: str = belongs_to("tally.id", primary_key=True)
    slot: bytes = Field(sa_type=LargeBinary, primary_key=True)
    sealed: bytes = Field(sa_type=LargeBinary)


class AreaMonthRow(Table, table=True):
    """What may be read of an area's participation in a month: a band per sector, never a number, never a team."""

    __tablename__ = "area_month"
    area_id: str = belongs_to("area.id", primary_key=True)
    month: str = Field(primary_key=True)
    shares: dict[str, str] = Field(sa_type=JSON)
    published_at: datetime = Field(sa_type=UtcDateTime, index=True)


class MaandbeeldRow(Table, table=True):
    """A maandbeeld, written once; each names the digest of the one before it, so the chain cannot fork."""

    __tablename__ = "maandbeeld"
    __table_args__ = (UniqueConstraint("team_id", "month"), UniqueConstraint("team_id", "previous_digest"))

    id: str = Field(primary_key=True)
    team_id: str = belongs_to("team.id")
    month: str
    body: str = Field(sa_type=Text)
    digest: str
    previous_digest: str
    composed_at: datetime = Field(sa_type=UtcDateTime, index=True)
    shared_at: datetime | None = Field(sa_type=UtcDateTime)
    talked_on: date | None


class DeliveryRow(Table, table=True):
    """One message to be sent once: the outbox."""

    __tablename__ = "delivery"
    __table_args__ = (Index(None, "state", "due_at"), Index(None, "subject", "kind"))

    id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    person_id: str = belongs_to("person.id", index=True)
    kind: str
    subject: str
    due_at: datetime = Field(sa_type=UtcDateTime)
    valid_until: datetime | None = Field(sa_type=UtcDateTime)
    state: str
    attempts: int
    lease_until: datetime | None = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(sa_type=UtcDateTime, index=True)


class FormRow(Table, table=True):
    """The one form a person is filling in outside a dialogue (never answers)."""

    __tablename__ = "form"
    person_id: str = belongs_to("person.id", primary_key=True)
    kind: str
    updated_on: date
    data: dict[str, Any] = Field(sa_type=JSON)


class HandoverNoteRow(Table, table=True):
    """What somebody who leaves passes on to the team, signed and approved; here until it is delivered."""

    __tablename__ = "handover_note"
    id: str = Field(primary_key=True)
    team_id: str = belongs_to("team.id", index=True)
    person_id: str = belongs_to("person.id", index=True)
    body: str = Field(sa_type=Text)
    written_on: date


class ChangeRow(Table, table=True):
    """One change of what was agreed with a team or an area, readable by its members; no names and never an answer."""

    __tablename__ = "change"
    __table_args__ = (Index(None, "team_id", "at"), Index(None, "area_id", "at"))

    id: str = Field(primary_key=True)
    area_id: str = belongs_to("area.id")
    team_id: str | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    at: datetime = Field(sa_type=UtcDateTime)
    kind: str
    words: dict[str, str] = Field(sa_type=JSON)
