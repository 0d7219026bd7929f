"""The pool of shared texts: sealed, padded with empty boxes, in an order that tells nothing."""

from __future__ import annotations

import sqlite3

import pytest
from nacl.public import PrivateKey

from dialogues.guarding.cleaning import LONGEST_TEXT
from storage.database import checkpoint
from storage.errors import BrokenSeal, Conflict, TooLong
from storage.pool import MAX_TEXT, Batch, SharedText, open_text, seal_texts
from storage.sizes import POOLED_SIZE
from tests.storage.builders import team

PRIVATE = PrivateKey.generate()
PUBLIC = bytes(PRIVATE.public_key)


@pytest.fixture
def with_team(storage):
    with storage.begin() as work:
        if work.teams.get("team") is None:
            work.teams.add(team())
            work.commit()
    return storage


def batch(*words, number=1, boxes=0, key_id="key"):
    texts = [SharedText(each) for each in words]
    return Batch(
        team_id="team",
        number=number,
        key_id=key_id,
        boxes=seal_texts(texts, public_key=PUBLIC, boxes=boxes or len(words)),
    )


def test_every_text_and_every_empty_box_has_one_size():
    """A long text, a short one and none cannot be told apart without the key."""
    boxes = seal_texts([SharedText("x" * LONGEST_TEXT, example=True), SharedText("x")], public_key=PUBLIC, boxes=6)
    assert {len(box) for box in boxes} == {POOLED_SIZE}
    opened = [open_text(box, PRIVATE) for box in boxes]
    assert opened == [SharedText("x" * LONGEST_TEXT, example=True), SharedText("x"), None, None, None, None]


@pytest.mark.parametrize("sign", ["x", "é", "€", "😀", '"', "\\"])
def test_the_longest_text_of_any_sign_fits(sign):
    """280 characters, however many bytes they take."""
    text = SharedText(sign * LONGEST_TEXT)
    (box,) = seal_texts([text], public_key=PUBLIC, boxes=1)
    assert open_text(box, PRIVATE) == text


def test_what_does_not_fit_is_refused():
    """Too many bytes, and more texts than boxes."""
    with pytest.raises(TooLong):
        seal_texts([SharedText("x" * MAX_TEXT)], public_key=PUBLIC, boxes=1)
    with pytest.raises(ValueError, match="more texts than boxes"):
        seal_texts([SharedText("x")] * 2, public_key=PUBLIC, boxes=1)


def test_another_key_opens_nothing():
    """Only the key of the batch does."""
    (box,) = batch("x").boxes
    with pytest.raises(BrokenSeal):
        open_text(box, PrivateKey.generate())


def test_batches_stay_apart_until_they_are_destroyed(with_team):
    """Two rounds of a team, each with its own key; destroying one leaves the other."""
    with with_team.begin() as work:
        work.pool.add(batch("een", "twee", number=1, boxes=4, key_id="a"))
        work.pool.add(batch("drie", number=2, boxes=4, key_id="b"))
        assert work.pool.key_ids() == {"a", "b"}
        first, second = work.pool.of_team("team")
        assert (first.number, second.number) == (1, 2)
        texts = {open_text(box, PRIVATE) for box in first.boxes}
        assert texts == {SharedText("een"), SharedText("twee"), None}
        work.pool.destroy(first)
        assert work.pool.of_team("team") == (second,)
        assert work.pool.key_ids() == {"b"}


def test_a_release_waits_for_one_maandbeeld(with_team):
    """One for a team at a time, and gone when it is dropped."""
    with with_team.begin() as work:
        assert work.text_releases.get("team") is None
        work.text_releases.put("team", "{}")
        assert work.text_releases.get("team") == "{}"
        work.text_releases.drop("team")
        assert work.text_releases.get("team") is None
        work.text_releases.put("team", "[]")
        with pytest.raises(Conflict):
            work.text_releases.put("team", "[]")


@pytest.mark.sqlite
def test_neither_order_nor_place_on_the_disk_tells_who_came_first(with_team, tmp_path):
    """Attack A7: over 500 texts put in as they arrived, by key, by physical place and after a VACUUM."""
    arrived = [f"tekst nummer {number}" for number in range(500)]
    with with_team.begin() as work:
        work.pool.add(batch(*arrived))
        work.commit()
    for vacuumed in (False, True):
        checkpoint(with_team.engine)
        connection = sqlite3.connect(tmp_path / "data" / "test.db")
        if vacuumed:
            connection.execute("VACUUM")
            connection.commit()
        rows = connection.execute("SELECT place, sealed FROM text_pool ORDER BY place").fetchall()
        connection.close()
        rank = {place: arrived.index(open_text(box, PRIVATE).words) for place, box in rows}
        content = (tmp_path / "data" / "test.db").read_bytes()
        logical = [rank[place] for place, _ in rows]
        physical = [rank[place] for place in sorted(rank, key=content.index)]
        assert abs(spearman(logical)) <= 0.2
        assert abs(spearman(physical)) <= 0.2


@pytest.mark.thorough
def test_over_many_batches_the_order_of_arrival_is_gone(with_team):
    """The mean over 40 batches of 60 stays below 0.1, where one in order of arrival would give 1."""
    arrived = [f"tekst {number}" for number in range(60)]
    found = []
    for number in range(40):
        with with_team.begin() as work:
            work.pool.add(batch(*arrived, number=number))
            (stored,) = work.pool.of_team("team")
            found.append(spearman([arrived.index(open_text(box, PRIVATE).words) for box in stored.boxes]))
    assert abs(sum(found) / len(found)) <= 0.1
    assert spearman(list(range(60))) == 1


def spearman(ranks):
    """Rank correlation between a list and the order it stands in."""
    number = len(ranks)
    return 1 - 6 * sum((rank - place) ** 2 for place, rank in enumerate(ranks)) / (number * (number**2 - 1))
