"""What somebody finds who copies the database, its log and its free pages: no answer, and no erased person."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

import pytest

from storage.database import checkpoint
from storage.deliveries import Delivery
from storage.envelopes import lock_session, open_sealed, seal
from storage.errors import KeyGone
from storage.forms import Form
from storage.handover_notes import HandoverNote
from storage.people import Person
from storage.publications import PublishedRound
from storage.tables import Table
from tests.storage.builders import DAY, NOW, membership, open_round, payload, round_

pytestmark = pytest.mark.sqlite
PAGE = 4096
LOG_HEADER = 32
FRAME_HEADER = 24
PEOPLE = tuple(f"person-{number}" for number in (1, 2, 3))


class Disk:
    """All bytes of the database's folder: the file, -wal, -shm and -journal."""

    def __init__(self, folder):
        self.folder = folder

    def holds(self, needle):
        """Names of the files that hold these bytes anywhere."""
        return sorted(file.name for file in self.folder.iterdir() if needle in file.read_bytes())

    def pages(self):
        """Every page of the file and of the log, also the old versions that the log still holds."""
        for file in self.folder.iterdir():
            content = file.read_bytes()
            if file.suffix == ".db":
                yield from (content[start : start + PAGE] for start in range(0, len(content), PAGE))
            elif file.name.endswith("-wal"):
                for start in range(LOG_HEADER + FRAME_HEADER, len(content), FRAME_HEADER + PAGE):
                    yield content[start : start + PAGE]


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path / "data")


def canary(person_id, turn):
    return f"canary-{person_id}-{turn}"


def answer(storage, person_id, turn):
    """One tap: the envelope and the session are written in one commit, as the bot does."""
    given = canary(person_id, turn)
    with storage.begin() as work:
        record = work.rounds.get("round")
        slot = storage.keys.slot(record.key_id, person_id)
        box = seal(payload(statement=given), public_key=record.public_key)
        session = json.dumps({"answers": {"statement": given}}).encode()
        blob = lock_session(session, key=storage.keys.of_round(record.key_id).session)
        work.answers.put("round", slot=slot, sealed=box)
        work.answers.put_session("round", slot=slot, blob=blob, stale_on=NOW.date())
        work.commit()
    return slot


def release(storage):
    """Open, publish and destroy, in the order of the design."""
    with storage.begin() as work:
        record = work.rounds.get("round")
        private = storage.keys.private(record.key_id)
        opened = [open_sealed(box, private) for _, box in work.answers.sealed("round")]
        work.publications.add(
            PublishedRound(
                round_id="round",
                team_id="team",
                number=1,
                element="trust",
                closed_at=NOW,
                published_at=NOW,
                outcome="published",
                cells={"statement": {"band": None}},
                changed_roster=False,
            )
        )
        work.answers.destroy("round")
        work.rounds.drop_roster("round")
        assert work.rounds.set_state("round", state="published", expected="open")
        work.commit()
    storage.keys.destroy(record.key_id)
    checkpoint(storage.engine)
    return opened


@pytest.fixture
def opened(storage):
    with storage.begin() as work:
        open_round(storage, work)
        for person_id in PEOPLE:
            work.rounds.add_to_roster("round", person_id, sector="jgz")
        work.commit()
    return storage


def test_no_answer_is_on_the_disk_at_any_moment(opened, disk):
    """Given, changed three times, withdrawn, released: after every commit no byte of any answer can be found."""
    given = []
    for turn in range(3):
        for person_id in PEOPLE:
            answer(opened, person_id, turn)
            given.append(canary(person_id, turn))
            assert [found for found in given if disk.holds(found.encode())] == []
    with opened.begin() as work:
        assert work.answers.withdraw("round", opened.keys.slot("key-of-round", "person-3"))
        work.commit()
    released = release(opened)
    assert {found.answers["statement"][0] for found in released} == {canary("person-1", 2), canary("person-2", 2)}
    assert disk.holds(b"canary") == []


def test_the_search_finds_what_is_there(storage, disk):
    """The same search finds a canary that is stored in the clear, so finding nothing means something."""
    with storage.begin() as work:
        work.people.add(Person(id="canary-in-the-clear", chat_id=1, name="x"))
        work.commit()
    assert disk.holds(b"canary-in-the-clear") == ["test.db-wal"]
    checkpoint(storage.engine)
    assert disk.holds(b"canary-in-the-clear") == ["test.db"]


def test_a_person_and_a_slot_never_share_a_page(opened, disk):
    """In every version of every page: where a slot is, no person id is (and both are there to be found)."""
    slots = [answer(opened, person_id, 0) for person_id in PEOPLE]
    checkpoint(opened.engine)
    slots += [answer(opened, person_id, 1) for person_id in PEOPLE]
    seen = {"slot": 0, "person": 0}
    for page in disk.pages():
        has_slot = any(slot in page for slot in slots)
        has_person = any(person_id.encode() in page for person_id in PEOPLE)
        assert not (has_slot and has_person)
        seen["slot"] += has_slot
        seen["person"] += has_person
    assert all(seen.values())


def test_no_table_has_a_place_for_person_and_slot_together():
    """By the schema: the tables with a slot know no person and no time but the day a session goes stale."""
    with_slot = {table.name: set(table.columns.keys()) for table in Table.metadata.tables.values() if "slot" in table.c}
    assert with_slot == {
        "envelope": {"round_id", "slot", "sealed"},
        "dialogue_session": {"round_id", "slot", "blob", "stale_on"},
        "tally_slip": {"tally_id", "slot", "sealed"},
    }


def test_nothing_is_left_of_a_released_round_but_what_was_published(opened, disk):
    """No slot, no envelope, no session, no roster; the keys are gone."""
    slots = [answer(opened, person_id, 0) for person_id in PEOPLE]
    with opened.begin() as work:
        boxes = [box for _, box in work.answers.sealed("round")]
    release(opened)
    for trace in (*slots, *boxes):
        assert disk.holds(trace[:32]) == []
    with opened.begin() as work:
        assert work.rounds.roster("round") == ()
        assert work.rounds.live_key_ids() == frozenset()
    assert opened.keys.known() == frozenset()


def test_a_copy_from_before_the_release_opens_no_more(opened, tmp_path):
    """Somebody who copied everything but the key folder has boxes without a key."""
    opened.keys.make("of-the-next-round")
    answer(opened, "person-1", 0)
    checkpoint(opened.engine)
    copied = (tmp_path / "data" / "test.db").read_bytes()
    release(opened)
    (tmp_path / "copy.db").write_bytes(copied)
    copy = sqlite3.connect(tmp_path / "copy.db")
    ((key_id,),) = copy.execute("SELECT key_id FROM round").fetchall()
    assert copy.execute("SELECT count(*) FROM envelope").fetchone() == (1,)
    copy.close()
    with pytest.raises(KeyGone):
        opened.keys.private(key_id)


@pytest.fixture
def erased(storage):
    """Somebody with a row in every table that can hold a person, and then erased."""
    stranger = Person(id="erased-person-id", chat_id=0x1122334455, name="Erased Naam")
    with storage.begin() as work:
        work.people.add(stranger)
        work.people.add_membership(replace(membership(4), person_id=stranger.id))
        work.people.add_coordinator(stranger.id, "area")
        work.rounds.add(round_())
        work.rounds.add_to_roster("round", stranger.id, sector="jgz")
        work.deliveries.add(Delivery(id="d", key=f"prompt:{stranger.id}", person_id=stranger.id, kind="p", due_at=NOW))
        work.forms.put(Form(person_id=stranger.id, kind="who", updated_on=NOW.date(), data={"name": stranger.name}))
        body = f"{stranger.name} geeft door"
        note = HandoverNote(id="note", team_id="team", person_id=stranger.id, body=body, written_on=NOW.date())
        work.handover_notes.add(note)
        work.commit()
    with storage.begin() as work:
        work.people.erase(stranger.id)
        work.commit()
    return storage, stranger


def test_every_table_that_knows_persons_is_emptied_by_erasing(erased, tmp_path):
    """No value of any column of any table names the person; every person column was tried."""
    storage, stranger = erased
    columns = {(table.name, key.parent.name) for table in Table.metadata.sorted_tables for key in table.foreign_keys}
    person_tables = {table for table, column in columns if column == "person_id"}
    assert person_tables == {"membership", "coordinator", "roster", "delivery", "form", "handover_note"}
    connection = sqlite3.connect(tmp_path / "data" / "test.db")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    values = [value for table in tables for row in connection.execute(f'SELECT * FROM "{table}"') for value in row]  # noqa: S608 - our own table names
    connection.close()
    assert "person-1" in values
    text = "\n".join(str(value) for value in values)
    for trace in (stranger.id, stranger.name, str(stranger.chat_id)):
        assert trace not in text
    with storage.begin() as work:
        assert work.people.by_chat(stranger.chat_id) is None


def test_no_byte_of_an_erased_person_is_left(erased, disk, tmp_path):
    """After a checkpoint and a VACUUM neither chat, id nor name is anywhere in the files; before, the log has them."""
    storage, stranger = erased
    traces = (
        stranger.id.encode(),
        stranger.name.encode(),
        stranger.chat_id.to_bytes(6, "big"),
        str(stranger.chat_id).encode(),
    )
    assert [disk.holds(trace) for trace in traces[:3]] == [["test.db-wal"]] * 3
    checkpoint(storage.engine)
    connection = sqlite3.connect(tmp_path / "data" / "test.db")
    connection.execute("VACUUM")
    connection.close()
    checkpoint(storage.engine)
    assert [disk.holds(trace) for trace in traces] == [[]] * 4


def test_a_delivery_leaves_with_its_retention(storage, disk):
    """What was sent long ago is not found on the disk either."""
    with storage.begin() as work:
        row = Delivery(id="d", key="canary-key", person_id="person-1", kind="p", due_at=NOW)
        work.deliveries.add(row)
        work.deliveries.mark("d", state="sent", at=NOW)
        work.commit()
    with storage.begin() as work:
        work.deliveries.drop_finished(NOW + 30 * DAY)
        work.commit()
    checkpoint(storage.engine)
    assert disk.holds(b"canary-key") == []
