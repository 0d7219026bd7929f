"""Since when somebody has no role any more, so that their account goes some time after."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(sa.Column("roleless_since", sa.Date(), nullable=True))
        table.create_index(op.f("ix_person_roleless_since"), ["roleless_since"])


def downgrade() -> None:
    with op.batch_alter_table("person") as table:
        table.drop_index(op.f("ix_person_roleless_since"))
        table.drop_column("roleless_since")
