"""Walks that somebody played by hand and kept: played again through the dialogue of today, they read the same.

``python -m bot walk ELEMENT --transcript tests/transcripts/walked/NAME.txt`` writes another one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from dialogues.authoring.walks import replay
from tests.support.shipped import shipped

LIBRARY = shipped()
WALKED = sorted((Path(__file__).parent / "walked").glob("*.txt"))


@pytest.mark.parametrize("file", WALKED, ids=lambda file: file.stem)
def test_a_kept_walk_reads_the_same_today(file: Path, *, updating: bool) -> None:
    """The same taps by the same sort of person meet the same words; with the flag the words of today are kept."""
    kept = file.read_text(encoding="utf-8")
    played = replay(LIBRARY, kept)
    if updating:
        file.write_text(played, encoding="utf-8")
        kept = played
    assert played == kept


def test_there_are_walks_to_replay() -> None:
    """The folder was found, and holds a walk on each of the shorter ways."""
    together = "".join(file.read_text(encoding="utf-8") for file in WALKED)
    assert "--way brief" in together
    assert "--way short" in together
