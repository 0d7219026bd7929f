"""After /stop and the next housekeeping no byte of a person is on the disk: database, log, journal, list and keys."""

from __future__ import annotations

import random

from bot.usecases.fill_form import open_form
from bot.usecases.forget_me import forget_me
from bot.usecases.housekeeping import tidy
from bot.usecases.leave_team import leave_myself
from bot.usecases.release_round import fill_stock
from storage.deliveries import Delivery
from storage.handover_notes import HandoverNote
from tests.support.house import DAY, HOUR
from tests.support.played import played_once

CHATS = range(0x3A5B7C9D1E00, 0x3A5B7C9D1E00 + 24)
"""Numbers whose bytes occur nowhere by chance."""


def marks_of(house, chat):
    """Everything by which somebody could be recognised: ids, chat in both spellings, name, and what they typed."""
    person = house.person(chat)
    found = {
        "chat in bytes": chat.to_bytes(6, "big"),
        "chat in digits": str(chat).encode(),
        "name": person.name.encode(),
        "person": person.id.encode(),
        "membership": house.memberships[chat].encode(),
        "form": f"Kanarieformulier{chat:x}".encode(),
        "note": f"Kanariebrief{chat:x}".encode(),
    }
    return {(chat, kind): mark for kind, mark in found.items()}


def sightings(house, marks):
    """Which marks are in which file, anywhere below the house."""
    contents = {file: file.read_bytes() for file in house.folder.rglob("*") if file.is_file()}
    return {
        (file.name, mark) for mark, value in marks.items() for file, content in contents.items() if value in content
    }


@played_once
def crowded(house):
    """A team of which everybody has rows everywhere, over many pages, some rewritten: as after a busy month."""
    fill_stock(house.deps)
    for chat in CHATS:
        house.invite(chat, name=f"Kanarie{chat:x}")
        house.describe(chat, sector="jgz", function="youth_nurse", tenure="short")
        house.quiet(chat, ())
    about = house.open_round()
    house.send()
    for place, chat in enumerate(CHATS):
        view = house.tap(chat, house.start(chat, about.id), "3 ·")
        if place % 2:
            house.tap(chat, view, "Stop")
        leave_myself(
            house.deps, chat_id=chat, membership_id=house.memberships[chat], last_day=house.deps.today() + 30 * DAY
        )
        open_form(house.deps, chat_id=chat, kind="own_last_day", data={"name": f"Kanarieformulier{chat:x}"})
        _write_note(house, chat)
        house.quiet(chat, ("monday-480-720", "friday-480-1080"))
    house.clock.pass_(HOUR)
    house.send()
    return house


def _write_note(house, chat):
    """A note that is on its way to a colleague, who stays."""
    with house.storage.begin() as work:
        person = work.people.by_chat(chat)
        note = HandoverNote(
            id=f"note-{chat:x}",
            team_id=house.team_id,
            person_id=person.id,
            body=f"Kanariebrief{chat:x} " * 40,
            written_on=house.deps.today(),
        )
        work.handover_notes.add(note)
        reader = work.people.team_members(house.team_id, role="lead")[0][0]
        work.deliveries.add(
            Delivery(
                id=f"reads-{chat:x}",
                key=f"handover_note:{note.id}:{reader.id}",
                person_id=reader.id,
                kind="handover_note",
                subject=note.id,
                due_at=house.clock.moment + DAY,
            )
        )
        work.commit()


def test_no_byte_of_who_left_is_on_the_disk(crowded):
    """Half of them leave, in any order: nothing of theirs is left in any file, and everything of the others is."""
    house = crowded
    order = list(CHATS)
    random.Random(7).shuffle(order)  # noqa: S311 - an order, no secret
    leaving, staying = order[:12], order[12:]
    gone = {name: mark for chat in leaving for name, mark in marks_of(house, chat).items()}
    kept = {name: mark for chat in staying for name, mark in marks_of(house, chat).items()}
    # Seen before, so that seeing nothing afterwards means something; an id only ever stands in the database.
    assert {name for _, name in sightings(house, gone)} == set(gone) - {(c, "chat in digits") for c in leaving}
    for chat in leaving:
        assert forget_me(house.deps, chat_id=chat)
    tidy(house.deps)
    assert sightings(house, gone) == set()
    assert {name for _, name in sightings(house, kept)} == set(kept) - {(c, "chat in digits") for c in staying}
    assert house.rows("SELECT count(*) FROM envelope") == [(len(staying),)]


def test_what_was_on_its_way_to_others_arrives_empty(crowded):
    """A colleague who would have read the note gets nothing, and no row names the writer."""
    writer = CHATS[0]
    note = f"note-{writer:x}"
    forget_me(crowded.deps, chat_id=writer)
    crowded.clock.pass_(2 * DAY)
    sent = crowded.send()
    assert not [each for each in sent if f"{writer:x}" in repr(each)]
    with crowded.storage.begin() as work:
        assert work.handover_notes.get(note) is None


def test_a_slip_about_participation_names_nobody(house):
    """What is left of somebody in a sealed slip is found by no mark of theirs, and goes when the month opens."""
    chat = CHATS[0]
    house.invite(chat, name=f"Kanarie{chat:x}")
    house.describe(chat, sector="jgz", function="youth_nurse", tenure="long")
    about = house.open_round()
    house.answer(chat, about.id)
    house.close(about)
    assert house.rows("SELECT count(*) FROM tally_slip") == [(1,)]
    marks = marks_of(house, chat)
    forget_me(house.deps, chat_id=chat)
    tidy(house.deps)
    assert sightings(house, marks) == set()
