"""Statements that go straight to the driver: what goes wrong there is told as SQLAlchemy tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import bindparam, select
from sqlalchemy.exc import DatabaseError

from storage.prepared import prepared
from storage.tables import TeamRow
from tests.storage.builders import team

COLUMNS = TeamRow.__table__.c


@pytest.mark.sqlite
def test_damage_that_is_met_halfway_is_told_as_any_other(storage):
    """SQLite looks up most rows after it has begun to answer."""
    with storage.begin() as work:
        for number in range(200):
            work.teams.add(team(f"team-{number:03}", name=f"Team {number:03} " + "x" * 90))
        work.commit()
    storage.checkpoint()
    storage.engine.dispose()
    file = Path(storage.engine.url.database)
    content = bytearray(file.read_bytes())
    page = content.index(b"Team 199") // 4096 * 4096
    content[page : page + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    known = prepared(select(COLUMNS.name).where(COLUMNS.floor > bindparam("floor")), storage.engine.dialect, ("floor",))
    with storage.engine.connect() as connection, pytest.raises(DatabaseError, match="malformed"):
        known.rows(connection, {"floor": 0})
