"""Texts that people share or keep to themselves: no byte of them is on the disk or in a log before they are shown."""

from __future__ import annotations

import logging

import pytest

from bot.usecases.compose_maandbeeld import compose_due_maandbeelden
from bot.usecases.forget_me import forget_me
from bot.usecases.pooling import release_texts
from bot.usecases.release_round import release_due
from storage.work import Work
from tests.support.house import ANNE, BRAM
from tests.support.sharing import ALONE, EXAMPLE, to_the_open_question, type_text, write, write_aside

SHOWN = ("Kanarie een hielp ons.", "Kanarie twee hielp ons.", "Kanarie drie hielp ons.")
NEVER = (
    "Kanarie alleen voor mezelf.",
    "Kanarie van wie wegging.",
    "Kanarie met 0612345678.",
    "Kanarie vrij onderwerp.",
)
CANARY = "kanarie"


class Watch:
    """Looks at all bytes of the house's database files after every commit."""

    def __init__(self, house):
        self.house = house
        self.commits = 0
        self.seen = set()
        self.sizes = {"envelope.sealed": set(), "dialogue_session.blob": set(), "text_pool.sealed": set()}

    def look(self):
        for file in self.house.database.parent.iterdir():
            content = file.read_bytes().lower()
            self.seen |= {text for text in (*SHOWN, *NEVER) if text.lower().encode() in content}
            if CANARY.encode() in content:
                self.seen.add(CANARY)
        for place, sizes in self.sizes.items():
            table, column = place.split(".")
            query = f"SELECT length({column}) FROM {table}"  # noqa: S608 - our own table names
            sizes |= {size for (size,) in self.house.rows(query)}


@pytest.fixture
def watched(house, monkeypatch):
    """Nine people, watched at every commit."""
    house.members(9)
    house.stock(9)
    watch = Watch(house)
    commit = Work.commit

    def watched_commit(work):
        commit(work)
        watch.commits += 1
        watch.look()

    monkeypatch.setattr(Work, "commit", watched_commit)
    return watch


def a_round_with_texts(house):
    """Shared, for myself, with a number, shared and left, and beside the round; closed and released."""
    chats = (ANNE, BRAM, *range(1000, 1007))
    about = house.open_round()
    for chat, text in zip(chats, SHOWN, strict=False):
        write(house, chat, about, text, choice=EXAMPLE if text == SHOWN[0] else "Deel met het team")
    write(house, chats[3], about, NEVER[0], choice=ALONE)
    write(house, chats[4], about, NEVER[1])
    to_the_open_question(house, chats[5], about)
    house.tap(chats[5], type_text(house, chats[5], NEVER[2]), "Stop")
    write_aside(house, chats[4], NEVER[3])
    for chat in chats[6:]:
        house.answer(chat, about.id)
    forget_me(house.deps, chat_id=chats[4])
    house.close(about)
    return chats


def test_no_text_is_on_the_disk_until_it_is_released(house, watched, loud_logs):
    """At every commit from typing to the second maandbeeld; then only what was chosen, and only those words."""
    chats = a_round_with_texts(house)
    house.maandbeeld()
    again = house.next_round()
    for chat in chats[:4]:
        house.answer(chat, again.id)
    house.close(again)
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    assert watched.commits > 60
    assert watched.seen == set()
    release_texts(house.deps)
    compose_due_maandbeelden(house.deps)
    assert watched.seen == {CANARY, *SHOWN}
    assert {place: len(sizes) for place, sizes in watched.sizes.items()} == dict.fromkeys(watched.sizes, 1)
    logging.getLogger("asked").warning("the logs are watched")
    assert "the logs are watched" in loud_logs()
    assert CANARY not in loud_logs().lower()


def test_what_is_released_is_nowhere_but_in_the_maandbeeld(house, watched):
    """After the checkpoint no other row and no key of the pool is left."""
    chats = a_round_with_texts(house)
    house.maandbeeld()
    again = house.next_round()
    for chat in chats[:4]:
        house.answer(chat, again.id)
    house.answer(chats[5], again.id)
    house.close(again)
    house.clock.moment = house.read(lambda work: work.schedules.get(house.team_id)).maandbeeld_due_at
    release_due(house.deps)
    made = house.maandbeeld()
    everything = house.everything()
    holding = {table for table, rows in everything.items() if SHOWN[0] in repr(rows)}
    assert holding == {"maandbeeld"}
    assert made
    assert {row[2] for row in everything["text_pool"]} == {again.number}


def test_the_watch_sees_what_is_there(house, watched):
    """A text in a row, in the clear, is seen: so seeing nothing means something."""
    house.invite(4711, name=NEVER[0])
    assert watched.seen == {CANARY, NEVER[0]}


def test_two_snapshots_tell_no_difference_between_sharing_and_not(house, watched):
    """Who shares, who keeps it and who skips rewrite the same envelope and the same session, of the same sizes."""
    about = house.open_round()
    views = {chat: to_the_open_question(house, chat, about) for chat in (ANNE, BRAM)}

    def snapshot():
        return dict(house.rows("SELECT slot, length(sealed) FROM envelope WHERE round_id = ?", about.id))

    before = snapshot()
    assert set(before.values()) == {2096}
    house.tap(ANNE, type_text(house, ANNE, SHOWN[0]), "Deel met het team")
    house.tap(BRAM, views[BRAM], "Sla over")
    assert snapshot() == before


async def test_a_shared_text_is_never_echoed_in_a_log_or_a_remark(house, phone, loud_logs):
    """Through the real handlers: deleted from the chat, shown back once as a quote, and nowhere else."""
    house.members(9)
    about = house.open_round()
    await phone.tap(ANNE, f"p1.{about.id}.go", message_id=7)
    await phone.tap_label(ANNE, "Geen zicht op")
    await phone.send(ANNE, SHOWN[0])
    shown = phone.last(ANNE)
    assert f"<blockquote>{SHOWN[0].replace('.', '.')}</blockquote>" in shown.text
    assert len(phone.telegram.of("deleteMessage")) == 1
    await phone.tap_label(ANNE, "Deel met het team")
    assert SHOWN[0] not in phone.last(ANNE).text
    assert SHOWN[0] not in "".join(phone.telegram.remarks())
    logging.getLogger("asked").warning("the logs are watched")
    assert "the logs are watched" in loud_logs()
    assert CANARY not in loud_logs().lower()
