"""Texts of dialogues are kept once per version, for as long as something needs them."""

from __future__ import annotations

from storage.texts import DialogueTexts
from tests.storage.builders import round_


def test_a_text_is_kept_once_and_found_by_its_digest(storage):
    """The same text twice is one text; an unknown digest is None."""
    with storage.begin() as work:
        digest = work.texts.keep("één tekst")
        assert work.texts.keep("één tekst") == digest
        assert work.texts.get(digest) == "één tekst"
        assert work.texts.get("0" * 64) is None
        assert isinstance(work.texts, DialogueTexts)


def test_a_text_goes_when_no_round_needs_it(storage):
    """What a round names stays; the rest is dropped."""
    with storage.begin() as work:
        needed, idle = work.texts.keep("nodig"), work.texts.keep("niet meer nodig")
        work.rounds.add(round_("round", dialogue_digest=needed))
        assert work.texts.drop_unused() == 1
        assert work.texts.get(needed) == "nodig"
        assert work.texts.get(idle) is None
