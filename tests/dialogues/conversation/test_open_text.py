"""Typing: never required, never kept by the engine, and asked to be shared only where that may be."""

from __future__ import annotations

import pytest

from dialogues.conversation.definition import Audience
from dialogues.conversation.events import Answered, Ended, Ignored, Reason, TextTyped
from dialogues.conversation.inputs import TypedText
from tests.dialogues.conversation.samples import LIBRARY, TWO_TEXTS
from tests.support.player import Player

TRUST = LIBRARY.get("trust")


def _probe(value: str = "3", **more: object) -> Player:
    return Player(TRUST, **more).choose(value).skip().skip()


def test_a_text_moves_on_and_leaves_only_that_it_came() -> None:
    """The engine is told the number of the message; the session holds no more than that and the step."""
    player = _probe().give(TypedText(4711, "KANARIE"))
    assert player.events == (TextTyped("probe"), Answered("probe", ()))
    assert player.at == "action"
    assert player.session.typed == ("probe",)
    assert player.session.last_text == 4711
    assert player.answers == {"statement": ("3",)}
    assert b"KANARIE" not in player.session.to_bytes()


def test_the_last_question_ends_after_a_text_too() -> None:
    """With a high score the open question is the last: a text there ends the dialogue."""
    assert _probe("5").type_text().events == (TextTyped("probe"), Answered("probe", ()), Ended(stopped=False))


def test_a_text_that_comes_twice_counts_once() -> None:
    """A second delivery of the same message, or an older one, does not pass the next open question."""
    player = Player(TWO_TEXTS).give(TypedText(10)).choose("yes")
    assert player.at == "two"
    before = player.session
    for again in (10, 9):
        player.give(TypedText(again))
        assert player.events == (Ignored(Reason.OLD_SCREEN),)
        assert player.session == before
    assert player.give(TypedText(11)).at == "after"


@pytest.mark.parametrize("moves", [(), ("3",)])
def test_a_text_at_a_choice_changes_nothing(moves: tuple[str, ...]) -> None:
    """Typing where buttons wait is not an answer; the question stays as it is."""
    player = Player(TRUST).choose(*moves)
    before, screen = player.session, player.screen
    player.type_text()
    assert player.events == (Ignored(Reason.NO_TEXT_EXPECTED),)
    assert (player.session, player.screen) == (before, screen)


def test_typing_is_never_required() -> None:
    """An open question always has "Sla over", the name reminder, and says what happens with the text."""
    player = _probe()
    assert player.screen.expects_text
    assert "skip" in player.choices
    assert TRUST.labels.reminder_short in player.screen.below
    assert TRUST.labels.text_not_kept in player.screen.below
    assert player.skip().events == (Answered("probe", ()),)


def test_a_long_reminder_where_the_author_asked_for_it() -> None:
    """The start dialogue asks for a story about a family, so its reminder is the long one."""
    player = Player(LIBRARY.get("start"), sector="overig")
    while player.at != "route":
        player.skip()
    assert LIBRARY.labels.reminder_long in player.screen.below


def test_sharing_is_asked_only_after_a_text_and_only_when_it_may() -> None:
    """The question comes after a typed text when sharing is on; never after "Sla over", never when it is off."""
    assert _probe(sharing=True).type_text().at == "share"
    assert _probe(sharing=True).skip().at == "action"
    assert _probe(sharing=False).type_text().at == "action"


def test_an_older_text_does_not_ask_for_sharing_again() -> None:
    """Each question about sharing belongs to the open question just before it."""
    player = Player(TWO_TEXTS, sharing=True).type_text().choose("shared").choose("yes")
    assert player.at == "two"
    assert player.skip().at == "after"
    player = Player(TWO_TEXTS, sharing=True).skip().choose("yes").type_text()
    assert player.at == "share_two"


def test_a_new_text_needs_a_new_permission() -> None:
    """Permission for one text is not carried over to another that is typed after "Terug"."""
    player = _probe(sharing=True).type_text().choose("shared").back().back()
    assert player.at == "probe"
    assert player.answers["share"] == ("shared",)
    player.type_text()
    assert player.at == "share"
    assert "share" not in player.answers


def test_skipping_after_a_text_takes_the_text_and_its_permission_back() -> None:
    """Back to the open question and "Sla over": there is no text any more, so nothing to share."""
    player = _probe(sharing=True).type_text().choose("shared").back().back().skip()
    assert player.at == "action"
    assert player.session.typed == ()
    assert player.answers == {"statement": ("3",)}


def test_an_open_question_that_was_skipped_twice_keeps_what_follows() -> None:
    """Passing an open question a second time without typing is no new answer."""
    player = _probe()
    player.skip()
    assert player.at == "action"
    player = Player(TWO_TEXTS).skip().choose("yes").skip().back().back().back().skip()
    assert player.at == "between"
    assert player.answers == {"between": ("yes",)}


def test_rounds_turn_through_the_open_questions() -> None:
    """A later round asks another open question, and after all of them the first again."""
    step = TRUST.step(Audience.PRACTICE, "probe")
    facts = frozenset({"sector:jgz", "audience:practice"})
    fitting = [phrase.text for phrase in step.phrases if phrase.when.holds(branch="mid", facts=facts)]
    assert len(fitting) > 2
    asked = [_probe(number=number).screen.question for number in range(1, 2 * len(fitting) + 1)]
    assert [text.split("\n")[0] for text in asked] == [
        text.replace("{periode}", "de afgelopen maand").split("\n")[0] for text in fitting * 2
    ]


def test_an_open_question_for_a_profile_is_asked_of_that_profile_only() -> None:
    """The question about large municipalities reaches only people of a large municipality."""
    large = "Je hoeft niet iedereen te kennen"

    def asked(facts: frozenset[str]) -> bool:
        return any(_probe(number=number, facts=facts).screen.question.startswith(large) for number in range(1, 12))

    assert asked(frozenset({"size:large"}))
    assert not asked(frozenset({"size:small"}))
