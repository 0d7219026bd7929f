"""Whether a database works is told by a write that reached the disk."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from storage.pulse import prove_writable


@pytest.mark.postgresql
def test_what_proves_that_a_database_takes_a_write_is_on_the_disk_of_its_log(engine):
    """At least a page of it, before it is over: a server without room refuses that, and a number alone takes none."""
    written = text("SELECT pg_current_wal_insert_lsn()")
    kept = text("SELECT pg_current_wal_flush_lsn() - CAST(:before AS pg_lsn) > 8192")
    with engine.connect() as connection:
        before = connection.scalar(written)
    prove_writable(engine)
    with engine.connect() as connection:
        assert connection.scalar(kept, {"before": before})
