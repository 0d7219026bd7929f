"""Shorter ways through a dialogue: what is asked counts fully, what is left out leaves no trace."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.conversation.definition import Audience, Closing, Sector
from dialogues.conversation.inputs import BACK, DONE, STOP
from dialogues.conversation.session import Session
from dialogues.conversation.way import Way
from dialogues.errors import BrokenSession
from tests.dialogues.conversation.samples import LIBRARY, TWO_SCALES
from tests.support.chance import examples
from tests.support.player import Player

ELEMENTS = [definition for definition in LIBRARY.definitions.values() if definition.is_element]
each_element = pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
each_audience = pytest.mark.parametrize("audience", Audience)


@each_element
@each_audience
def test_a_busy_day_is_one_tap(element, audience) -> None:
    """Brief: the statement, one tap, the last words; the answer is the same as on the full way."""
    player = Player(element, audience=audience, way=Way.BRIEF)
    assert (player.at, player.screen.progress) == ("statement", "Vraag 1 van 1")
    player.choose("2")
    assert player.session.ended
    assert isinstance(player.step, Closing)
    assert player.answers == Player(element, audience=audience).choose("2").answers == {"statement": ("2",)}


@each_element
@each_audience
def test_an_empty_quarter_is_statement_and_themes(element, audience) -> None:
    """Short: after the statement only the themes, and those only for who has a view."""
    player = Player(element, audience=audience, way=Way.SHORT)
    assert player.screen.progress == "Vraag 1 van 2"
    player.choose("2")
    assert (player.at, player.screen.progress) == ("themes", "Vraag 2 van 2")
    first = element.themes[0].id
    assert player.choose(first).done().session.ended
    assert player.answers == {"statement": ("2",), "themes": (first,)}
    assert Player(element, audience=audience, way=Way.SHORT).choose("no_view").session.ended


def test_last_words_fit_the_answer_on_every_way() -> None:
    """The thanks after one tap are those of the branch, as they are on the full way."""
    full = Player(LIBRARY.get("trust")).choose("4").skip().skip().skip()
    brief = Player(LIBRARY.get("trust"), way=Way.BRIEF).choose("4")
    assert brief.screen == full.screen


@pytest.mark.parametrize("way", [Way.SHORT, Way.BRIEF])
def test_a_dialogue_without_a_shorter_way_is_played_in_full(way) -> None:
    """Nobody is sent to the last words without a question; the session says which way it took."""
    newcomer = LIBRARY.get("newcomer")
    assert not newcomer.has_way(Audience.PRACTICE, way)
    player = Player(newcomer, way=way)
    assert player.at == "met_team"
    assert player.session.way is Way.FULL
    assert Player(TWO_SCALES, way=way).session.way is Way.FULL


@pytest.mark.parametrize(
    ("dialogue", "way", "asked"),
    [
        ("start", Way.BRIEF, ["important"]),
        ("start", Way.SHORT, ["important", "side_jgz_team", "side_jgz_school"]),
        ("closing", Way.BRIEF, ["strengthen"]),
        ("closing", Way.SHORT, ["top3", "strengthen"]),
    ],
)
def test_dialogues_with_steps_of_their_own_say_what_a_busy_day_keeps(dialogue, way, asked) -> None:
    """Once or twice a year, and still no more than one question for who has no time."""
    player = Player(LIBRARY.get(dialogue), way=way)
    met = []
    while not player.session.ended:
        met.append(player.at)
        player.skip()
    assert met == asked


def test_elements_have_every_way() -> None:
    """The chat may offer the short ways for each element and both audiences."""
    assert all(element.has_way(audience, way) for element in ELEMENTS for audience in Audience for way in Way)


def test_a_session_from_before_there_were_ways_is_a_full_one() -> None:
    """A dialogue that ran while the bot was renewed goes on as it began; another way is no session."""
    plain = json.loads(Player(LIBRARY.get("trust"), way=Way.BRIEF).session.to_bytes())
    assert plain.pop("way") == "brief"
    assert Session.from_bytes(json.dumps(plain).encode()).way is Way.FULL
    with pytest.raises(BrokenSession):
        Session.from_bytes(json.dumps(plain | {"way": "snel"}).encode())


@given(
    element=st.sampled_from(ELEMENTS),
    audience=st.sampled_from(Audience),
    sector=st.sampled_from(Sector),
    number=st.integers(1, 9),
    way=st.sampled_from(Way),
    data=st.data(),
)
@settings(max_examples=examples(150), deadline=None)
def test_a_shorter_way_asks_part_of_a_longer_one(*, element, audience, sector, number, way, data) -> None:
    """Whatever is tapped: every question met belongs to the way, and the same taps stand on each longer way."""
    player = Player(element, audience=audience, sector=sector, number=number, way=way, sharing=True)
    met = []
    while not player.session.ended:
        assert way.passes(player.step.way)
        met.append(player.at)
        taps = [button.tap for button in player.screen.buttons if button.tap.choice not in {BACK, STOP}]
        switching = [tap for tap in taps if tap.times == 0]
        player.give(data.draw(st.sampled_from([tap for tap in taps if tap.choice == DONE] or switching)))
    longer = [other for other in Way if other.passes(way)]
    steps = {other: [step.id for step in element.steps[audience] if _asked(step, other)] for other in longer}
    assert all(set(met) <= set(asked) for asked in steps.values())
    assert set(player.answers) <= set(met)
    assert len(set(met)) <= {Way.BRIEF: 1, Way.SHORT: 2, Way.FULL: 8}[way]


def _asked(step: object, way: Way) -> bool:
    return not isinstance(step, Closing) and way.passes(step.way)
