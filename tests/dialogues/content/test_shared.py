"""Phrases and functions that all dialogues share."""

from __future__ import annotations

import pytest

from dialogues.authoring.placeholders import PLACEHOLDERS, names_in
from dialogues.conversation.definition import Audience, Choice, Sector
from dialogues.conversation.engine import begin, resume
from dialogues.conversation.inputs import SKIP, STOP, Tap, TypedText
from tests.support.shipped import shipped

LIBRARY = shipped()
WORDS = {name: placeholder.sample for name, placeholder in PLACEHOLDERS.items()}


def test_every_sector_has_a_label_and_functions_for_both_audiences() -> None:
    """Whoever signs up finds a sector, and in it a function of the own layer."""
    assert set(LIBRARY.functions.sectors) == set(Sector)
    for sector in Sector:
        functions = LIBRARY.functions.of(sector)
        assert {audience for function in functions for audience in function.audiences} == set(Audience)


@pytest.mark.parametrize(
    ("sector", "audience", "codes"),
    [
        (Sector.JGZ, Audience.PRACTICE, {"youth_nurse", "youth_doctor", "jgz_coordinator", "other"}),
        (Sector.ONDERWIJS, Audience.STRATEGIC, {"swv_director", "school_lead", "other"}),
        (Sector.GEMEENTE, Audience.STRATEGIC, {"municipal_policy", "alderman", "other"}),
    ],
)
def test_functions_are_those_of_the_research(sector, audience, codes) -> None:
    """The functions that took part in the interviews, in the layer they spoke for."""
    assert {function.code for function in LIBRARY.functions.of(sector) if audience in function.audiences} == codes


def test_all_functions_of_the_brief_are_there() -> None:
    """Twenty-seven functions, each with its own code."""
    codes = [function.code for function in LIBRARY.functions.listed]
    assert len(codes) == len(set(codes)) == 27


def test_sentences_hold_only_known_placeholders() -> None:
    """The bot can fill every sentence it says around a dialogue."""
    assert {"greet", "feedback_response", "feedback_action", "feedback_none", "too_few"} <= set(LIBRARY.phrases)
    for text in LIBRARY.phrases.values():
        assert set(names_in(text)) <= set(PLACEHOLDERS)


def test_the_shortest_way_is_two_taps() -> None:
    """Start and a score: stopping right after keeps the score and says so."""
    turn = begin(LIBRARY.get("trust"), audience=Audience.PRACTICE, facts=frozenset({"sector:jgz"}), words=WORDS)
    turn = resume(LIBRARY.get("trust"), turn.session, Tap(1, "3"))
    assert turn.session.answers == {"statement": ("4",)}
    turn = resume(LIBRARY.get("trust"), turn.session, Tap(turn.session.visit, STOP))
    assert turn.session.answers == {"statement": ("4",)}
    assert turn.screen.question == LIBRARY.labels.stopped


def test_a_name_reminder_stands_under_every_open_question() -> None:
    """Before anybody types, the reminder and what happens with the text are on the screen."""
    definition = LIBRARY.get("trust")
    turn = begin(definition, audience=Audience.PRACTICE, facts=frozenset({"sector:jgz"}), words=WORDS)
    for choice in ("0", SKIP, SKIP):
        turn = resume(definition, turn.session, Tap(turn.session.visit, choice))
    assert turn.screen.expects_text
    assert LIBRARY.labels.reminder_short in turn.screen.below
    assert LIBRARY.labels.text_not_kept in turn.screen.below


def test_sharing_offers_only_for_myself_first() -> None:
    """Sharing is a choice each time; the first button keeps the text for the writer alone."""
    definition = LIBRARY.get("trust")
    turn = begin(definition, audience=Audience.PRACTICE, facts=frozenset({"sector:jgz"}), words=WORDS, sharing=True)
    for choice in ("0", SKIP, SKIP):
        turn = resume(definition, turn.session, Tap(turn.session.visit, choice))
    turn = resume(definition, turn.session, TypedText(1, "Bellen hielp."))
    step = definition.step(Audience.PRACTICE, turn.session.step)
    assert isinstance(step, Choice)
    assert [option.value for option in step.options] == ["private", "shared", "example"]


def test_the_share_question_is_the_same_in_every_branch() -> None:
    """A shared text may not tell whether its writer scored low or high."""
    for definition in LIBRARY.definitions.values():
        if definition.is_element:
            step = definition.step(Audience.PRACTICE, "share")
            assert len(step.phrases) == 1
            assert not step.phrases[0].when.branches
            assert not any(option.when.branches for option in getattr(step, "options", ()))
