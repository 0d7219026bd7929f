"""A text between typing and choosing: shown back, guarded, and kept only when its writer shares it."""

from __future__ import annotations

import pytest

from dialogues.conversation.events import Answered, Ignored, Reason
from dialogues.conversation.inputs import NOT_SO, SKIP, TypedText
from dialogues.conversation.session import Session
from dialogues.guarding.cleaning import LONGEST_TEXT
from dialogues.guarding.findings import NEVER_SHARED, Finding, Kind
from tests.dialogues.conversation.samples import LIBRARY, TWO_TEXTS
from tests.support.player import Player

TRUST = LIBRARY.get("trust")
WORDS = "KANARIE hielp ons"


def at_probe(value: str = "3", **more: object) -> Player:
    return Player(TRUST, **{"sharing": True, **more}).choose(value).skip().skip()


def kept(player: Player) -> bool:
    """Whether the words are in what survives between two taps."""
    return b"KANARIE" in player.session.to_bytes()


def test_what_was_typed_is_shown_back_with_the_choice() -> None:
    """A preview, the question, and nothing shared yet."""
    player = at_probe().type_text(WORDS)
    assert (player.at, player.screen.quote, player.screen.quote_heading) == ("share", WORDS, "Je schreef:")
    assert player.labels == (
        "Alleen voor mezelf", "Deel met het team", "Deel als goed voorbeeld", "Aanpassen", "Wissen", "Stop",
    )  # fmt: skip
    assert not player.session.text.shared
    assert len(player.labels) <= 6


@pytest.mark.parametrize("value", ["shared", "example"])
def test_sharing_keeps_the_words_and_says_which(value: str) -> None:
    """Only these two answers keep them; the tag is the writer's own, whatever the branch."""
    for score in ("1", "3", "5"):
        player = at_probe(score).type_text(WORDS).choose(value)
        assert kept(player)
        assert (player.session.text.shared, player.session.text.example) == (True, value == "example")


def test_everything_else_keeps_nothing() -> None:
    """For myself, erase, stop before choosing, or skip after adjusting: no word of it is left."""
    assert not kept(at_probe().type_text(WORDS).choose("private"))
    erased = at_probe().type_text(WORDS).skip()
    assert not kept(erased)
    assert erased.events == (Answered("share", ()),)
    assert not kept(at_probe().type_text(WORDS).back().skip())
    stopped = at_probe().type_text(WORDS).stop()
    assert stopped.session.ended
    assert not stopped.session.text.shared


def test_without_sharing_the_words_are_dropped_at_once() -> None:
    """In a preview, in a team that is too small, or where the author asks nothing about it."""
    player = at_probe(sharing=False).type_text(WORDS)
    assert not kept(player)
    assert player.screen.quote == ""
    for dialogue in ("newcomer", "handover"):
        player = Player(LIBRARY.get(dialogue), sector="wijkteam", sharing=True)
        while not player.screen.expects_text:
            player.choose(player.step.options[0].value) if "0" in player.choices else player.skip()
            if "done" in player.choices:
                player.done()
        assert not kept(player.type_text(WORDS))


def test_adjusting_shows_the_words_to_write_them_anew() -> None:
    """Back at the open question the earlier words can be copied; new ones need a new choice."""
    player = at_probe().type_text(WORDS).choose("shared").back().back()
    assert (player.at, player.screen.quote) == ("probe", WORDS)
    player.type_text("Anders")
    assert player.screen.quote == "Anders"
    assert not kept(player)
    assert "share" not in player.answers


def test_a_warning_stands_between_a_text_and_sharing_it() -> None:
    """While the guard warns nothing can be shared; "Klopt niet" brings the choice, which is then still a choice."""
    player = at_probe().type_text(WORDS, Kind.NAME)
    assert player.labels == ("Alleen voor mezelf", "Klopt niet, bewaar", "Aanpassen", "Wissen", "Stop")
    assert "een naam (K)" in player.screen.question
    player.give(player.button(NOT_SO).tap)
    assert player.at == "share"
    assert "Deel met het team" in player.labels
    assert not player.session.text.shared
    assert kept(player.choose("shared"))


@pytest.mark.parametrize("kind", sorted(NEVER_SHARED))
def test_some_things_can_never_be_shared(kind: Kind) -> None:
    """Alone or beside a name: no button for it, and a forged tap changes nothing."""
    for found in ((kind,), (Kind.NAME, kind)):
        player = at_probe().type_text(WORDS, *found)
        assert "Klopt niet, bewaar" not in player.labels
        assert "Deel met het team" not in player.labels
        before = player.session
        for choice in (NOT_SO, "1", "2"):
            player.give(type(player.button(SKIP).tap)(player.session.visit, choice))
            assert player.events == (Ignored(Reason.UNKNOWN_BUTTON),)
            assert player.session == before


def test_a_text_that_is_too_long_changes_nothing() -> None:
    """One character more than may be shared is refused, and nothing of it stays; where nothing is shared it passes."""
    player = at_probe()
    before = player.session
    player.give(TypedText(1, "K" * (LONGEST_TEXT + 1)))
    assert player.events == (Ignored(Reason.TEXT_TOO_LONG),)
    assert player.session == before
    assert player.give(TypedText(2, "K" * LONGEST_TEXT)).at == "share"
    assert at_probe(sharing=False).give(TypedText(1, "K" * 999)).at == "action"


def test_one_text_a_dialogue() -> None:
    """Once a text is shared, a second open question offers no sharing and says so."""
    player = Player(TWO_TEXTS, sharing=True).type_text(WORDS).choose("shared").choose("yes")
    assert player.at == "two"
    assert LIBRARY.labels.text_not_kept in player.screen.below
    assert player.type_text("Nog iets").at == "after"
    assert player.session.text.words == WORDS


def test_a_session_from_before_texts_could_be_shared_is_still_read() -> None:
    """A dialogue that runs over an update goes on."""
    data = at_probe().session.to_bytes().replace(b'"text":null,', b"")
    assert Session.from_bytes(data).text is None


def test_findings_point_into_the_words() -> None:
    """What was found is shown with the words it was found in."""
    finding = Finding(0, 7, Kind.SCHOOL)
    player = at_probe().give(TypedText(1, WORDS, (finding,)))
    assert "een school (KANARIE)" in player.screen.question
