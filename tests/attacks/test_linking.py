"""The linking program itself: it finds what is there to be found, and is not fooled by chance."""

from __future__ import annotations

import hashlib
import random

from tests.attacks.a07_residue import spearman
from tests.attacks.linking import Someone, canaries, guess, signals, together

PEOPLE = [Someone(f"persoon-{number:03}", 1000 + number) for number in range(90)]
CHANCE = random.Random(7)
ANSWERS = {each.id: CHANCE.choice("1234") for each in PEOPLE}


def guessed(rows):
    return guess(signals(rows, PEOPLE), ANSWERS, chance=random.Random(7))


def test_an_answer_beside_a_person_is_found():
    """In the same row."""
    rows = [("answer", (("person", each.id), ("score", ANSWERS[each.id]))) for each in PEOPLE]
    assert guessed(rows).share > 0.95


def test_an_answer_at_a_plain_hash_is_found():
    """Of the id, with and without a salt that lies in the same database."""
    for salt in (b"", b"ronde"):
        slots = {each.id: hashlib.sha256(salt + each.id.encode()).digest() for each in PEOPLE}
        rows = [
            ("box", (("slot", slots[each.id]), ("sealed", b"\x00\x01gekozen is: " + ANSWERS[each.id].encode())))
            for each in PEOPLE
        ]
        assert guessed([("round", (("id", "ronde"),)), *rows]).share > 0.95


def test_answers_in_the_order_of_people_are_found():
    """Two tables without anything in common but the order in which they were filled."""
    rows = [("asked", (("person", each.id),)) for each in PEOPLE]
    rows += [("answer", (("id", f"{number}x"), ("score", ANSWERS[each.id]))) for number, each in enumerate(PEOPLE)]
    assert guessed(rows).share > 0.95


def test_where_there_is_nothing_it_guesses_the_usual_answer():
    """Shuffled, and closed: exactly as good as the plain guess, and no signal is used."""
    noise = random.Random(8)
    rows = [("asked", (("person", each.id), ("at", noise.randrange(5)))) for each in PEOPLE]
    rows += [("box", (("slot", noise.randbytes(32)), ("sealed", noise.randbytes(200)))) for _ in PEOPLE]
    found = guessed(rows)
    assert (found.used, found.above) == ((), 0)


def test_what_changes_together_is_linked_over_pairs():
    """One mark and one row between two copies; two of each between two others link nobody."""

    def mark(at):
        return ("flag", (("person", PEOPLE[at].id),))

    def row(at):
        return ("answer", (("id", str(at)), ("score", "4")))

    copies = [
        frozenset(),
        frozenset({mark(0), row(0)}),
        frozenset({mark(at) for at in range(3)} | {row(at) for at in range(3)}),
    ]
    _, linked, pairs = together(copies, PEOPLE)
    assert pairs == 3
    assert linked == {PEOPLE[0].id: row(0)}


def test_canaries_are_counted_in_any_file(tmp_path):
    """Below the folder, as bytes."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.bin").write_bytes(b"\0kanarie\0kanarie")
    assert canaries(tmp_path, looked_for=("kanarie", "merel")) == {"kanarie": 2}


def test_the_measure_of_order():
    """The same, the reverse, and in between."""
    assert spearman([1, 2, 3, 4], [10, 20, 30, 40]) == 1
    assert spearman([1, 2, 3, 4], [40, 30, 20, 10]) == -1
    assert abs(spearman([1, 2, 3, 4], [2, 4, 1, 3])) < 0.3
