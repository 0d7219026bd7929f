"""Going back, answering anew, skipping and stopping: nothing is lost that a person did not take back."""

from __future__ import annotations

import pytest

from dialogues.conversation.definition import Audience
from dialogues.conversation.events import Answered, Ended, Ignored, Reason, WentBack
from dialogues.conversation.inputs import Tap, TypedText
from tests.dialogues.conversation.samples import LIBRARY, TWO_SCALES
from tests.support.player import Player

TRUST = LIBRARY.get("trust")
START = LIBRARY.get("start")
ALL = {"statement": ("2",), "side": ("jgz_team",), "themes": ("trust.know",), "action": ("trust.a1",)}


def _halfway() -> Player:
    """At the action, with everything before it answered."""
    return Player(TRUST).choose("2", "jgz_team", "trust.know").done().type_text()


def test_back_shows_the_step_before_with_its_answer_marked() -> None:
    """Going back keeps every answer and shows at the earlier step what was chosen there."""
    player = _halfway().back().back()
    assert player.events == (WentBack("themes"),)
    assert player.at == "themes"
    assert player.answers == {step: ALL[step] for step in ("statement", "side", "themes")}
    assert "✓ Elkaar kennen" in player.labels


def test_the_same_answer_again_keeps_what_comes_after() -> None:
    """Looking back and going on with the same answers loses nothing, also where a step was skipped before."""
    player = Player(TRUST).choose("2").skip().choose("trust.know").done()
    player.back().back().back()
    assert player.at == "statement"
    player.choose("2").skip()
    assert player.at == "themes"
    assert player.answers == {"statement": ("2",), "themes": ("trust.know",)}


def test_another_answer_blanks_the_steps_after_it() -> None:
    """A step that is answered anew takes the answers after it along, and those before it stay."""
    player = _halfway().back().back().back()
    assert player.at == "side"
    player.choose("jgz_school")
    assert player.answers == {"statement": ("2",), "side": ("jgz_school",)}
    assert player.events == (Answered("side", ("jgz_school",)),)


def test_skipping_an_answered_step_takes_its_answer_back() -> None:
    """Skipping a step that was answered is a new answer: none."""
    player = _halfway().back().back().back().skip()
    assert player.answers == {"statement": ("2",)}


def test_another_branch_leaves_no_answer_of_the_old_one() -> None:
    """From low to high: the step that only low people see, leaves nothing behind."""
    player = _halfway()
    player.choose("trust.a1")
    assert player.session.ended
    again = _halfway().back().back().back().back().choose("5").skip().skip().skip()
    assert again.session.ended
    assert again.answers == {"statement": ("5",)}


def test_there_is_no_way_back_from_the_first_question() -> None:
    """The first screen has no "Terug", and a tap that says so anyway changes nothing."""
    player = Player(TRUST)
    before = player.session
    assert "back" not in player.choices
    player.give(Tap(before.visit, "back"))
    assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)
    assert player.session == before


@pytest.mark.parametrize("steps", range(6))
def test_stop_at_any_moment_keeps_what_was_given(steps: int) -> None:
    """Every screen has "Stop"; it ends the dialogue with every answer given so far and says so."""
    player = Player(TRUST)
    moves = [
        lambda: player.choose("2"),
        lambda: player.choose("jgz_team"),
        lambda: player.choose("trust.know"),
        player.done,
        player.type_text,
    ]
    for move in moves[:steps]:
        move()
    given = player.answers
    player.stop()
    assert player.events == (Ended(stopped=True),)
    assert player.session.ended
    assert player.session.stopped
    assert player.answers == given
    labels = TRUST.labels
    assert player.screen.question == (labels.stopped if given else labels.stopped_empty)
    assert player.screen.buttons == ()


def test_after_the_end_nothing_changes_any_more() -> None:
    """Taps and texts after the last words are answered with the last words."""
    player = Player(TRUST).choose("no_view").skip()
    end, words = player.session, player.screen
    for late in (Tap(end.visit, "0"), Tap(end.visit, "stop"), Tap(1, "0"), TypedText(99)):
        player.give(late)
        assert player.events == (Ignored(Reason.ENDED),)
        assert (player.session, player.screen) == (end, words)


def test_a_button_of_an_older_screen_changes_nothing() -> None:
    """A second delivery or a double tap is recognised, also after going back to the same step."""
    player = Player(TRUST)
    first = player.tap_for("1")
    player.give(first).back()
    before = player.session
    player.give(first)
    assert player.events == (Ignored(Reason.OLD_SCREEN),)
    assert player.session == before


@pytest.mark.parametrize("choice", ["6", "99", "-1", "", "done", "more", "skip", "twee", "٢", "0 "])
def test_a_button_that_is_not_there_changes_nothing(choice: str) -> None:
    """Whatever text a tap carries: what is not on the screen is not taken."""
    player = Player(TRUST)
    before = player.session
    player.give(Tap(before.visit, choice))
    assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)
    assert player.session == before


def test_an_option_of_another_sector_is_not_taken() -> None:
    """A forged tap on an option that this person is not shown, is refused."""
    player = Player(TRUST, sector="jgz").choose("3")
    hidden = [option.value for option in player.step.options].index("team_school")
    player.give(Tap(player.session.visit, str(hidden)))
    assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)
    assert "side" not in player.answers


@pytest.mark.parametrize("audience", Audience)
def test_the_start_dialogue_can_be_skipped_to_its_end(audience: Audience) -> None:
    """Nothing in the start dialogue has to be answered, and then nothing is kept."""
    player = Player(START, audience=audience, sector="overig")
    while not player.session.ended:
        player.skip()
    assert player.answers == {}


def test_skipping_again_what_was_skipped_before_keeps_the_rest() -> None:
    """Passing a skipped step for the second time is no new answer, so what follows it stays."""
    player = Player(TWO_SCALES).skip().choose("low").back().back()
    assert player.at == "first"
    player.skip()
    assert player.answers == {"second": ("low",)}
