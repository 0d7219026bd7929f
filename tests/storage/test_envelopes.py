"""Sealed envelopes and locked sessions: round trips, one size, found only by slot."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, PublicKey, SealedBox

from storage.envelopes import (
    MAX_PAYLOAD,
    MAX_SESSION,
    Payload,
    lock_session,
    open_sealed,
    seal,
    unlock_session,
)
from storage.errors import BrokenSeal, Conflict, TooLong
from tests.storage.builders import NOW, open_round, payload

PRIVATE = PrivateKey.generate()
PUBLIC = bytes(PRIVATE.public_key)
KEY = bytes(range(32))
TODAY = NOW.date()

words = st.text(max_size=12)
payloads = st.builds(
    Payload,
    dialogue=words,
    version=st.integers(1, 99),
    audience=words,
    sector=words,
    answers=st.dictionaries(words, st.lists(words, max_size=3).map(tuple), max_size=6),
)


@given(payloads)
def test_what_is_sealed_comes_out_the_same(given_payload):
    """Any payload, with any characters, survives."""
    assert open_sealed(seal(given_payload, public_key=PUBLIC), PRIVATE) == given_payload


@given(payloads)
def test_every_envelope_has_one_size(given_payload):
    """Neither the number of answers nor their length can be seen from outside."""
    assert len(seal(given_payload, public_key=PUBLIC)) == 2096


def test_the_same_answers_never_look_the_same():
    """Sealing twice gives two boxes that have nothing in common to compare."""
    boxes = {seal(payload(statement="5"), public_key=PUBLIC) for _ in range(20)}
    assert len(boxes) == 20


def test_a_payload_fits_up_to_its_limit():
    """One byte more is refused, with both sizes; nothing is cut off."""
    room = MAX_PAYLOAD - len(
        '{"answers":{"s":[""]},"aside":false,"audience":"practice","dialogue":"trust","example":false,"instead_of":"","sector":"jgz",'
        '"text":"","version":1}'
    )
    fits = payload(s="x" * room)
    assert open_sealed(seal(fits, public_key=PUBLIC), PRIVATE) == fits
    with pytest.raises(TooLong) as caught:
        seal(payload(s="x" * (room + 1)), public_key=PUBLIC)
    assert (caught.value.size, caught.value.limit) == (MAX_PAYLOAD + 1, MAX_PAYLOAD)


def test_another_key_does_not_open_it():
    """Nor does a box that was touched."""
    box = seal(payload(statement="5"), public_key=PUBLIC)
    with pytest.raises(BrokenSeal):
        open_sealed(box, PrivateKey.generate())
    with pytest.raises(BrokenSeal):
        open_sealed(box[:-1] + bytes([box[-1] ^ 1]), PRIVATE)


@pytest.mark.parametrize("content", [b"", b"\0\2{}", b"\0\4null", b"\0\2[]", b'\0\x0e{"answers":{}}', b"\xff\xff{"])
def test_a_box_without_a_payload_is_a_broken_seal(content):
    """Whatever somebody else sealed to the public key, reading it gives one kind of error."""
    with pytest.raises(BrokenSeal):
        open_sealed(SealedBox(PublicKey(PUBLIC)).encrypt(content), PRIVATE)


@given(st.binary(max_size=MAX_SESSION))
def test_a_locked_session_comes_out_the_same_and_has_one_size(data):
    """Any bytes survive; how far somebody is cannot be seen from outside."""
    blob = lock_session(data, key=KEY)
    assert len(blob) == 4136
    assert unlock_session(blob, key=KEY) == data


def test_a_session_that_is_too_long_is_refused():
    """Nothing is cut off."""
    with pytest.raises(TooLong):
        lock_session(bytes(MAX_SESSION + 1), key=KEY)


def test_another_key_does_not_unlock_a_session():
    """A blob of another round, or of nobody, is a broken seal."""
    with pytest.raises(BrokenSeal):
        unlock_session(lock_session(b"stand", key=KEY), key=bytes(32))
    with pytest.raises(BrokenSeal):
        unlock_session(b"too short", key=KEY)


@pytest.fixture
def opened(storage):
    """A unit of work with one open round, and the means to seal for it."""
    with storage.begin() as work:
        record = open_round(storage, work)

        def put(person_id, **answers):
            box = seal(payload(**answers), public_key=record.public_key)
            work.answers.put("round", slot=storage.keys.slot(record.key_id, person_id), sealed=box)

        yield work, put, storage.keys


def test_one_person_has_one_envelope(opened):
    """Answering again replaces the whole envelope: the newest set is what opens."""
    work, put, keys = opened
    put("person-1", statement="1")
    put("person-2", statement="3")
    put("person-1", statement="5", basis="self")
    mine, theirs = (keys.slot("key-of-round", f"person-{number}") for number in (1, 2))
    private = keys.private("key-of-round")
    found = {slot: open_sealed(box, private) for slot, box in work.answers.sealed("round")}
    assert found == {mine: payload(statement="5", basis="self"), theirs: payload(statement="3")}
    assert list(found) == sorted(found)


def test_withdrawing_takes_exactly_one_envelope(opened):
    """It is told whether there was one; the others stay."""
    work, put, keys = opened
    put("person-1", statement="1")
    put("person-2", statement="1")
    mine, theirs = (keys.slot("key-of-round", f"person-{number}") for number in (1, 2))
    assert work.answers.has("round", mine)
    assert work.answers.withdraw("round", mine)
    assert not work.answers.withdraw("round", mine)
    assert not work.answers.has("round", mine)
    assert work.answers.has("round", theirs)


@pytest.mark.parametrize(("slot", "sealed"), [(bytes(31), bytes(2096)), (bytes(32), bytes(2095)), (bytes(32), b"open")])
def test_the_database_takes_only_boxes_of_the_one_size(opened, slot, sealed):
    """What is no envelope is refused by the table itself."""
    work, _, _ = opened
    with pytest.raises(Conflict):
        work.answers.put("round", slot=slot, sealed=sealed)


def test_an_envelope_belongs_to_a_round(opened):
    """A reference to nothing is refused."""
    work, _, _ = opened
    with pytest.raises(Conflict):
        work.answers.put("nothing", slot=bytes(32), sealed=bytes(2096))


def test_a_session_is_kept_per_slot(opened):
    """The last one put; ending it leaves the envelope."""
    work, put, keys = opened
    put("person-1", statement="1")
    slot = keys.slot("key-of-round", "person-1")
    key = keys.of_round("key-of-round").session
    assert work.answers.session("round", slot) is None
    for stand in (b"first", b"second"):
        work.answers.put_session("round", slot=slot, blob=lock_session(stand, key=key), stale_on=TODAY)
    assert unlock_session(work.answers.session("round", slot), key=key) == b"second"
    work.answers.end_session("round", slot)
    assert work.answers.session("round", slot) is None
    assert work.answers.has("round", slot)


def test_a_session_in_the_clear_is_refused(opened):
    """Only a locked blob of the one size fits in the table."""
    work, _, _ = opened
    with pytest.raises(Conflict):
        work.answers.put_session("round", slot=bytes(32), blob=b'{"answers":{}}', stale_on=TODAY)


def test_silent_sessions_are_dropped_from_their_day_on(opened):
    """Not a day earlier, and envelopes stay."""
    work, put, keys = opened
    put("person-1", statement="1")
    blob = lock_session(b"stand", key=KEY)
    for number in (1, 2, 3):
        slot = keys.slot("key-of-round", f"person-{number}")
        work.answers.put_session("round", slot=slot, blob=blob, stale_on=TODAY + timedelta(days=number))
    assert work.answers.drop_stale_sessions(TODAY) == 0
    assert work.answers.drop_stale_sessions(TODAY + timedelta(days=2)) == 2
    assert work.answers.session("round", keys.slot("key-of-round", "person-3")) == blob
    assert len(work.answers.sealed("round")) == 1


def test_destroying_takes_everything_of_one_round(opened, storage):
    """Envelopes and sessions of that round; another round keeps its own."""
    work, put, keys = opened
    open_round(storage, work, "other")
    slot = keys.slot("key-of-round", "person-1")
    put("person-1", statement="1")
    for round_id in ("round", "other"):
        work.answers.put_session(round_id, slot=slot, blob=lock_session(b"", key=KEY), stale_on=date.max)
    work.answers.put("other", slot=slot, sealed=bytes(2096))
    work.answers.destroy("round")
    assert work.answers.sealed("round") == ()
    assert work.answers.session("round", slot) is None
    assert work.answers.has("other", slot)
    assert work.answers.session("other", slot) is not None
