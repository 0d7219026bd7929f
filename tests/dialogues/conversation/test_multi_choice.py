"""Several answers to one question: switch on and off, three at most, "Klaar", "Meer"."""

from __future__ import annotations

from dialogues.conversation.events import Answered, Ignored, Reason, Refused
from dialogues.conversation.inputs import Tap
from tests.dialogues.conversation.samples import LIBRARY, LONG_LIST
from tests.support.player import Player

TRUST = LIBRARY.get("trust")


def _themes() -> Player:
    return Player(TRUST).choose("3").skip()


def test_an_option_is_switched_on_and_off_on_the_same_screen() -> None:
    """A tap switches, the next one switches back; the step waits and every state is told."""
    player = _themes().choose("trust.know")
    assert player.at == "themes"
    assert player.events == (Answered("themes", ("trust.know",)),)
    assert "✓ Elkaar kennen" in player.labels
    player.choose("trust.know")
    assert player.events == (Answered("themes", ()),)
    assert "themes" not in player.answers
    assert "Elkaar kennen" in player.labels


def test_answers_stand_in_the_order_of_the_list() -> None:
    """The order of tapping is not kept: it would say more about a person than was asked."""
    assert _themes().choose("trust.heard", "trust.know").answers["themes"] == ("trust.know", "trust.heard")


def test_a_fourth_answer_is_refused_kindly() -> None:
    """Three at most: the fourth tap changes no answer and says what to do."""
    player = _themes().choose("trust.know", "trust.key", "trust.expert")
    player.choose("trust.heard")
    assert player.events == (Refused("themes"),)
    assert player.screen.notice == TRUST.labels.at_most.format(most=3)
    assert player.answers["themes"] == ("trust.know", "trust.key", "trust.expert")


def test_there_is_room_again_after_switching_one_off() -> None:
    """Who switches one off, can choose another, also the one that was refused just before."""
    player = _themes().choose("trust.know", "trust.key", "trust.expert", "trust.heard", "trust.know", "trust.heard")
    assert player.answers["themes"] == ("trust.key", "trust.expert", "trust.heard")


def test_a_refused_tap_that_comes_again_later_is_not_taken_after_all() -> None:
    """A fourth answer that was refused stays refused when it is delivered again after there is room."""
    player = _themes().choose("trust.know", "trust.key", "trust.expert")
    fourth = player.tap_for("trust.heard")
    player.give(fourth).choose("trust.know").give(fourth)
    assert player.events == (Ignored(Reason.OLD_SCREEN),)
    assert player.answers["themes"] == ("trust.key", "trust.expert")


def test_quick_taps_from_one_screen_all_count() -> None:
    """Two options tapped before the screen was drawn anew both count; the same one twice counts once."""
    player = _themes()
    know, key = player.tap_for("trust.know"), player.tap_for("trust.key")
    player.give(know).give(key).give(know)
    assert player.answers["themes"] == ("trust.know", "trust.key")
    assert player.events == (Ignored(Reason.OLD_SCREEN),)


def test_done_comes_with_the_first_answer_and_skip_goes() -> None:
    """Without an answer there is "Sla over", with one there is "Klaar"; never both."""
    player = _themes()
    assert "skip" in player.choices
    assert "done" not in player.choices
    player.choose("trust.know")
    assert "skip" not in player.choices
    assert player.done().at == "probe"
    assert player.events == (Answered("themes", ("trust.know",)),)


def test_skip_and_done_from_a_screen_that_no_longer_holds_are_refused_for_good() -> None:
    """A late "Sla over" after a choice, and a late "Klaar" without one, do not come true when delivered again."""
    player = _themes()
    skip = player.button("skip").tap
    player.choose("trust.know")
    done = player.button("done").tap
    player.give(skip)
    assert player.events == (Refused("themes"),)
    player.choose("trust.know").give(skip)
    assert player.events == (Ignored(Reason.OLD_SCREEN),)
    player.give(done)
    assert player.events == (Refused("themes"),)
    player.choose("trust.key").give(done)
    assert player.events == (Ignored(Reason.OLD_SCREEN),)
    assert player.at == "themes"
    assert player.done().at == "probe"


def test_switching_after_back_blanks_what_comes_after() -> None:
    """One theme more is a new answer to the themes, so the answers after it go; "Klaar" alone is not."""

    def again() -> Player:
        return Player(LIBRARY.get("start")).choose("start.know").done().choose("4").back().back()

    assert again().done().answers == {"important": ("start.know",), "side_jgz_team": ("4",)}
    assert again().choose("start.trust").answers == {"important": ("start.know", "start.trust")}


def test_more_shows_the_rest_of_a_long_list() -> None:
    """A long list begins short; "Meer" shows all of it that is meant for this person, and then goes."""
    player = Player(LONG_LIST, sector="wijkteam")
    assert player.labels[:4] == ("A", "B", "C", "Meer")
    player.more()
    assert player.labels[:5] == ("A", "B", "C", "D", "Verderop")
    assert "Meer" not in player.labels
    assert player.events == ()
    assert player.choose("hidden").answers == {"pick": ("hidden",)}


def test_an_option_behind_more_is_not_taken_before_it_is_shown() -> None:
    """A tap on an option that is not on the screen yet, changes nothing."""
    player = Player(LONG_LIST)
    player.give(Tap(player.session.visit, "5"))
    assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)


def test_more_is_offered_only_when_there_is_more_for_this_person() -> None:
    """What is hidden from a person by the facts, does not make a "Meer" that shows nothing."""
    assert "Meer" in Player(LONG_LIST, sector="jgz").skip().labels
    player = Player(LONG_LIST, sector="wijkteam").skip()
    assert "Meer" not in player.labels
    before = player.session
    player.give(Tap(before.visit, "more"))
    assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)
    assert player.session == before


def test_the_next_list_begins_short_again() -> None:
    """What was unfolded and tapped at one list, says nothing about the next one."""
    player = Player(LONG_LIST).more().choose("a").done()
    assert player.labels[:3] == ("A", "B", "Meer")
    assert player.session.switched == {}


def test_a_chosen_option_stays_in_sight_after_back() -> None:
    """Who comes back to a long list sees the chosen options, also those from behind "Meer"."""
    player = Player(LONG_LIST).more().choose("hidden").done().back()
    assert "✓ Verderop" in player.labels
    assert "D" not in player.labels
    assert "Meer" in player.labels


def test_the_most_is_that_of_the_step() -> None:
    """Two at most where the author said two."""
    player = Player(LONG_LIST).skip().more().choose("a", "b", "jgz")
    assert player.events == (Refused("short"),)
    assert player.answers == {"short": ("a", "b")}
    assert "Meer dan 2 kan niet" in player.screen.notice
