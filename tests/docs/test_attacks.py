"""docs/aanvallen.md tells every row of the attack table, with the marks of the program."""

from __future__ import annotations

import re

from tests.attacks.rows import ATTACKS, measured
from tests.attacks.table import DOCUMENT, UNKNOWN, read, write

TEXT = DOCUMENT.read_text()


def test_the_table_has_every_row_with_its_own_mark():
    """Titles and pass marks are those of the program; writing what was read changes nothing."""
    assert write(TEXT, read(TEXT)) == TEXT
    for row, attack in ATTACKS.items():
        assert f"| {row} | {attack.title} | {attack.limit} |" in TEXT


def test_a_row_tells_a_figure_only_when_something_measures_it():
    """A figure comes with a day and a commit; a row without one says that it is not measured yet."""
    there = measured()
    for row, each in read(TEXT).items():
        assert not each.is_measured or row in there, f"{row} has a figure, and nothing that measures it"
        if each.is_measured:
            assert each.figure != "-"
            assert re.fullmatch(r"\d\d-\d\d-\d{4}", each.day), row
            assert re.fullmatch(r"[0-9a-f]{10}( en wijzigingen)?", each.commit), row
        else:
            assert (each.outcome, each.day, each.commit) == (UNKNOWN, "-", "-"), row
