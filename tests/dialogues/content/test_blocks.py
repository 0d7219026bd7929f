"""The dialogues around the elements: what they ask, what they keep, and what they compare with the research."""

from __future__ import annotations

import pytest

from dialogues.authoring.elements import ELEMENTS
from dialogues.conversation.definition import Audience, Branch, Choice, Counted, MultiChoice, OpenText, Storage
from dialogues.conversation.way import Way
from tests.support.player import WORDS, Player
from tests.support.shipped import shipped

LIBRARY = shipped()
SIXTEEN = tuple(element for element in ELEMENTS if element != "client")
STORED = {
    "start": Storage.ENVELOPE,
    "closing": Storage.ENVELOPE,
    "actioncheck": Storage.ENVELOPE,
    "freetopic": Storage.ENVELOPE,
    "still_standing": Storage.ENVELOPE,
    "newcomer": Storage.NOTHING,
    "handover": Storage.SIGNED,
}


@pytest.mark.parametrize(("block", "storage"), STORED.items())
def test_each_block_says_what_may_be_kept(block, storage) -> None:
    """Coaching a newcomer keeps nothing, passing on contacts is signed; all else is sealed."""
    assert LIBRARY.get(block).storage is storage


def test_elements_are_always_sealed() -> None:
    """No author can make an element that keeps answers in another way; only these blocks stand beside them."""
    assert {one.id for one in LIBRARY.definitions.values() if not one.is_element} == set(STORED)
    assert {one.storage for one in LIBRARY.definitions.values() if one.is_element} == {Storage.ENVELOPE}


@pytest.mark.parametrize("block", [block for block, storage in STORED.items() if storage is not Storage.ENVELOPE])
@pytest.mark.parametrize("audience", Audience)
def test_what_is_not_sealed_is_not_counted_either(block, audience) -> None:
    """A dialogue about one person has no step that a release could count."""
    steps = LIBRARY.get(block).steps[audience]
    assert {getattr(step, "counted", Counted.NOTHING) for step in steps} == {Counted.NOTHING}


def test_the_top_three_are_chosen_from_the_sixteen_subjects() -> None:
    """Exactly three, in order of weight, from all subjects under their own titles, or something else."""
    for audience in Audience:
        step = LIBRARY.get("closing").step(audience, "top3")
        assert isinstance(step, MultiChoice)
        assert (step.least, step.most, step.ordered, step.counted) == (3, 3, True, Counted.LISTING)
        assert [option.value for option in step.options] == [*SIXTEEN, "other"]
        assert step.options[-1].label == "Iets anders"
        assert {option.value: option.label for option in step.options[:-1]} == {
            element: LIBRARY.get(element).title for element in SIXTEEN
        }


def test_one_of_the_sixteen_may_become_stronger() -> None:
    """The subject to strengthen is one of the same list, listed only when enough people chose it."""
    closing = LIBRARY.get("closing")
    step, top = closing.step(Audience.PRACTICE, "strengthen"), closing.step(Audience.PRACTICE, "top3")
    assert isinstance(step, Choice)
    assert isinstance(top, MultiChoice)
    assert step.options == top.options[:-1]
    assert step.counted is Counted.LISTING


def test_the_reasons_are_those_of_the_research() -> None:
    """Six reasons, for who does not want to type."""
    closing = LIBRARY.get("closing")
    assert [theme.id.removeprefix("closing.") for theme in closing.themes] == [
        "base",
        "family",
        "people",
        "lead",
        "fragile",
        "grow",
    ]
    step = closing.step(Audience.PRACTICE, "themes")
    assert isinstance(step, MultiChoice)
    assert (step.most, [option.value for option in step.options]) == (3, [theme.id for theme in closing.themes])


def _closing(audience: Audience = Audience.PRACTICE, **more) -> Player:
    return Player(LIBRARY.get("closing"), audience=audience, **more).choose("trust", "roles", "effect").done()


def test_looking_back_is_asked_only_when_there_is_a_top_three_before() -> None:
    """The first time there is nothing to look back at; later it is named."""
    first = _closing(words=WORDS | {"vorige_top3": ""}).skip().skip().skip()
    assert first.at == "own_change"
    later = _closing().skip().skip().skip()
    assert later.at == "looking_back"
    assert WORDS["vorige_top3"] in later.screen.question


@pytest.mark.parametrize(
    ("audience", "asked"),
    [(Audience.PRACTICE, "Wat heb jij dit halfjaar zelf anders gedaan?"), (Audience.STRATEGIC, "Welk signaal uit")],
)
def test_each_audience_looks_at_its_own_part(audience, asked) -> None:
    """The practice at the own doing, the leaders at the signals they used."""
    player = _closing(audience).skip().skip().skip().skip()
    assert player.screen.question.startswith(asked)


@pytest.mark.parametrize(
    ("score", "asked"),
    [
        ("1", "Hoe kunnen deze vragen nuttiger worden voor jou?"),
        ("3", "Aan welk onderwerp"),
        ("5", "Wat wil je dat we zeker"),
    ],
)
def test_the_last_question_follows_the_score(score, asked) -> None:
    """What follows whether it was worthwhile depends on the answer; without a view it ends."""
    player = _closing().skip().skip().skip().skip().skip()
    assert player.at == "worthwhile"
    assert player.choose(score).screen.question.startswith(asked)


def test_the_closing_scale_is_that_of_the_elements() -> None:
    """The same five figures with the same bands; who cannot say yet is not counted in them."""
    step = LIBRARY.get("closing").step(Audience.PRACTICE, "worthwhile")
    usual = LIBRARY.get("trust").step(Audience.PRACTICE, "statement")
    assert isinstance(step, Choice)
    assert isinstance(usual, Choice)
    assert step.options[:5] == usual.options[:5]
    assert (step.options[5].value, step.options[5].branch) == ("no_view", Branch.UNKNOWN)


def test_a_question_of_a_block_is_meant_for_who_gets_it_every_round() -> None:
    """What takes turns in an element does not here: the second year leaders still get their own question."""
    start = LIBRARY.get("start")
    for number in (1, 2, 3):
        player = Player(start, audience=Audience.STRATEGIC, number=number)
        while player.at != "route":
            player.skip()
        assert player.screen.question.startswith("Hoe zou een ouder")
        check = Player(LIBRARY.get("actioncheck"), number=number).choose("not_yet")
        assert check.screen.question.startswith("Wat zou helpen om ermee te beginnen?")


def test_an_action_check_is_one_or_two_taps() -> None:
    """Whether it happens, and only where it does whether it helps; then the question of the action itself."""
    check = LIBRARY.get("actioncheck")
    assert WORDS["actie"] in Player(check).screen.question
    assert Player(check).choose("not_yet").at == "check"
    assert Player(check).choose("no_view").session.ended
    helped = Player(check).choose("mostly")
    assert helped.at == "helps"
    assert helped.choose("a_little").screen.question == WORDS["controlevraag"]
    assert Player(check, words=WORDS | {"controlevraag": ""}).choose("mostly").choose("yes").session.ended


@pytest.mark.parametrize(
    ("sector", "asked"),
    [
        ("jgz", ["met_team", "met_school"]),
        ("wijkteam", ["met_jgz", "met_school"]),
        ("onderwijs", ["met_jgz", "met_team"]),
        ("overig", ["met_jgz", "met_team", "met_school"]),
    ],
)
def test_a_newcomer_is_asked_about_the_partners_only(sector, asked) -> None:
    """Yes or not yet for each other side, each time told first that nothing is kept."""
    player = Player(LIBRARY.get("newcomer"), sector=sector)
    assert "bewaar niets" in player.screen.question
    met = []
    while player.at.startswith("met_"):
        met.append(player.at)
        assert player.labels[:2] == ("Ja", "Nog niet")
        player.choose("no")
    assert met == asked
    assert player.at == "purpose"


def test_a_newcomer_hears_at_the_end_that_nothing_is_kept() -> None:
    """Whoever stops or finishes is told the same; who does not know the purpose gets a tip."""
    player = Player(LIBRARY.get("newcomer")).choose("no", "no").choose("no").skip()
    assert "niets van je antwoorden bewaard" in player.screen.question
    assert "waar doen we het samen voor" in player.screen.question
    assert "bewaard" in Player(LIBRARY.get("newcomer")).choose("yes").stop().screen.question


def test_a_handover_says_beforehand_that_it_is_signed() -> None:
    """The name, who reads it and the preview are told before the first question; no ends it at once."""
    player = Player(LIBRARY.get("handover"))
    assert "met jouw naam naar je team" in player.screen.question
    assert Player(LIBRARY.get("handover")).choose("no").session.ended
    player.choose("yes").choose("jgz").done()
    assert "rollen en organisaties" in player.screen.question
    assert LIBRARY.labels.reminder_short in player.screen.below
    assert LIBRARY.labels.text_signed in player.screen.below


def test_a_free_topic_is_one_open_question() -> None:
    """What fits nowhere is written down, and shared only when the writer says so."""
    topic = LIBRARY.get("freetopic")
    assert isinstance(topic.steps[Audience.PRACTICE][0], OpenText)
    assert Player(topic, sharing=True).type_text().at == "share"
    assert Player(topic, sharing=True).skip().session.ended


def test_still_standing_is_one_tap_with_a_band() -> None:
    """One statement, one tap, counted in the same bands as the score it follows."""
    step = LIBRARY.get("still_standing").step(Audience.PRACTICE, "still")
    assert isinstance(step, Choice)
    assert step.counted is Counted.BANDS
    assert [option.branch for option in step.options] == [Branch.LOW, Branch.MID, Branch.HIGH, Branch.UNKNOWN]
    for option in step.options:
        player = Player(LIBRARY.get("still_standing")).choose(option.value)
        assert player.session.ended
        assert player.answers == {"still": (option.value,)}


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("block", STORED)
@pytest.mark.parametrize("audience", Audience)
def test_every_block_begins_with_a_question_on_every_way(block, audience, way) -> None:
    """Nobody who opens a block finds only its last words."""
    player = Player(LIBRARY.get(block), audience=audience, way=way)
    assert not player.session.ended
    assert "{" not in player.screen.question
