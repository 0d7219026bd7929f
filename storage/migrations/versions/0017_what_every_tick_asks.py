"""Indices for what every tick asks and what is forgotten by itself, so that neither grows with the installation."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("team", ("area_id",)),
    ("membership", ("team_id",)),
    ("membership", ("person_id",)),
)
_NEW: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("team", ("area_id", "scope")),
    ("membership", ("team_id", "audience")),
    ("membership", ("person_id", "left_on")),
    ("schedule", ("paused_until",)),
    ("schedule", ("stopped",)),
    ("improvement_action", ("state", "look_back_on")),
    ("round", ("dialogue_digest",)),
    ("publication", ("dialogue_digest",)),
    ("publication", ("published_at",)),
    ("maandbeeld", ("composed_at",)),
)


def upgrade() -> None:
    for table, columns in _NEW:
        op.create_index(_name(table, columns), table, list(columns))
    for table, columns in _OLD:
        op.drop_index(_name(table, columns), table)


def downgrade() -> None:
    for table, columns in _OLD:
        op.create_index(_name(table, columns), table, list(columns))
    for table, columns in reversed(_NEW):
        op.drop_index(_name(table, columns), table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")
