"""On which day a team talked about a maandbeeld, as its lead says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Not in a batch: copying the table would lose the trigger that keeps what was written.


def upgrade() -> None:
    op.add_column("maandbeeld", sa.Column("talked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("maandbeeld", "talked_on")
