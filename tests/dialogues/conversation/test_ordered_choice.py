"""A choice in order of weight: the first one tapped is the first, and there is a least."""

from __future__ import annotations

from itertools import permutations

import pytest

from dialogues.conversation.definition import MultiChoice, Option
from dialogues.conversation.events import Answered, Ignored, Reason, Refused
from tests.dialogues.conversation.samples import LIBRARY, ask, dialogue, plain
from tests.support.player import Player

TOP = dialogue(
    "top",
    MultiChoice(
        id="top",
        phrases=ask("Welke drie?"),
        options=tuple(Option(letter, letter.upper()) for letter in "abcde"),
        least=3,
        most=3,
        ordered=True,
    ),
    plain("after"),
)


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_answers_stand_in_the_order_of_tapping(order) -> None:
    """Every order of the same three is another answer, and the buttons show it as 1, 2, 3."""
    player = Player(TOP).choose(*order)
    assert player.answers == {"top": order}
    assert player.labels[:3] == tuple(f"{order.index(letter) + 1} · {letter.upper()}" for letter in "abc")
    assert player.events == (Answered("top", order),)
    assert player.done().at == "after"


def test_who_taps_one_out_moves_the_others_up() -> None:
    """The second becomes the first; what is tapped again comes last."""
    player = Player(TOP).choose("c", "a", "b", "c")
    assert player.answers == {"top": ("a", "b")}
    assert player.labels[:3] == ("1 · A", "2 · B", "C")
    assert player.choose("c").answers == {"top": ("a", "b", "c")}


def test_the_order_survives_going_on_and_back() -> None:
    """Who returns sees the own order, and "Klaar" alone changes nothing that follows."""
    player = Player(TOP).choose("d", "a", "c").done().choose("yes")
    assert player.answers == {"top": ("d", "a", "c"), "after": ("yes",)}
    again = Player(TOP).choose("d", "a", "c").done().back()
    assert again.answers == {"top": ("d", "a", "c")}
    assert "1 · D" in again.labels


def test_done_comes_with_the_least_number() -> None:
    """Below it the small print says how many are to go, and neither "Klaar" nor "Sla over" loses a choice."""
    player = Player(TOP)
    assert "skip" in player.choices
    assert player.screen.below == ""
    for number, letter in enumerate("abc", start=1):
        player.choose(letter)
        assert ("done" in player.choices) == (number == 3)
        assert "skip" not in player.choices
        assert player.screen.below == ("" if number == 3 else LIBRARY.labels.still_to_choose.format(left=3 - number))


def test_a_late_done_below_the_least_is_refused_for_good() -> None:
    """A "Klaar" from a fuller screen does not close a list that has since become shorter."""
    player = Player(TOP).choose("a", "b", "c")
    done = player.button("done").tap
    player.choose("c").give(done)
    assert player.events == (Refused("top"),)
    assert player.at == "top"
    player.choose("d").give(done)
    assert player.events == (Ignored(Reason.OLD_SCREEN),)
    assert player.answers == {"top": ("a", "b", "d")}


def test_a_choice_without_an_answer_may_be_skipped() -> None:
    """Nobody has to name three things; who taps them out again may skip too."""
    assert Player(TOP).skip().at == "after"
    assert Player(TOP).choose("a", "a").skip().answers == {}


def test_stopping_keeps_what_was_chosen_so_far() -> None:
    """One or two are an answer too for who has no more time."""
    assert Player(TOP).choose("b").stop().answers == {"top": ("b",)}
