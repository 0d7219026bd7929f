"""Sending what is due: what becomes of a row when Telegram answers this or that, and how fast it goes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import TimedOut

from bot.chat import maandbeeld as room
from bot.chat import outbox as outbox_module
from bot.chat.outbox import BATCH, Outbox
from bot.chat.pace import Pace
from bot.usecases.send_due import LEASE, MOST_TRIES, SOON, mark_sent
from storage.errors import Unavailable
from tests.support.house import AMSTERDAM, ANNE, BRAM, HOUR, LEAD, open_house
from tests.support.played import played_once
from tests.support.telegram import refused

BLOCKED = refused(403, "Forbidden: bot was blocked by the user")


@played_once
def about(house):
    return house.open_round()


class Stuck:
    """A pause that never ends: whoever waits for a turn is still waiting when the process dies."""

    async def __call__(self, _seconds):
        await asyncio.Event().wait()


def at_local(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def states(house, about, kind="prompt"):
    return {
        house.read(lambda work, row=row: work.people.get(row.person_id)).chat_id: row
        for row in house.deliveries(kind, about.id)
    }


async def test_what_is_due_goes_out_once(house, phone, outbox, about):
    """Each person one message with Start and the snoozes; a second drain sends nothing."""
    assert await outbox.drain() == 2
    assert await outbox.drain() == 0
    sent = phone.telegram.of("sendMessage")
    assert {call.chat_id for call in sent} == {ANNE, BRAM}
    assert all("Vertrouwen en respect" in call.text for call in sent)
    assert "Start" in sent[0].buttons
    assert {row.state for row in states(house, about).values()} == {"sent"}


async def test_what_was_sent_is_written_down_however_long_that_takes(house, phone, outbox, about, monkeypatch):
    """The database is locked right after the call: nobody gets it twice, and it counts as sent once."""
    locked = [Unavailable("op slot")] * 5

    def mark(deps, *, delivery_id):
        if locked:
            raise locked.pop()
        mark_sent(deps, delivery_id=delivery_id)

    monkeypatch.setattr(outbox_module, "mark_sent", mark)
    monkeypatch.setattr(outbox_module, "SETTLED_AFTER", 0.0)
    assert await outbox.drain() == 2
    assert {row.state for row in states(house, about).values()} == {"sent"}
    assert len(phone.telegram.of("sendMessage")) == 2
    assert b'stilstaan_sends_total{outcome="sent"} 2.0' in phone.desk.vitals.page()


@pytest.mark.parametrize(
    "refusal",
    [
        BLOCKED,
        refused(403, "Forbidden: user is deactivated"),
        refused(400, "Bad Request: chat not found"),
        refused(400, "Bad Request: PEER_ID_INVALID"),
    ],
    ids=["blocked", "deactivated", "not found", "peer"],
)
async def test_an_unreachable_chat_is_tried_exactly_once(house, phone, outbox, about, refusal):
    """Marked, and never tried again until its /start; the other is served."""
    phone.telegram.trouble["sendMessage"].append(refusal)
    assert await outbox.drain() == 1
    unreachable = next(chat for chat, row in states(house, about).items() if row.state == "unreachable")
    assert not house.person(unreachable).reachable
    house.clock.moment = about.remind_at
    await outbox.drain()
    assert sum(call.chat_id == unreachable for call in phone.telegram.of("sendMessage")) == 1
    await phone.send(unreachable, "/start")
    assert house.person(unreachable).reachable


async def test_a_chat_that_moved_gets_its_message_there(house, phone, outbox, about):
    """Telegram tells the new number: the person keeps it and the message arrives."""
    moved = refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=888)
    phone.telegram.trouble["sendMessage"].append(moved)
    assert await outbox.drain() == 2
    assert phone.telegram.of("sendMessage")[-1].chat_id == 888
    assert house.person(888) is not None
    assert {row.state for row in house.deliveries("prompt", about.id)} == {"sent"}


async def test_too_many_requests_postpones_without_losing(house, phone, outbox, about, time):
    """The row is due again after the pause; nothing at all is called during it."""
    begun = time.now
    phone.telegram.trouble["sendMessage"].append(refused(429, "Too Many Requests", retry_after=30))
    assert await outbox.drain() == 1
    assert time.now - begun >= 30
    waiting = [row for row in states(house, about).values() if row.state == "pending"]
    assert [(row.due_at - house.clock.now()).total_seconds() for row in waiting] == [30]
    house.clock.pass_(HOUR / 60)
    assert await outbox.drain() == 1


async def test_a_message_that_may_have_arrived_comes_once_more(house, phone, outbox, about):
    """A timeout says nothing: the same words again a minute later."""
    phone.telegram.trouble["sendMessage"].append(TimedOut())
    assert await outbox.drain() == 1
    assert await outbox.drain() == 0
    house.clock.pass_(SOON)
    assert await outbox.drain() == 1
    first, *_, last = phone.telegram.of("sendMessage")
    assert (first.chat_id, first.given) == (last.chat_id, last.given)


async def test_a_message_that_telegram_refuses_does_not_stop_the_others(house, phone, outbox, about):
    """Our mistake in one message: it waits an hour, the rest goes on."""
    phone.telegram.trouble["sendMessage"].append(refused(400, "Bad Request: can't parse entities"))
    assert await outbox.drain() == 1
    assert await outbox.drain() == 0
    assert sorted(row.state for row in states(house, about).values()) == ["pending", "sent"]


async def test_a_message_that_stays_refused_fails_at_last(house, phone, outbox, about):
    """Five tries, an hour apart; then never again."""
    trouble = phone.telegram.trouble["sendMessage"]
    trouble.extend([refused(400, "Bad Request: can't parse entities")] * 2 * MOST_TRIES)
    for _ in range(MOST_TRIES + 1):
        await outbox.drain()
        house.clock.pass_(HOUR)
    assert len(phone.telegram.of("sendMessage")) == 2 * MOST_TRIES
    assert {row.state for row in states(house, about).values()} == {"failed"}


REMINDER_TROUBLE = {
    "blocked": BLOCKED,
    "refused": refused(400, "Bad Request: can't parse entities"),
    "no chat": refused(400, "Bad Request: chat not found"),
    "uncertain": TimedOut(),
    "too many": refused(429, "Too Many Requests", retry_after=30),
    "moved": refused(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=888),
}


@pytest.mark.parametrize("trouble", REMINDER_TROUBLE.values(), ids=REMINDER_TROUBLE.keys())
async def test_a_reminder_that_fails_does_not_tell_who_had_not_answered(house, phone, outbox, about, trouble):
    """Whatever Telegram says, all rows are equal in every column; a pause and a move are answered by one more try."""
    await outbox.drain()
    house.answer(ANNE, about.id)
    house.clock.moment = about.remind_at
    phone.telegram.trouble["sendMessage"].append(trouble)
    begun = len(phone.telegram.of("sendMessage"))
    again = trouble in (REMINDER_TROUBLE["too many"], REMINDER_TROUBLE["moved"])
    assert await outbox.drain() == (2 if again else 1)
    house.clock.pass_(HOUR)
    assert await outbox.drain() == 0
    assert len(phone.telegram.of("sendMessage")) - begun == (2 if again else 1)
    columns = "state, attempts, due_at, valid_until, lease_until, finished_at"
    assert len(set(house.rows(f"SELECT {columns} FROM delivery WHERE kind = 'reminder'"))) == 1  # noqa: S608 - our own


class Crash(BaseException):
    """The process is gone between two lines."""


async def test_a_crash_while_sending_sends_again_and_loses_nothing(house, phone, outbox, about):
    """Leased, sent and not marked: after the lease somebody sends it again (at least once)."""
    phone.telegram.trouble["sendMessage"].append(Crash())
    with pytest.raises(Crash):
        await outbox.drain()
    house.clock.pass_(HOUR)
    await asyncio.sleep(0.01)
    await outbox.drain()
    assert {row.state for row in states(house, about).values()} == {"sent"}


async def test_after_a_crash_the_next_process_goes_on_at_once(house, phone, outbox, about, time):
    """What was never called goes now; what may have arrived goes once more a minute later, however often it falls."""
    phone.telegram.trouble["sendMessage"].append(Crash())
    crashing = Outbox(phone.desk, pace=Pace(28, now=time, sleep=Stuck()))
    with pytest.raises(Crash):
        await crashing.drain()
    assert sorted(row.state for row in states(house, about).values()) == ["leased", "sending"]
    for _ in range(3):
        house.clock.pass_(SOON / 2)
        young = Outbox(phone.desk, pace=Pace(28, now=time, sleep=time.sleep))
        await young.drain()
        assert sorted(row.state for row in states(house, about).values()) == ["sending", "sent"]
    house.clock.pass_(2 * SOON)
    assert await young.drain() == 1
    assert len(phone.telegram.of("sendMessage")) == 3
    assert {row.attempts for row in states(house, about).values()} == {1, 2}


@pytest.fixture
def calls(house, phone, about, monkeypatch):
    """What the rows of the round are at each call, and what a call waits for before it is answered."""
    seen, waits = [], []
    send = phone.bot.send_message

    async def slow(chat_id, *arguments, **keywords):
        seen.append(sorted(row.state for row in states(house, about).values()))
        await waits[0](len(seen))
        return await send(chat_id, *arguments, **keywords)

    monkeypatch.setattr(type(phone.bot), "send_message", lambda _bot, *given, **named: slow(*given, **named))
    return seen, waits


async def test_one_call_at_a_time_unless_it_is_slow(phone, calls, monkeypatch):
    """The second person is not called while the first call is unanswered; after a while it is."""
    monkeypatch.setattr(outbox_module, "SLOW", 0.05)
    monkeypatch.setattr(outbox_module, "CAREFUL", 0)
    seen, waits = calls
    second = asyncio.Event()

    async def until_the_second(number):
        if number == 2:
            second.set()
        await second.wait()

    waits.append(until_the_second)
    assert await Outbox(phone.desk, pace=Pace()).drain() == 2
    assert seen == [["leased", "sending"], ["sending", "sending"]]


async def test_the_first_calls_of_a_process_wait_for_each_other(phone, calls, monkeypatch):
    """However slow each is, so that a bot that is killed soon after its start leaves one message uncertain."""
    monkeypatch.setattr(outbox_module, "SLOW", 0.0)
    seen, waits = calls
    waits.append(lambda _number: asyncio.sleep(0.05))
    assert await Outbox(phone.desk, pace=Pace(1000)).drain() == 2
    assert seen == [["leased", "sending"], ["sending", "sent"]]


async def test_beside_another_sender_nothing_is_taken_back(house, phone, outbox, about, time):
    """A second process leaves the leases of the first alone; they lapse by themselves."""
    other = open_house(house.folder)
    assert other.storage.sender.is_this_process()
    house.read(
        lambda work: (work.deliveries.lease(house.clock.now(), until=house.clock.now() + LEASE, limit=9), work.commit())
    )
    assert await outbox.drain() == 0
    other.storage.sender.release()
    other.storage.engine.dispose()
    assert await outbox.drain() == 2


async def test_a_pause_that_lasts_past_six_sends_nothing_in_the_evening(house, phone, outbox, about, time):
    """Telegram asked to wait until after working hours: the rest goes the next working morning."""
    house.clock.moment = at_local("2026-11-03 17:59")
    phone.telegram.trouble["sendMessage"].append(refused(429, "Too Many Requests", retry_after=120))

    async def sleep(seconds):
        house.clock.pass_(timedelta(seconds=seconds))
        await time.sleep(seconds)

    late = Outbox(phone.desk, pace=Pace(28, now=time, sleep=sleep))
    assert await late.drain() == 0
    assert len(phone.telegram.of("sendMessage")) == 1
    house.clock.moment = at_local("2026-11-04 08:00")
    assert await late.drain() == 2


async def test_what_stays_uncertain_is_tried_less_and_less_often(house, phone, outbox, about):
    """After a minute, two, four and so on, to half an hour at most; and never given up while it is valid."""
    phone.telegram.trouble["sendMessage"].extend([TimedOut()] * 16)
    waits = []
    for _ in range(8):
        assert await outbox.drain() == 0
        due = min(row.due_at for row in states(house, about).values())
        waits.append((due - house.clock.now()).total_seconds() / 60)
        house.clock.moment = max(row.due_at for row in states(house, about).values())
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert await outbox.drain() == 2


async def test_one_chat_that_must_wait_long_does_not_hold_the_drain(house, phone, outbox, about, time):
    """Its row waits in the outbox, the drain ends, and the other was served."""
    time.pauses(outbox._pace, chat_id=ANNE, seconds=3600)
    begun = time.now
    assert await outbox.drain() == 1
    assert time.now - begun < 5
    assert [call.chat_id for call in phone.telegram.of("sendMessage")] == [BRAM]
    house.clock.pass_(HOUR)
    time.now += 3600
    assert await outbox.drain() == 1


async def test_who_answered_gets_no_reminder_and_the_row_ends_alike(house, phone, outbox, about):
    """No call for who answered; both rows are done."""
    await outbox.drain()
    house.answer(ANNE, about.id)
    house.clock.moment = about.remind_at
    await outbox.drain()
    assert [call.chat_id for call in phone.telegram.of("sendMessage")[2:]] == [BRAM]
    assert {row.state for row in states(house, about, "reminder").values()} == {"done"}


async def test_the_honest_sentence_reaches_members_and_lead(house, phone, outbox, about):
    """Three people, one text, no buttons."""
    await outbox.drain()
    house.close(about)
    assert await outbox.drain() == 3
    said = phone.telegram.of("sendMessage")[-3:]
    assert {call.chat_id for call in said} == {ANNE, BRAM, LEAD}
    assert len({call.text for call in said}) == 1
    assert not any(call.buttons for call in said)


async def test_a_maandbeeld_comes_as_picture_and_words(house, phone, outbox):
    """To the lead with the share button; after sharing to the members without it."""
    house.members(5)
    about = house.open_round()
    for chat in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat, about.id)
    house.close(about)
    house.maandbeeld()
    await outbox.drain()
    (picture,) = phone.telegram.of("sendPhoto")
    assert picture.chat_id == LEAD
    words = phone.telegram.shown(LEAD)[-1]
    assert set(words.buttons) == {"Als PDF", "Als tabel", "Reageer", "Onze stap", "Waar staan we?", "Deel met het team"}
    await phone.tap_label(LEAD, "Deel met het team")
    await phone.tap_label(LEAD, "Ja, deel met het team")
    await outbox.drain()
    assert len(phone.telegram.of("sendPhoto")) == 7
    assert set(phone.telegram.shown(ANNE)[-1].buttons) == {"Als PDF", "Als tabel"}


@played_once
def written(house):
    """A maandbeeld waits for the lead."""
    house.members(5)
    about = house.open_round()
    for chat in (ANNE, BRAM, 1000, 1001, 1002):
        house.answer(chat, about.id)
    house.close(about)
    return house.maandbeeld()


async def test_a_picture_that_telegram_refuses_does_not_keep_the_words(house, phone, outbox, written):
    """The words come without it, once."""
    phone.telegram.trouble["sendPhoto"].append(refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    await outbox.drain()
    assert "Deel met het team" in phone.telegram.shown(LEAD)[-1].buttons
    assert {row.state for row in house.deliveries("maandbeeld", written)} == {"sent"}


async def test_a_picture_that_cannot_be_drawn_does_not_stop_the_others(house, phone, outbox, written, monkeypatch):
    """The maandbeeld waits an hour; what else was due goes out."""

    def fails(_maandbeeld):
        raise OSError("no font")

    monkeypatch.setattr(room, "picture", fails)
    house.open_round()
    assert await outbox.drain() == 5
    assert {row.state for row in house.deliveries("maandbeeld", written)} == {"pending"}


async def test_a_drain_takes_more_than_one_batch(house, phone, outbox):
    """All that is due, however much."""
    house.members(BATCH + 5)
    house.open_round()
    assert await outbox.drain() == BATCH + 5


async def test_the_next_messages_are_made_while_these_go_out(house, phone, outbox, monkeypatch):
    """Before the last of a batch goes, the rows of the next one are taken: between two batches nobody waits."""
    house.members(BATCH + 5)
    about = house.open_round()
    send, waiting = phone.bot.send_message, []

    async def counted(*given, **named):
        waiting.append(sum(row.state == "pending" for row in states(house, about).values()))
        return await send(*given, **named)

    monkeypatch.setattr(type(phone.bot), "send_message", lambda _bot, *given, **named: counted(*given, **named))
    assert await outbox.drain() == BATCH + 5
    assert waiting[BATCH - 1] == 0
