"""What a team's overview is split by, and whether a few people changed since the last one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("team") as table:
        table.add_column(sa.Column("split", sa.String(), nullable=False, server_default="sector"))
    with op.batch_alter_table("team") as table:
        table.alter_column("split", server_default=None)
    with op.batch_alter_table("round") as table:
        table.add_column(sa.Column("few_changed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("round") as table:
        table.alter_column("few_changed", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("round") as table:
        table.drop_column("few_changed")
    with op.batch_alter_table("team") as table:
        table.drop_column("split")
