"""The database itself refuses to change a maandbeeld or a publication that was written."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The one thing that happens to a maandbeeld later is that it is shared.
_FIXED = {
    "maandbeeld": ("id", "team_id", "month", "body", "digest", "previous_digest", "composed_at"),
    "publication": (
        "round_id", "team_id", "number", "element", "closed_at", "published_at", "outcome", "cells", "changed_roster",
        "dialogue_digest", "subject", "participation",
    ),
}  # fmt: skip


def upgrade() -> None:
    for table, columns in _FIXED.items():
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
            )
        else:
            op.execute(
                f"CREATE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{table} is written once'; END $$"
            )
            op.execute(
                f"CREATE TRIGGER {table}_written_once BEFORE UPDATE OF {', '.join(columns)} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION {table}_written_once()"
            )


def downgrade() -> None:
    for table in _FIXED:
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {table}_written_once")
        else:
            op.execute(f"DROP TRIGGER {table}_written_once ON {table}")
            op.execute(f"DROP FUNCTION {table}_written_once()")
