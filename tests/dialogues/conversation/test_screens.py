"""What a person sees: one question, its buttons in their places, how far it is, and what was done last time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.conversation.presenting import fill
from tests.dialogues.conversation.samples import LIBRARY, TWO_SCALES, TWO_TEXTS
from tests.support.player import Player

TRUST = LIBRARY.get("trust")


def test_the_opening_stands_above_the_first_question_only() -> None:
    """What was done with the previous round is told first, and not repeated at every step."""
    player = Player(TRUST, opening="Vorige keer: dit doen we.")
    assert player.screen.opening == "Vorige keer: dit doen we."
    assert player.choose("3").screen.opening == ""
    assert player.back().screen.opening == "Vorige keer: dit doen we."
    assert player.stop().screen.opening == ""


def test_navigation_stands_under_the_answers() -> None:
    """Answers first; back, skip and stop after them, in that order, marked as navigation."""
    buttons = Player(TRUST).choose("3").screen.buttons
    assert [button.navigates for button in buttons] == sorted(button.navigates for button in buttons)
    assert [button.label for button in buttons if button.navigates] == ["Terug", "Sla over", "Stop"]


def test_every_way_counts_its_own_questions() -> None:
    """Before the branch is known the longest way is told; afterwards the total fits the branch."""
    assert Player(TRUST).screen.progress == "Vraag 1 van 5"
    assert Player(TRUST).choose("1").screen.progress == "Vraag 2 van 5"
    assert Player(TRUST).choose("5").screen.progress == "Vraag 2 van 4"
    assert Player(TRUST).choose("no_view").screen.progress == "Vraag 2 van 2"


def test_the_question_about_sharing_is_counted_from_the_start() -> None:
    """Typing a text does not make the dialogue longer than was said."""
    player = Player(TRUST, sharing=True)
    assert player.screen.progress == "Vraag 1 van 6"
    player.choose("2").skip().skip()
    assert player.screen.progress == "Vraag 4 van 6"
    assert player.type_text().screen.progress == "Vraag 5 van 6"
    assert player.choose("private").screen.progress == "Vraag 6 van 6"


def test_a_skipped_text_shortens_the_way() -> None:
    """Without a text there is no question about sharing, and the total says so."""
    player = Player(TRUST, sharing=True).choose("2").skip().skip().skip()
    assert player.at == "action"
    assert player.screen.progress == "Vraag 5 van 5"


def test_going_back_to_the_statement_opens_every_way_again() -> None:
    """At the statement the other ways are possible again, so the longest is told again."""
    assert Player(TRUST).choose("5").back().screen.progress == "Vraag 1 van 5"


def test_every_scale_that_is_still_to_come_keeps_its_ways_open() -> None:
    """With a second scale ahead, what it may open is counted too."""
    player = Player(TWO_SCALES)
    assert player.screen.progress == "Vraag 1 van 6"
    player.choose("mid")
    assert (player.at, player.screen.progress) == ("second", "Vraag 2 van 4")
    assert player.choose("high").screen.progress == "Vraag 3 van 3"


def test_a_question_is_worded_by_the_way_that_led_to_it() -> None:
    """Coming back to a question shows the words it had, whatever was answered there or further on."""
    player = Player(TWO_SCALES).choose("low").choose("yes")
    words = player.screen.question
    assert words == "En dan, als het stroef gaat?"
    assert player.choose("high").choose("yes").session.ended
    assert Player(TWO_SCALES).choose("low").choose("yes").choose("high").back().screen.question == words


def test_last_words_have_no_buttons_and_no_progress() -> None:
    """The end thanks by branch: whoever had nothing to answer, is not told that it counts."""
    counted = Player(LIBRARY.get("roles")).choose("5").skip().skip().skip().screen
    nothing = Player(LIBRARY.get("roles")).choose("not_applicable").screen
    for screen in (counted, nothing):
        assert screen.buttons == ()
        assert screen.progress == ""
        assert not screen.expects_text
    assert "Je antwoord telt mee" in counted.question
    assert "Je antwoord telt niet mee" in nothing.question
    assert "Je antwoord telt mee" not in nothing.question


def test_local_words_stand_in_questions_and_on_buttons() -> None:
    """The local name of the wijkteam stands wherever the author put its place."""
    words = {"periode": "dit voorjaar", "wijkteam": "het sociaal team"}
    player = Player(TRUST, sector="wijkteam", words=words)
    assert "In dit voorjaar bouwden" in player.screen.question
    assert "JGZ en het sociaal team" in player.choose("3").labels


def test_a_word_that_is_missing_is_an_error_at_once() -> None:
    """A placeholder without a word never reaches a phone as braces."""
    with pytest.raises(KeyError):
        Player(TRUST, words={})


@given(words=st.dictionaries(st.sampled_from(["a", "b"]), st.text(), min_size=2))
def test_words_are_data(words: dict[str, str]) -> None:
    """Braces inside a word are never read as a placeholder."""
    assert fill("x{a}y{b}z", words) == f"x{words['a']}y{words['b']}z"


def test_texts_in_a_dialogue_with_two_open_questions_count_one_share_each() -> None:
    """Two open questions, two possible questions about sharing; each goes when its text does not come."""
    player = Player(TWO_TEXTS, sharing=True)
    assert Player(TWO_TEXTS, sharing=True, sector="wijkteam").screen.progress == "Vraag 1 van 4"
    totals = [player.screen.progress]
    for move in (player.skip, lambda: player.choose("yes"), player.type_text, lambda: player.choose("shared")):
        move()
        totals.append(player.screen.progress)
    assert totals == ["Vraag 1 van 6", "Vraag 2 van 5", "Vraag 3 van 5", "Vraag 4 van 5", "Vraag 5 van 5"]
