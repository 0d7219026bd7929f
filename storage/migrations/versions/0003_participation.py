"""Participation of an area: sealed slips of a month, and the bands that may be read afterwards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_tally_area_id_area"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
        sa.UniqueConstraint("area_id", "month", name=op.f("uq_tally_area_id_month")),
        sa.UniqueConstraint("key_id", name=op.f("uq_tally_key_id")),
    )
    op.create_index(op.f("ix_tally_due_at"), "tally", ["due_at"])

    op.create_table(
        "tally_slip",
        sa.Column("tally_id", sa.String(), nullable=False),
        sa.Column("slot", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) = 4144", name=op.f("ck_tally_slip_sealed")),
        sa.CheckConstraint("length(slot) = 32", name=op.f("ck_tally_slip_slot")),
        sa.ForeignKeyConstraint(
            ["tally_id"], ["tally.id"], name=op.f("fk_tally_slip_tally_id_tally"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("tally_id", "slot", name=op.f("pk_tally_slip")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "area_month",
        sa.Column("area_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_month_area_id_area"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("area_id", "month", name=op.f("pk_area_month")),
    )
    op.create_index(op.f("ix_area_month_published_at"), "area_month", ["published_at"])


def downgrade() -> None:
    for table in ("area_month", "tally_slip", "tally"):
        op.drop_table(table)
