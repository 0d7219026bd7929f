"""Outside the rounds: of what is only thought along with, no byte is on the disk or in a log at any moment."""

from __future__ import annotations

import itertools
import logging
from dataclasses import replace

import pytest

from bot.chat.outbox import Outbox, Pace
from bot.chat.texts import aside_nl as texts
from bot.usecases.housekeeping import tidy
from tests.privacy.test_canaries import MARK, Watch, marked_library
from tests.support.house import ANNE, BRAM, LEAD
from tests.support.leaving import leaves

pytestmark = pytest.mark.thorough

NEW = 4711
TYPED = "De vader van Kanariepiet belde zaterdag"


async def no_wait(_seconds):
    return


@pytest.fixture
def house(house):
    """The furnished house, in which every value of every answer is a canary."""
    house.deps = replace(house.deps, library=marked_library())
    return house


@pytest.fixture
def watch(house):
    """Somebody is new, and no question is open; all bytes of the database can be looked at."""
    house.invite(NEW)
    house.describe(NEW, sector="overig", function="preschool_worker", tenure="short")
    house.close(house.start_round())
    return Watch(house)


def tables(house):
    """All rows, but for the ones that say a message was sent and that a text may come."""
    return {name: rows for name, rows in house.everything().items() if name not in {"delivery", "form"}}


async def play_every_way(phone, chat, first, watch, *, text=True):
    """From one message every way through the dialogue, with a text at every open question; looks after every tap."""
    waiting, seen = [first], set()
    while waiting:
        shown = waiting.pop()
        for label, data in shown.items():
            if data in seen:
                continue
            seen.add(data)
            await phone.tap(chat, data)
            watch.look()
            if text and "Verder" in phone.last(chat).buttons:
                buttons = phone.last(chat).buttons
                await phone.send(chat, TYPED)
                watch.look()
                waiting.append(buttons)
            elif label:
                waiting.append(phone.last(chat).buttons)
    return len(seen)


async def test_nothing_of_a_newcomer_is_on_the_disk_at_any_moment(house, phone, watch, loud_logs):
    """Every way through it, a text typed at every open question: the same rows as before, and no byte of an answer."""
    outbox = Outbox(phone.desk, pace=Pace(sleep=no_wait))
    house.clock.moment = house.deliveries("newcomer", house.memberships[NEW])[0].due_at
    await outbox.drain()
    before = tables(house)
    tapped = await play_every_way(phone, NEW, phone.last(NEW).buttons, watch)
    assert tapped > 50
    assert tables(house) == before
    assert {(kind, data) for _, kind, _, data in house.everything()["form"]} <= {("aside_text", "{}")}
    assert watch.sightings == set()
    logging.getLogger("asked").warning("the logs are watched")
    printed = loud_logs()
    assert "the logs are watched" in printed
    assert MARK not in printed
    assert "Kanariepiet" not in printed
    assert not any("Kanariepiet" in call.text for call in phone.telegram.calls)


@pytest.mark.parametrize("chat", [ANNE, LEAD])
async def test_nothing_of_a_moment_of_ones_own_is_on_the_disk(house, phone, watch, chat):
    """Every statement, some themes, steps back and stops; a member and a lead."""
    await phone.send(chat, "/ikhebeven")
    before = house.everything()
    start = phone.last(chat).buttons
    await phone.tap(chat, start["Start"])
    scores = phone.last(chat).buttons
    for score, data in itertools.islice(scores.items(), 6):
        assert score
        await phone.tap(chat, data)
        for label in ("Elkaar kennen", "Serieus", "Terug", "Klaar", "Stop"):
            fitting = next((d for shown, d in phone.last(chat).buttons.items() if shown.startswith(label)), None)
            if fitting:
                await phone.tap(chat, fitting)
            watch.look()
    assert house.everything() == before
    assert watch.sightings == set()


async def test_nothing_of_a_free_topic_is_on_the_disk(house, phone, watch):
    """What is typed goes out of the chat, and is nowhere."""
    await phone.send(ANNE, "/ikhebeven")
    before = tables(house)
    await phone.tap_label(ANNE, texts.SOMETHING_ELSE)
    for _ in range(2):
        await phone.send(ANNE, TYPED)
        watch.look()
    assert tables(house) == before
    assert watch.sightings == set()
    assert len(phone.telegram.of("deleteMessage")) == 2


async def test_rows_tell_not_who_played_it_and_who_would_rather_not(house, phone, watch):
    """Two newcomers, one plays and one does not: the same rows for both, but for their ids."""
    house.invite(NEW + 1)
    house.describe(NEW + 1, sector="overig", function="preschool_worker", tenure="short")
    outbox = Outbox(phone.desk, pace=Pace(sleep=no_wait))
    for chat in (NEW, NEW + 1):
        house.clock.moment = house.deliveries("newcomer", house.memberships[chat])[0].due_at
        await outbox.drain()
    for label in ("Start", "Ja", "Ja", "Ja", "Ja", "Verder"):
        await phone.tap_label(NEW, label)
    await phone.tap_label(NEW + 1, texts.RATHER_NOT)

    def told(chat):
        rows = house.deliveries("newcomer", house.memberships[chat])
        return [(each.state, each.attempts, each.valid_until - each.due_at) for each in rows]

    assert told(NEW) == told(NEW + 1)
    assert house.everything()["form"] == []


async def test_a_handover_is_on_the_disk_only_while_it_is_on_its_way(house, phone, watch):
    """The draft and the note are there to be found; delivered or dropped, no byte of the text is left."""
    leaves(house, ANNE)
    outbox = Outbox(phone.desk, pace=Pace(sleep=no_wait))
    await outbox.drain()
    for label in ("Start", "Ja", "Bij de JGZ", "Klaar"):
        await phone.tap_label(ANNE, label)
    await phone.send(ANNE, "De praktijk op zaterdag")
    await phone.tap_label(ANNE, "Nog niet")
    watch.look()
    assert watch.sightings  # the draft is seen, so seeing nothing later means something
    await phone.tap_label(ANNE, texts.GIVE_ON)
    await outbox.drain()
    assert "zaterdag" in phone.last(BRAM).text
    tidy(house.deps)
    watch.sightings.clear()
    watch.look()
    assert watch.sightings == set()
