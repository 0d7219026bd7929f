"""docs/aanvallen.md tells every row of the attack table, with the marks of the program."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.attacks.rows import ATTACKS, measured
from tests.attacks.table import DOCUMENT, PASSED, ROOT, read, write

TEXT = DOCUMENT.read_text()


def test_the_table_has_every_row_with_its_own_mark():
    """Titles and pass marks are those of the program; writing what was read changes nothing."""
    assert write(TEXT, read(TEXT)) == TEXT
    for row, attack in ATTACKS.items():
        assert f"| {row} | {attack.title} | {attack.limit} |" in TEXT


def test_every_row_of_the_attack_table_is_there_and_none_failed():
    """The seventeen of the privacy design (part 4), each measured and passed; a failure is mended, not published."""
    rows = re.findall(r"^\| (A\d+) \|", TEXT, re.MULTILINE)
    assert rows == [f"A{number}" for number in range(1, 18)] == list(ATTACKS)
    assert {row: each.outcome for row, each in read(TEXT).items()} == dict.fromkeys(rows, PASSED)


def test_a_row_tells_when_and_with_what_it_was_measured():
    """A figure comes with a day and a commit without changes beside it, so that anybody can measure it again."""
    there = measured()
    for row, each in read(TEXT).items():
        assert row in there, f"{row} has a figure, and nothing that measures it"
        assert each.figure != "-"
        assert re.fullmatch(r"\d\d-\d\d-\d{4}", each.day), row
        assert re.fullmatch(r"[0-9a-f]{10}", each.commit), row


def test_every_commit_named_is_one_of_this_history():
    """Whoever wants to measure a row again can check that very program out."""
    if git("rev-parse", "--is-shallow-repository") != "false":
        pytest.skip("this checkout has no history")
    strangers = {
        row: each.commit
        for row, each in read(TEXT).items()
        if git("merge-base", "--is-ancestor", each.commit, "HEAD") is None
    }
    assert not strangers


def git(*words):
    """What git says of this checkout; None when it says no, or when there is no git or no history."""
    there = shutil.which("git")
    if there is None:
        return None
    done = subprocess.run([there, "-C", ROOT, *words], capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return done.stdout.strip() if done.returncode == 0 else None
