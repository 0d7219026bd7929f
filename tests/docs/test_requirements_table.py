"""docs/eisen.md: every requirement once, and nothing named there that does not exist."""

from __future__ import annotations

import re

from tests.docs.conftest import ROOT, rows

SIZES = {"A": 9, "B": 6, "C": 7, "D": 9, "E": 9, "F": 7, "G": 8, "H": 7, "I": 9, "J": 14}
"""How many requirements each chapter has."""
TEXT = (ROOT / "docs" / "eisen.md").read_text()
TABLE = rows(TEXT)
STATES = ("ja", "deels", "nog niet")


def state_of(status: str) -> str:
    """The state at the start of the last column."""
    return status.partition(":")[0]


def test_every_requirement_stands_there_once_and_in_order():
    """85 rows, none twice, none left out."""
    wanted = [f"{chapter}{number}" for chapter, size in SIZES.items() for number in range(1, size + 1)]
    assert [row[0] for row in TABLE] == wanted
    assert {len(row) for row in TABLE} == {5}


def test_each_has_a_state_and_says_what_is_missing():
    """Done says no more; partly says what is missing; not yet names no place and no test."""
    for number, _, place, test, status in TABLE:
        state = state_of(status)
        assert state in STATES, number
        assert (place == test == "–") == (state == "nog niet"), number
        assert ("–" in {place, test}) == (state == "nog niet"), number
        assert bool(re.match(r"deels: \w", status)) == (state == "deels"), number


def test_every_place_exists():
    """A named file is there; a renamed one is mended in the same commit."""
    places = {name for row in TABLE for name in re.findall(r"`([^`]+)`", row[2])}
    assert places
    assert not [name for name in places if not (ROOT / name).is_file()]


def test_every_test_exists():
    """A named test is in its file, by its whole name."""
    named = {name for row in TABLE for name in re.findall(r"`([^`]+)`", row[3])}
    assert named
    for name in named:
        file, _, function = name.partition("::")
        text = (ROOT / file).read_text() if (ROOT / file).is_file() else ""
        assert re.search(rf"^(?:async )?def {function}\(", text, re.MULTILINE), name


def test_the_sum_at_the_top_is_right():
    """How many are done, partly done and not there."""
    states = [state_of(row[4]) for row in TABLE]
    told = {state: int(number) for number, state in re.findall(r"(\d+) keer (ja|deels|nog niet)", TEXT)}
    assert told == {state: states.count(state) for state in STATES}
