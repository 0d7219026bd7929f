"""What every element keeps to: people first, the own behaviour, examples that are translated, quiet last words."""

from __future__ import annotations

import re

import pytest

from dialogues.authoring.checks.examples import TRANSLATING
from dialogues.authoring.spec import ElementSpec
from dialogues.conversation.definition import Audience, Branch, Definition
from tests.support.player import Player
from tests.support.shipped import shipped, shipped_files

LIBRARY = shipped()
SPECS = {file.spec.id: file.spec for file in shipped_files() if isinstance(file.spec, ElementSpec)}
ELEMENTS = [each for each in LIBRARY.definitions.values() if each.is_element]
each_element = pytest.mark.parametrize("element", ELEMENTS, ids=lambda element: element.id)
each_audience = pytest.mark.parametrize("audience", Audience)
WITHOUT_EXAMPLE = {"vision"}
"""About a shared aim the research tells what people wished for, and no practice to show."""


def _last_words(element: Definition, audience: Audience, *, answer: str, number: int = 1, sector: str = "jgz") -> str:
    player = Player(element, audience=audience, number=number, sector=sector).choose(answer)
    while not player.session.ended:
        player.choose("guess") if player.at == "basis" else player.skip()
    return player.screen.question


@each_element
def test_the_first_step_is_one_between_people(element) -> None:
    """Meeting, looking along and talking come before anything to arrange (DSS Kernboodschap, §4.3 aanb. 3)."""
    about = {action.id: action.about for action in SPECS[element.id].actions}
    assert set(about.values()) <= {"people", "agreement"}
    assert about[element.actions[0].id] == "people"


def test_every_element_but_one_has_an_example_from_the_research() -> None:
    """For both audiences, from one of the sources of the element, and ending in the question what it means here."""
    for audience in Audience:
        shown = {spec.id for spec in SPECS.values() if any(each.audience in {None, audience} for each in spec.examples)}
        assert shown == set(SPECS) - WITHOUT_EXAMPLE
    for spec in SPECS.values():
        assert all(each.text.endswith(TRANSLATING) and each.source in spec.sources for each in spec.examples)
        assert all("onderzo" in each.text for each in spec.examples)


@each_element
@each_audience
def test_an_example_takes_turns_with_the_closing_thought(element, audience) -> None:
    """The first and the third time the thought, the second time the example, so the last words do not wear out."""
    first, second, third = (_last_words(element, audience, answer="4", number=number) for number in (1, 2, 3))
    assert first == third
    assert first.startswith(SPECS[element.id].reflection)
    assert (TRANSLATING in second) == (element.id not in WITHOUT_EXAMPLE)
    assert TRANSLATING not in first


@each_element
@each_audience
@pytest.mark.parametrize("number", [1, 2])
def test_the_last_words_do_not_tell_what_was_answered(element, audience, number) -> None:
    """They stay on the phone, where anybody may look along."""
    ends = {_last_words(element, audience, answer=answer, number=number) for answer in ("1", "3", "5", "no_view")}
    assert len(ends) == 1


@each_element
def test_leaders_are_asked_about_what_they_do_themselves(element) -> None:
    """A statement for leaders is about the own behaviour (DSS §7.3.2); only the view of the family is another's."""
    if element.id == "client":
        return
    for phrase in element.step(Audience.STRATEGIC, "statement").phrases:
        statement = phrase.text.partition("“")[2].partition("”")[0]
        assert re.match(r"In \{periode\} \w+ ik\b", statement), statement


@each_element
@each_audience
def test_partners_are_explained_where_they_are_first_met(element, audience) -> None:
    """In the same message, and only where the word is used."""
    for phrase in element.step(audience, "statement").phrases:
        statement = phrase.text.partition("“")[2].partition("”")[0]
        assert ("partners" in statement) == ("Met partners bedoel ik" in phrase.text)


def test_who_has_no_view_is_asked_for_a_role_at_most() -> None:
    """Strategic readers are asked where they could hear more, without anybody's name."""
    step = LIBRARY.get("trust").step(Audience.STRATEGIC, "probe")
    (asked,) = (phrase.text for phrase in step.phrases if phrase.when.branches == {Branch.UNKNOWN})
    assert "geen naam" in asked
