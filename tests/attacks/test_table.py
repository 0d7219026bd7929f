"""The frame itself: a missed mark fails, a row that is not measured says so, and the document keeps the rest."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from tests.attacks import rows
from tests.attacks.outcome import Outcome
from tests.attacks.rows import ATTACKS, SEED, play
from tests.attacks.table import BEGIN, END, FAILED, PASSED, UNKNOWN, Told, on_screen, read, told, write

DAY = date(2026, 11, 26)
EMPTY = f"Boven.\n\n{BEGIN}\n{END}\n\nOnder.\n"


def test_a_row_that_misses_a_mark_or_breaks_down_has_failed(monkeypatch):
    """And what was missed stands in the table."""

    def breaks(_size, **_keywords):
        raise ValueError("kapot")

    def misses(_size, **_keywords):
        outcome = Outcome("8 van 9")
        outcome.must(True, "nooit")
        outcome.must(False, "1 te weinig")
        return outcome

    for run, missed in ((breaks, ["ValueError: kapot"]), (misses, ["1 te weinig"])):
        module = SimpleNamespace(run=run, LONG=None, SHORT=None)
        monkeypatch.setattr(rows, "measured", lambda module=module: {"A5": module})
        outcome = play("A5", seed=SEED, short=True)
        assert (outcome.missed, outcome.passed) == (missed, False)
        assert outcome.limit == ATTACKS["A5"].limit
        assert missed[0] in told(outcome, day=DAY, commit="abc").outcome


def test_every_row_is_in_the_table_and_what_is_not_measured_says_so():
    """Nothing is left out because it is not there yet."""
    text = write(EMPTY, {"A3": told(Outcome("12 pogingen"), day=DAY, commit="0123456789")})
    known = read(text)
    assert list(known) == list(ATTACKS) == [f"A{number}" for number in range(1, 18)]
    assert known["A3"] == Told("12 pogingen", PASSED, "26-11-2026", "0123456789")
    assert {each.outcome for row, each in known.items() if row != "A3"} == {UNKNOWN}
    assert text.startswith("Boven.")
    assert text.endswith("Onder.\n")
    assert on_screen(known, heading="").row_count == 17
    assert known["A5"].figure == "-"


def test_measuring_one_row_leaves_the_others_as_they_were():
    """Each row has its own date and commit."""
    first = write(EMPTY, {"A3": told(Outcome("12 | pogingen"), day=DAY, commit="a")})
    known = read(first)
    known["A4"] = told(Outcome("x", missed=["te hoog"]), day=DAY, commit="b")
    second = read(write(first, known))
    assert second["A3"] == Told("12 / pogingen", PASSED, "26-11-2026", "a")
    assert second["A4"].outcome == f"{FAILED}: te hoog"


def test_a_document_without_its_marks_is_refused():
    """Better no table than one in the wrong place."""
    with pytest.raises(ValueError, match="marks"):
        read("Alleen tekst.")
