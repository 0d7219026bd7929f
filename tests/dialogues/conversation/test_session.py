"""A session is plain data: what goes into bytes comes out, and other bytes are told from it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.definition import Audience
from dialogues.conversation.session import Session, Written
from dialogues.conversation.way import Way
from dialogues.errors import BrokenSession
from dialogues.guarding.findings import Finding, Kind
from tests.dialogues.conversation.samples import LIBRARY
from tests.support.player import Player

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
FINDINGS = st.lists(st.builds(Finding, st.integers(0, 9), st.integers(10, 99), st.sampled_from(Kind))).map(tuple)
SESSIONS = st.builds(
    Session,
    dialogue=WORDS,
    version=st.integers(1, 99),
    audience=st.sampled_from(Audience),
    number=st.integers(1, 400),
    facts=st.frozensets(WORDS, max_size=4),
    words=st.dictionaries(WORDS, WORDS, max_size=4),
    opening=WORDS,
    sharing=st.booleans(),
    way=st.sampled_from(Way),
    step=WORDS,
    visit=st.integers(1, 10**6),
    path=st.lists(WORDS, max_size=5).map(tuple),
    answers=st.dictionaries(WORDS, st.lists(WORDS, max_size=3).map(tuple), max_size=4),
    switched=st.dictionaries(WORDS, st.integers(0, 99), max_size=4),
    all_shown=st.booleans(),
    typed=st.lists(WORDS, max_size=3).map(tuple),
    last_text=st.integers(0, 2**53),
    text=st.none() | st.builds(Written, WORDS, WORDS, FINDINGS, st.booleans(), st.booleans()),
    ended=st.booleans(),
    stopped=st.booleans(),
)


@given(SESSIONS)
def test_bytes_hold_the_whole_session(session: Session) -> None:
    """Every field of every session survives as bytes, and equal sessions have equal bytes."""
    data = session.to_bytes()
    assert Session.from_bytes(data) == session
    assert Session.from_bytes(data).to_bytes() == data


@given(st.binary(max_size=80))
def test_other_bytes_are_a_broken_session(data: bytes) -> None:
    """Bytes that are no session are told as such, and as nothing else."""
    with pytest.raises(BrokenSession):
        Session.from_bytes(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.sampled_from(["audience", "facts", "path", "typed", "answers", "unknown_field", None]), value=JSON)
def test_a_session_of_another_version_is_broken_or_read(field: str | None, value: object) -> None:
    """A session with another field, or something else in one, is read or told broken; nothing else happens."""
    plain = json.loads(Player(LIBRARY.get("trust")).session.to_bytes())
    data = plain | {field: value} if field else value
    try:
        read = Session.from_bytes(json.dumps(data).encode())
    except BrokenSession:
        return
    assert field != "unknown_field"
    assert isinstance(read, Session)


@pytest.mark.parametrize("field", ["dialogue", "step", "audience", "answers", "path"])
def test_a_session_without_a_field_it_needs_is_broken(field: str) -> None:
    """Half a session is not begun anew in silence."""
    plain = json.loads(Player(LIBRARY.get("trust")).session.to_bytes())
    del plain[field]
    with pytest.raises(BrokenSession):
        Session.from_bytes(json.dumps(plain).encode())


def test_begin_takes_its_own_copy_of_the_words() -> None:
    """Words that change outside afterwards do not change a dialogue that has begun."""
    words = {"periode": "mei", "wijkteam": "het buurtteam"}
    player = Player(LIBRARY.get("trust"), words=words)
    words["periode"] = "juni"
    assert player.session.words["periode"] == "mei"


def test_a_round_number_below_one_is_the_first_round() -> None:
    """Round zero and the first round ask the same open question."""
    assert Player(LIBRARY.get("trust"), number=0).session.number == 1
