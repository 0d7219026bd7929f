"""Every picture in the documents is there, is small, is described in words, and is used."""

from __future__ import annotations

import re

import pytest
from PIL import Image

from tests.docs.conftest import DOCUMENTS, ROOT, name_of

PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
MOST_BYTES = 80_000
SHORTEST_WORDS = 5
"""Words of an alt text that says what is to be seen."""
PICTURES = [(path, words, link) for path in DOCUMENTS for words, link in PICTURE.findall(path.read_text())]


@pytest.mark.parametrize(("path", "words", "link"), PICTURES, ids=lambda each: getattr(each, "name", None))
def test_a_picture_is_there_small_and_described(path, words, link):
    """A whole picture, at most 80 kB, with a sentence for who does not see it."""
    file = path.parent / link
    assert file.is_file(), f"{name_of(path)}: {link}"
    assert file.stat().st_size <= MOST_BYTES, f"{link}: {file.stat().st_size}"
    with Image.open(file) as picture:
        picture.verify()
    assert len(words.split()) >= SHORTEST_WORDS, f"{link}: {words!r}"


def test_no_picture_lies_there_for_nothing():
    """A picture that no document shows would be forgotten when the product changes."""
    shown = {(path.parent / link).resolve() for path, _, link in PICTURES}
    assert shown
    assert shown == set((ROOT / "docs" / "beelden").iterdir())
