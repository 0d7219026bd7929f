"""The steps that teams agree on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "improvement_action",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("maandbeeld_id", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("look_back_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["maandbeeld_id"],
            ["maandbeeld.id"],
            name=op.f("fk_improvement_action_maandbeeld_id_maandbeeld"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_improvement_action_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_action")),
    )
    op.create_index(op.f("ix_improvement_action_maandbeeld_id"), "improvement_action", ["maandbeeld_id"])
    op.create_index(op.f("ix_improvement_action_team_id_agreed_on"), "improvement_action", ["team_id", "agreed_on"])


def downgrade() -> None:
    op.drop_table("improvement_action")
