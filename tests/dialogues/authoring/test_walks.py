"""Trying a dialogue out as somebody, and playing the same walk again from what was written down."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogues.authoring.facts import FACTS
from dialogues.authoring.profiles import UnknownFact, facts_in
from dialogues.authoring.transcripts import TYPED, written_screen
from dialogues.authoring.walks import NoWalk, Walker, replay
from dialogues.conversation.definition import Audience, Sector
from dialogues.conversation.engine import resume
from dialogues.conversation.inputs import TypedText
from dialogues.conversation.screens import Button, Screen
from dialogues.conversation.way import Way
from dialogues.errors import UnknownDialogue
from tests.support.chance import examples
from tests.support.shipped import shipped

LIBRARY = shipped()
PROFILE = sorted(fact for fact in FACTS if not fact.startswith(("audience:", "sector:")))
walkers = st.builds(
    Walker,
    dialogue=st.sampled_from(sorted(LIBRARY.definitions)),
    audience=st.sampled_from(Audience),
    sector=st.sampled_from(Sector),
    number=st.integers(1, 12),
    facts=st.frozensets(st.sampled_from(PROFILE), max_size=4),
    way=st.sampled_from(Way),
)


@given(walkers)
def test_a_transcript_says_who_walked(walker: Walker) -> None:
    """The head of a transcript is the command that walks the same way; nothing of it is lost."""
    assert Walker.of(f"# Titel\n# {walker.head}\n\nVraag 1 van 5") == walker


@given(walker=walkers, taps=st.lists(st.integers(0, 30), max_size=25))
@settings(max_examples=examples(100), deadline=None)
def test_any_walk_can_be_played_again(walker: Walker, taps: list[int]) -> None:
    """Whatever was tapped and typed, also back, stop and halfway: playing the transcript gives the same text."""
    definition = LIBRARY.get(walker.dialogue)
    first = turn = walker.begin(definition)
    moves: list[tuple[str, Screen]] = []
    for number in taps:
        if turn.session.ended:
            break
        if turn.screen.expects_text and number % 2:
            said, turn = TYPED, resume(definition, turn.session, TypedText(len(moves) + 1))
        else:
            button = turn.screen.buttons[number % len(turn.screen.buttons)]
            said, turn = button.label, resume(definition, turn.session, button.tap)
        moves.append((said, turn.screen))
    transcript = walker.transcript(definition, first, moves, turn)
    assert replay(LIBRARY, transcript) == transcript
    assert transcript.count(">>> ") == len(moves)


def test_a_changed_word_shows_in_the_replay() -> None:
    """A golden walk is of use only when it differs as soon as the dialogue does."""
    walker = Walker(dialogue="trust")
    definition = LIBRARY.get("trust")
    first = walker.begin(definition)
    transcript = walker.transcript(definition, first, [], first)
    old = transcript.replace("Herken je dit?", "Herkende je dit?")
    assert old != transcript
    assert replay(LIBRARY, old) == transcript


def test_a_tap_on_a_button_that_is_gone_is_told() -> None:
    """When an answer got another label, the walk says which one it misses and where."""
    transcript = f"# T\n# {Walker(dialogue='trust').head}\n\n>>> 3 · Soms"
    with pytest.raises(NoWalk, match=r"geen knop '3 · Soms' meer bij: “In de afgelopen maand"):
        replay(LIBRARY, transcript)


@pytest.mark.parametrize(
    "transcript",
    [
        "",
        "# Vertrouwen en respect · practice · low · jgz",
        "# walk trust --audience everyone --sector jgz --number 1 --way full",
        "# walk trust --audience practice --sector politie --number 1 --way full",
        "# walk trust --audience practice --sector jgz --number 1 --way snel",
    ],
)
def test_another_text_is_no_walk(transcript) -> None:
    """A text without a command that can be played is told as such."""
    with pytest.raises(NoWalk):
        replay(LIBRARY, transcript)


def test_a_walk_through_a_dialogue_that_is_gone_is_told() -> None:
    """The dialogue is named, with those there are."""
    with pytest.raises(UnknownDialogue):
        replay(LIBRARY, f"# {Walker(dialogue='weg').head}")


def test_a_screen_is_written_as_a_person_reads_it() -> None:
    """What happened, what was done before, where one is, the question, the small print, the answers, navigation."""
    tap = Walker(dialogue="trust").begin(LIBRARY.get("trust")).screen.buttons[0].tap
    screen = Screen(
        opening="Vorige keer.",
        progress="Vraag 1 van 2",
        question="Eerst.\nDan?",
        below="Klein.",
        buttons=(
            Button("Ja", tap),
            Button("Nee", tap),
            Button("Terug", tap, navigates=True),
            Button("Stop", tap, True),
        ),
        notice="Kies er één.",
    )
    assert written_screen(screen) == [
        "",
        "(Kies er één.)",
        "",
        "Vorige keer.",
        "",
        "Vraag 1 van 2",
        "",
        "Eerst.",
        "Dan?",
        "",
        "Klein.",
        "",
        "[Ja]",
        "[Nee]",
        "[Terug] [Stop]",
    ]


@pytest.mark.parametrize(
    ("profile", "facts"),
    [
        ("", frozenset()),
        ("large,0-100", frozenset({"size:large", "team:0-100"})),
        (" size:small , phase:long,", frozenset({"size:small", "phase:long"})),
    ],
)
def test_a_profile_is_told_in_short_words(profile, facts) -> None:
    """What stands behind the colon is enough where only one fact has it."""
    assert facts_in(profile) == facts


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        ("lrge", "'lrge' is geen bekend feit; bedoel je 'large'?"),
        ("large,long", "'long' kan van alles zijn. Kies uit: phase:long, tenure:long."),
        ("sector:jgz", "'sector:jgz' is geen bekend feit"),
    ],
)
def test_a_word_that_is_no_fact_is_told(profile, said) -> None:
    """A slip, a word that fits several facts, and what is asked elsewhere."""
    with pytest.raises(UnknownFact) as raised:
        facts_in(profile)
    assert str(raised.value).startswith(said)


def test_every_fact_can_be_told_in_full() -> None:
    """The long way of writing always works."""
    assert facts_in(",".join(PROFILE)) == frozenset(PROFILE)
