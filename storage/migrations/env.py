"""What Alembic runs: always on the connection that storage.database hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

import storage.loop_tables
import storage.tables  # noqa: F401 - puts every table into the schema
from storage.base import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
)
context.run_migrations()
