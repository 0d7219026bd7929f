"""Walking all ways of a dialogue agrees with what the engine does."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from dialogues.authoring.facts import FACTS
from dialogues.authoring.pace import SECONDS_A_TAP, WORDS_A_MINUTE
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.authoring.sentences import words_in
from dialogues.authoring.ways import START_TAP, Person, explore
from dialogues.conversation.definition import Audience, Closing, Definition, MultiChoice, Sector
from dialogues.conversation.engine import Turn, begin, resume
from dialogues.conversation.inputs import BACK, DONE, STOP, Tap, TypedText
from dialogues.conversation.way import Way
from tests.support.chance import examples
from tests.support.shipped import shipped

LIBRARY = shipped()
WORDS = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}
NO_ANSWERS = {LIBRARY.labels.more, LIBRARY.labels.done}
OTHER_FACTS = sorted(fact for fact in FACTS if not fact.startswith(("sector:", "audience:")))


def _forward(definition: Definition, turn: Turn) -> list[Tap]:
    """The taps that lead on: not back, not stop, nothing switched off, and "Klaar" when no more may be chosen."""
    step = definition.step(turn.session.audience, turn.session.step)
    chosen = turn.session.answers.get(step.id, ())
    taps = [button.tap for button in turn.screen.buttons]
    if isinstance(step, MultiChoice) and len(chosen) >= step.most:
        return [tap for tap in taps if tap.choice == DONE]
    return [tap for tap in taps if tap.choice not in {BACK, STOP} and tap.times == 0]


def _words(turn: Turn) -> int:
    """What is read when a question comes up: all but progress and navigation, as long as nothing is chosen yet."""
    screen = turn.screen
    answers = [button.label for button in screen.buttons if not button.navigates and button.label not in NO_ANSWERS]
    return sum(words_in(part) for part in (screen.question, screen.below, *answers))


@given(
    dialogue=st.sampled_from(sorted(LIBRARY.definitions)),
    audience=st.sampled_from(Audience),
    sector=st.sampled_from(Sector),
    facts=st.frozensets(st.sampled_from(OTHER_FACTS), max_size=5),
    number=st.integers(1, 12),
    sharing=st.booleans(),
    way=st.sampled_from(Way),
    data=st.data(),
)
@settings(max_examples=examples(150), deadline=None)
def test_no_way_is_longer_or_elsewhere_than_was_found(
    *, dialogue, audience, sector, facts, number, sharing, way, data
) -> None:
    """Whoever plays forward ends in last words, meets only steps that were found, in no more taps and time."""
    definition = LIBRARY.get(dialogue)
    ways = explore(definition, Person(audience, sector), way=way)
    turn = begin(
        definition,
        audience=audience,
        number=number,
        facts=facts | {f"sector:{sector}"},
        words=WORDS,
        sharing=sharing,
        way=way,
    )
    assume(turn.session.way is way)
    taps, texts, words, at = START_TAP, 0, _words(turn), turn.session.step
    while not turn.session.ended:
        assert turn.session.step in ways.met
        if turn.screen.expects_text and data.draw(st.booleans()):
            texts += 1
            turn = resume(definition, turn.session, TypedText(texts))
        else:
            turn = resume(definition, turn.session, data.draw(st.sampled_from(_forward(definition, turn))))
            taps += 1
        words += _words(turn) if turn.session.step != at else 0
        at = turn.session.step
    assert isinstance(definition.step(audience, turn.session.step), Closing)
    assert ways.fewest_taps <= taps + texts
    assert taps <= ways.most_taps
    seconds = words * 60 / WORDS_A_MINUTE + taps * SECONDS_A_TAP
    assert ways.fewest_seconds - 0.01 <= seconds + texts * SECONDS_A_TAP
    assert seconds <= ways.most_seconds + 0.01
    assert "{" not in turn.screen.question


@pytest.mark.parametrize("dialogue", sorted(LIBRARY.definitions))
@pytest.mark.parametrize("audience", Audience)
def test_the_longest_way_stays_within_ten_taps_and_three_minutes(dialogue, audience) -> None:
    """For people of every sector, the opening tap included; the closing dialogue has limits of its own."""
    taps, seconds = {"closing": (16, 240)}.get(dialogue, (10, 180))
    for sector in Sector:
        ways = explore(LIBRARY.get(dialogue), Person(audience, sector))
        assert ways.most_taps <= taps
        assert ways.most_seconds <= seconds


@pytest.mark.parametrize("audience", Audience)
def test_a_busy_day_takes_two_taps_whatever_is_answered(audience) -> None:
    """Opening and one score, and less than half a minute of reading, for every element."""
    for definition in LIBRARY.definitions.values():
        if definition.is_element:
            ways = explore(definition, Person(audience, Sector.JGZ), way=Way.BRIEF)
            assert ways.fewest_taps == ways.most_taps == 2
            assert ways.met == {"statement", "reflection"}
