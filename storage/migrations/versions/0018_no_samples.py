"""Nothing in the tables changes: an older version asks for ``migrate``, which lets PostgreSQL sample nothing.

``storage.samples`` does it after every migration, so that a table of tomorrow is not forgotten.
"""

from __future__ import annotations

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
