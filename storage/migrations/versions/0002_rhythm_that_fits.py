"""Rhythms of their own, quiet times, closed days, leaving members, lists of invitations, and a log of changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# The rhythms of version 0001 as RRULEs, to which the weekday is added.
_RULES = (
    "WHEN 'light' THEN 'FREQ=MONTHLY;INTERVAL=1;BYDAY=1' "
    "WHEN 'normal' THEN 'FREQ=WEEKLY;INTERVAL=2;BYDAY=' "
    "ELSE 'FREQ=WEEKLY;INTERVAL=1;BYDAY='"
)

# Columns of tables that have rows: what those rows get, or None where nothing is known.
_NEW: dict[str, tuple[tuple[str, Any, str | None], ...]] = {
    "area": (("school_region", sa.String(), "''"),),
    "person": (("quiet", sa.JSON(), None), ("away_until", sa.Date(), None)),
    "team": (("quiet", sa.JSON(), "'[]'"), ("archived_on", sa.Date(), None)),
    "membership": (("leaves_on", sa.Date(), None),),
    "invitation": (("made_at", sa.DateTime(timezone=True), "expires_at"), ("place", sa.Integer(), "0")),
    "round": (("subject", sa.String(), "''"), ("way", sa.String(), "'full'")),
    "publication": (("subject", sa.String(), "''"), ("participation", sa.String(), "''")),
    "schedule": (
        ("recurrence", sa.String(), f"CASE rhythm {_RULES} END || upper(substr(weekday, 1, 2))"),
        ("days_before", sa.Integer(), "0"),
        ("reminder", sa.String(), "'middle'"),
        ("meeting", sa.String(), "''"),
        ("maandbeeld_before", sa.Integer(), "1"),
        ("school_holidays", sa.String(), "'skip'"),
        ("way", sa.String(), "'full'"),
        ("eased_at", sa.Integer(), "0"),
        ("first", sa.JSON(), "'[]'"),
        ("aside", sa.JSON(), "'{}'"),
        ("paused_until", sa.Date(), None),
        ("stopped", sa.String(), "''"),
        ("last_due_at", sa.DateTime(timezone=True), None),
        ("last_meeting_on", sa.Date(), None),
    ),
}


def upgrade() -> None:
    for table, columns in _NEW.items():
        with op.batch_alter_table(table) as batch:
            for name, kind, _ in columns:
                batch.add_column(sa.Column(name, kind, nullable=True))
        for name, _, value in columns:
            if value is not None:
                op.execute(sa.text(f'UPDATE "{table}" SET "{name}" = {value}'))  # noqa: S608 - our own names
        with op.batch_alter_table(table) as batch:
            for name, kind, value in columns:
                if value is not None:
                    batch.alter_column(name, existing_type=kind, nullable=False)
    _made_at()
    with op.batch_alter_table("schedule") as batch:
        for name in ("weekday", "topics", "position"):
            batch.drop_column(name)
    op.create_index(op.f("ix_membership_leaves_on"), "membership", ["leaves_on"])
    _closed_days()
    _changes()


def downgrade() -> None:
    op.drop_table("change")
    op.drop_table("closed_day")
    op.drop_index(op.f("ix_membership_leaves_on"), table_name="membership")
    with op.batch_alter_table("schedule") as batch:
        batch.add_column(sa.Column("weekday", sa.String(), nullable=False, server_default="tuesday"))
        batch.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default="[]"))
        batch.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    for table, columns in _NEW.items():
        with op.batch_alter_table(table) as batch:
            for name, _, _ in columns:
                batch.drop_column(name)


def _made_at() -> None:
    """An invitation of version 0001 was made two weeks before it expires."""
    moment = sa.DateTime(timezone=True)
    rows = sa.table("invitation", sa.column("id"), sa.column("expires_at", moment), sa.column("made_at", moment))
    bind = op.get_bind()
    for key, expires_at in bind.execute(sa.select(rows.c.id, rows.c.expires_at)).all():
        bind.execute(rows.update().where(rows.c.id == key).values(made_at=expires_at - timedelta(days=14)))


def _closed_days() -> None:
    op.create_table(
        "closed_day",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_closed_day_area_id_area"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_closed_day_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_day")),
    )
    op.create_index(op.f("ix_closed_day_area_id_day"), "closed_day", ["area_id", "day"])
    op.create_index(op.f("ix_closed_day_team_id"), "closed_day", ["team_id"])


def _changes() -> None:
    op.create_table(
        "change",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_change_area_id_area"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_change_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_team_id_at"), "change", ["team_id", "at"])
    op.create_index(op.f("ix_change_area_id_at"), "change", ["area_id", "at"])
