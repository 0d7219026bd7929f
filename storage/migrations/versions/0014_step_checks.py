"""Which rounds ask a team after its step, and what is needed for their questions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("improvement_action") as batch:
        batch.add_column(sa.Column("step_id", sa.String(), nullable=False, server_default=""))
        batch.add_column(sa.Column("went_on_on", sa.Date(), nullable=True))
    with op.batch_alter_table("improvement_action") as batch:
        batch.alter_column("step_id", server_default=None)
    op.create_table(
        "step_check",
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_step_check_round_id_round"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["improvement_action.id"],
            name=op.f("fk_step_check_action_id_improvement_action"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_step_check")),
    )
    op.create_index(op.f("ix_step_check_action_id"), "step_check", ["action_id"])


def downgrade() -> None:
    op.drop_table("step_check")
    with op.batch_alter_table("improvement_action") as batch:
        batch.drop_column("went_on_on")
        batch.drop_column("step_id")
