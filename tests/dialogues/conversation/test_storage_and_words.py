"""What a dialogue says about keeping fits what may be kept, and what has no word is not asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogues.conversation.definition import OpenText, Phrase, Storage, When
from tests.dialogues.conversation.samples import LIBRARY, dialogue, plain
from tests.support.player import Player
from tests.support.shipped import shipped

LABELS = LIBRARY.labels
TALK = dialogue("talk", plain("first"), OpenText(id="open", phrases=(Phrase("Wat nog?"),)))


@pytest.mark.parametrize(
    ("storage", "stopped", "about_text"),
    [
        (Storage.ENVELOPE, LABELS.stopped, LABELS.text_not_kept),
        (Storage.NOTHING, LABELS.stopped_unkept, LABELS.text_unkept),
        (Storage.SIGNED, LABELS.stopped_unkept, LABELS.text_signed),
    ],
)
def test_small_print_tells_what_happens_with_the_answer(storage, stopped, about_text) -> None:
    """Nobody is told that an answer counts where nothing is kept, or that a signed text is for them alone."""
    player = Player(replace(TALK, storage=storage)).choose("yes")
    assert player.screen.below.endswith(about_text)
    assert LABELS.reminder_short in player.screen.below
    assert player.stop().screen.question == stopped


@pytest.mark.parametrize("storage", Storage)
def test_who_stops_without_an_answer_is_told_what_is_true(storage) -> None:
    """An earlier answer stays where envelopes are kept, so "nothing was kept" is said only where nothing ever is."""
    expected = LABELS.stopped_empty if storage is Storage.ENVELOPE else LABELS.stopped_unkept
    assert Player(replace(TALK, storage=storage)).stop().screen.question == expected


def test_stopping_before_the_first_tap_does_not_deny_an_earlier_answer() -> None:
    """Who began anew to change an answer and stops at once reads that the earlier one stays."""
    question = Player(shipped().get("trust")).stop().screen.question
    assert "bewaard" not in question
    assert "blijft dat antwoord staan" in question


ABOUT_LAST_TIME = dialogue(
    "last_time",
    plain("first"),
    OpenText(
        id="then",
        phrases=(Phrase("Toen was het {vorige_top3}. En nu?"),),
        when=When(facts=frozenset({"known:vorige_top3"})),
    ),
    plain("after"),
)


@pytest.mark.parametrize(
    ("words", "then"), [({"vorige_top3": "rollen"}, "then"), ({"vorige_top3": ""}, "after"), ({}, "after")]
)
def test_a_question_without_its_word_is_not_asked(words, then) -> None:
    """A placeholder that cannot be filled never reaches a phone: the question waits for a known word."""
    player = Player(ABOUT_LAST_TIME, words=words)
    assert player.screen.progress == ("Vraag 1 van 3" if then == "then" else "Vraag 1 van 2")
    assert player.choose("yes").at == then
    assert "{" not in player.screen.question
