"""What leads say to what stands in a maandbeeld."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "response",
        sa.Column("maandbeeld_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("responded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["maandbeeld_id"],
            ["maandbeeld.id"],
            name=op.f("fk_response_maandbeeld_id_maandbeeld"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_response_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("maandbeeld_id", "place", name=op.f("pk_response")),
    )
    op.create_index(op.f("ix_response_team_id_element"), "response", ["team_id", "element"])


def downgrade() -> None:
    op.drop_table("response")
