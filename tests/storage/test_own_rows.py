"""Everything about one person is found by the schema: a new table that points at persons is in it by itself."""

from __future__ import annotations

import pytest
from sqlalchemy import Column, ForeignKey, MetaData, String, Table

from storage.base import Table as Base
from storage.deliveries import Delivery
from storage.forms import Form
from storage.handover_notes import HandoverNote
from storage.own_rows import about_people
from tests.storage.builders import NOW, round_


@pytest.fixture
def known(storage):
    """Somebody with a row in every table that can hold a person."""
    with storage.begin() as work:
        work.people.add_coordinator("person-1", "area")
        work.rounds.add(round_())
        for person_id in ("person-1", "person-2"):
            work.rounds.add_to_roster("round", person_id, sector="jgz")
            work.deliveries.add(Delivery(id=f"d-{person_id}", key=person_id, person_id=person_id, kind="p", due_at=NOW))
        work.forms.put(Form(person_id="person-1", kind="who", updated_on=NOW.date(), data={"name": "Canary"}))
        note = HandoverNote(id="note", team_id="team", person_id="person-1", body="Bellen", written_on=NOW.date())
        work.handover_notes.add(note)
        work.commit()
    return storage


def test_every_table_with_a_person_in_it_is_walked(known):
    """Found in the schema itself; each gives this person's rows with all columns, and nobody else's."""
    tables = Base.metadata.tables
    pointing = {
        name for name, table in tables.items() for key in table.foreign_keys if key.column.table.name == "person"
    }
    with known.begin() as work:
        found = work.own_rows.of("person-1")
        others = work.own_rows.of("person-2")
    assert set(found) == pointing | {"person"}
    for table, rows in found.items():
        assert len(rows) == 1, table
        assert set(rows[0]) == set(tables[table].columns.keys()), table
        assert "person-2" not in repr(rows)
    assert {table for table, rows in others.items() if rows} == {"person", "membership", "roster", "delivery"}


def test_somebody_unknown_has_no_rows(known):
    """Nothing, and no error."""
    with known.begin() as work:
        assert not any(work.own_rows.of("nobody").values())


def test_a_new_table_is_walked_by_itself(monkeypatch):
    """A table that points at persons under another name is found too."""
    metadata = MetaData()
    for table in Base.metadata.tables.values():
        table.to_metadata(metadata)
    new = Table("badge", metadata, Column("holder", String, ForeignKey("person.id"), primary_key=True))
    monkeypatch.setattr(Base, "metadata", metadata)
    assert about_people()[new] == ("holder",)
