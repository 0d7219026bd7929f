"""The one figure a month that a team keeps of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "team_figure",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("tenths", sa.Integer(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_figure_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("team_id", "month", name=op.f("pk_team_figure")),
    )
    op.create_index(op.f("ix_team_figure_entered_on"), "team_figure", ["entered_on"])


def downgrade() -> None:
    op.drop_table("team_figure")
