"""Groups of a whole area, which have rounds of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("team") as table:
        table.add_column(sa.Column("scope", sa.String(), nullable=False, server_default="team"))
    with op.batch_alter_table("team") as table:
        table.alter_column("scope", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("team") as table:
        table.drop_column("scope")
