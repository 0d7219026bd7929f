"""A pool for texts that people share, and what is taken out of it for the next maandbeeld."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "text_pool",
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(sealed) = 1248", name=op.f("ck_text_pool_sealed")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_text_pool_team_id_team"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_text_pool")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_text_pool_team_id"), "text_pool", ["team_id"])
    op.create_index(op.f("ix_text_pool_key_id"), "text_pool", ["key_id"])
    op.create_table(
        "text_release",
        sa.Column("team_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_text_release_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_text_release")),
    )


def downgrade() -> None:
    op.drop_table("text_release")
    op.drop_table("text_pool")
