"""The list of weakened rules fits the program; nothing is broken here, `python -m tests.privacy.weakenings` does."""

from __future__ import annotations

from tests.privacy.weakenings.table import DOCUMENT, WEAKENINGS, with_rows

LONGEST = 80


def test_what_is_weakened_is_still_there():
    """Each old text stands in its file exactly once, the new one is still a program, and the test of it exists."""
    assert all(each.applied() for each in WEAKENINGS)
    assert [each.test for each in WEAKENINGS if not each.test_exists()] == []


def test_the_table_tells_what_is_weakened():
    """Written anew it reads the same, and it fits on a few screens."""
    text = DOCUMENT.read_text()
    assert with_rows(text) == text
    assert len(text.splitlines()) <= LONGEST
