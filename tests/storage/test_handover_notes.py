"""A note on its way: there for who must still read it, and gone when nobody waits for it any more."""

from __future__ import annotations

import pytest

from storage.deliveries import Delivery
from storage.handover_notes import KIND, HandoverNote
from tests.storage.builders import DAY, NOW, open_round

TODAY = NOW.date()
LONG_AGO = TODAY - 30 * DAY
NOTE = HandoverNote(id="note", team_id="team", person_id="person-1", body="Rollen, organisaties", written_on=TODAY)


@pytest.fixture
def waiting(storage):
    """A note with two readers who did not get it yet."""
    with storage.begin() as work:
        open_round(storage, work)
        work.handover_notes.add(NOTE)
        for number in (2, 3):
            reader = f"person-{number}"
            delivery = Delivery(id=f"d{number}", key=reader, person_id=reader, kind=KIND, subject="note", due_at=NOW)
            work.deliveries.add(delivery)
        work.commit()
    return storage


def left(storage, *, before=LONG_AGO):
    """How many go, and whether the note is still there."""
    with storage.begin() as work:
        gone = work.handover_notes.drop_delivered(before)
        found = work.handover_notes.get("note")
        work.commit()
    return gone, found


def test_it_is_read_back_word_for_word(waiting):
    """As its writer approved it."""
    assert left(waiting) == (0, NOTE)


@pytest.mark.parametrize("state", ["sent", "failed", "unreachable", "expired", "done"])
def test_it_goes_when_nobody_waits_for_it(waiting, state):
    """After the last reader, whatever became of the message; not after the first."""
    for number, expected in ((2, (0, NOTE)), (3, (1, None))):
        with waiting.begin() as work:
            work.deliveries.mark(f"d{number}", state=state, at=NOW)
            work.commit()
        assert left(waiting) == expected


def test_a_message_that_is_being_sent_keeps_it(waiting):
    """A crash in the middle sends it again."""
    with waiting.begin() as work:
        work.deliveries.lease(NOW, until=NOW + DAY, limit=9)
        work.commit()
    assert left(waiting) == (0, NOTE)


def test_it_goes_after_its_days_whoever_waits(waiting):
    """Older than the day that is given."""
    assert left(waiting, before=TODAY) == (0, NOTE)
    assert left(waiting, before=TODAY + DAY) == (1, None)


def test_it_goes_with_its_writer_and_its_team(waiting):
    """Whoever erases themselves takes it along."""
    with waiting.begin() as work:
        work.people.erase("person-1")
        assert work.handover_notes.get("note") is None
        work.commit()
