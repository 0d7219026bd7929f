"""Walking all ways of a dialogue agrees with what the engine does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.authoring.facts import FACTS
from dialogues.authoring.loader import load_library
from dialogues.authoring.placeholders import PLACEHOLDERS
from dialogues.authoring.ways import START_TAP, Person, explore
from dialogues.conversation.definition import Audience, Closing, Definition, MultiChoice, Sector
from dialogues.conversation.engine import Turn, begin, resume
from dialogues.conversation.inputs import BACK, DONE, STOP, Tap, TypedText

LIBRARY = load_library()
WORDS = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}
OTHER_FACTS = sorted(fact for fact in FACTS if not fact.startswith(("sector:", "audience:")))


def _forward(definition: Definition, turn: Turn) -> list[Tap]:
    """The taps that lead on: not back, not stop, nothing switched off, and "Klaar" when no more may be chosen."""
    step = definition.step(turn.session.audience, turn.session.step)
    chosen = turn.session.answers.get(step.id, ())
    taps = [button.tap for button in turn.screen.buttons]
    if isinstance(step, MultiChoice) and len(chosen) >= step.most:
        return [tap for tap in taps if tap.choice == DONE]
    return [tap for tap in taps if tap.choice not in {BACK, STOP} and tap.times == 0]


@given(
    dialogue=st.sampled_from(sorted(LIBRARY.definitions)),
    audience=st.sampled_from(Audience),
    sector=st.sampled_from(Sector),
    facts=st.frozensets(st.sampled_from(OTHER_FACTS), max_size=5),
    number=st.integers(1, 12),
    sharing=st.booleans(),
    data=st.data(),
)
@settings(max_examples=150, deadline=None)
def test_no_way_is_longer_or_elsewhere_than_was_found(
    *, dialogue, audience, sector, facts, number, sharing, data
) -> None:
    """Whoever plays forward ends in last words, meets only steps that were found, and taps no more than was found."""
    definition = LIBRARY.get(dialogue)
    ways = explore(definition.steps[audience], Person(audience, sector))
    turn = begin(
        definition,
        audience=audience,
        number=number,
        facts=facts | {f"sector:{sector}"},
        words=WORDS,
        sharing=sharing,
    )
    taps, texts = START_TAP, 0
    while not turn.session.ended:
        assert turn.session.step in ways.met
        if turn.screen.expects_text and data.draw(st.booleans()):
            texts += 1
            turn = resume(definition, turn.session, TypedText(texts))
            continue
        turn = resume(definition, turn.session, data.draw(st.sampled_from(_forward(definition, turn))))
        taps += 1
    assert isinstance(definition.step(audience, turn.session.step), Closing)
    assert taps <= ways.most_taps
    assert "{" not in turn.screen.question


@pytest.mark.parametrize("dialogue", sorted(LIBRARY.definitions))
@pytest.mark.parametrize("audience", Audience)
def test_the_longest_way_takes_ten_taps_at_most(dialogue, audience) -> None:
    """Ten taps, the opening one included, for people of every sector."""
    steps = LIBRARY.get(dialogue).steps[audience]
    assert all(explore(steps, Person(audience, sector)).most_taps <= 10 for sector in Sector)
