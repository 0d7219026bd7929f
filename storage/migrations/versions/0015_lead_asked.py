"""On which day a lead was asked what the team decides about its step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("improvement_action") as batch:
        batch.add_column(sa.Column("lead_asked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("improvement_action") as batch:
        batch.drop_column("lead_asked_on")
