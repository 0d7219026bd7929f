"""What earlier months add to a maandbeeld: a balance pattern, how it went before, and what was silent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogues.insight import Maandbeeld, Outcome, PublishedElement, TeamFacts, compose, publish, publish_listing
from dialogues.insight.looking_back import fading
from tests.dialogues.insight.samples import bands, cells, element
from tests.support.shipped import shipped

FACTS = TeamFacts(team="Team Noord", month="november 2026", team_label="jeugdteam")


def was(name, title, month="november 2026", roster="same", **counts):
    made = cells(statement=publish(bands(**counts), "words"))
    return PublishedElement(definition=element(name, title=title), month=month, cells=made, roster=roster)


PAPER = was("structures", "Planning", month="oktober 2026", high=6)
TRUST_LOW = was("trust", "Vertrouwen", low=6)
TRUST_BEFORE = was("trust", "Vertrouwen", month="mei 2026", mid=6)


def test_a_pattern_over_two_months_becomes_the_question_with_its_grounds():
    question = compose(replace(FACTS, earlier=(PAPER,)), (TRUST_LOW,)).question
    assert question.pattern == "paper_ahead"
    assert question.title == "Papier loopt voor op de relatie"
    assert question.text == "Wie achter de afspraak ken je nog niet?"
    assert question.grounds == ("Planning: herkend (oktober 2026)", "Vertrouwen: weinig herkend (november 2026)")
    assert question.element == "trust", "steps stand by the element of this month"


def test_the_pattern_stands_in_the_half_hour():
    guide = compose(replace(FACTS, earlier=(PAPER,)), (TRUST_LOW,)).guide
    assert any(step.text == "Wie achter de afspraak ken je nog niet?" for step in guide)


def test_without_a_pattern_the_question_is_that_of_an_element():
    assert compose(FACTS, (TRUST_LOW,)).question.pattern == ""


def test_a_month_in_which_nothing_was_published_has_no_pattern():
    nothing = replace(TRUST_LOW, outcome=Outcome.WAITING, cells={})
    assert compose(replace(FACTS, earlier=(PAPER, TRUST_BEFORE)), (nothing,)).question is None


def test_a_newer_outcome_replaces_an_older_one():
    recovered = was("structures", "Planning", month="november 2026", mid=6)
    assert compose(replace(FACTS, earlier=(PAPER,)), (TRUST_LOW, recovered)).question.pattern == ""


def test_two_worlds_names_leadership_and_policy():
    facts = replace(FACTS, strategic=(was("vision", "Visie", month="oktober 2026", high=6),))
    question = compose(facts, (was("vision", "Visie", low=6),)).question
    assert question.pattern == "two_worlds"
    assert question.grounds == (
        "Visie: weinig herkend (november 2026)",
        "Visie, leiding en beleid: herkend (oktober 2026)",
    )


def test_a_basis_chosen_often_makes_a_high_client_outcome_a_question():
    made = cells(statement=publish(bands(high=8), "words"), basis=publish_listing({"guess": 6, "asked": 3}, 8))
    guessed = PublishedElement(definition=shipped().get("client"), month="november 2026", cells=made)
    assert compose(FACTS, (guessed,)).question.pattern == "we_think_we_know"


def test_how_it_went_before_is_told_in_words():
    view = compose(replace(FACTS, earlier=(TRUST_BEFORE,)), (TRUST_LOW,)).elements[0]
    assert view.trend == "Anders sinds mei 2026. Toen: wisselend."
    again = replace(FACTS, earlier=(replace(TRUST_LOW, month="mei 2026"),))
    assert compose(again, (TRUST_LOW,)).elements[0].trend == "Hetzelfde als in mei 2026: weinig herkend."


def test_how_it_went_long_before_adds_nothing_else():
    """Not to the map, and to no pattern: those read half a year."""
    far = replace(FACTS, long_before=(PAPER, TRUST_BEFORE))
    made, without = compose(far, (TRUST_LOW,)), compose(FACTS, (TRUST_LOW,))
    assert made.elements[0].trend == "Anders sinds mei 2026. Toen: wisselend."
    assert replace(made, elements=(replace(made.elements[0], trend=""),)) == without


def test_nothing_is_told_of_before_when_the_question_was_another():
    """Its author wrote other words since."""
    reworded = replace(TRUST_BEFORE, definition=element("trust", title="Vertrouwen", asked="Iets heel anders."))
    assert compose(replace(FACTS, earlier=(reworded,)), (TRUST_LOW,)).elements[0].trend == ""


@pytest.mark.parametrize("roster", ["", "other"])
def test_nothing_is_told_of_before_when_the_people_differ(roster):
    facts = replace(FACTS, earlier=(replace(TRUST_BEFORE, roster=roster),))
    assert compose(facts, (replace(TRUST_LOW, roster=roster and "same"),)).elements[0].trend == ""


def test_nothing_is_told_of_before_in_a_month_in_which_a_few_people_changed():
    facts = replace(FACTS, earlier=(TRUST_BEFORE,), roster_changed=True)
    assert compose(facts, (TRUST_LOW,)).elements[0].trend == ""


def test_nothing_is_told_of_before_when_one_of_both_was_too_thin():
    thin = was("trust", "Vertrouwen", month="mei 2026", mid=4)
    assert compose(replace(FACTS, earlier=(thin,)), (TRUST_LOW,)).elements[0].trend == ""
    assert (
        compose(replace(FACTS, earlier=(TRUST_BEFORE,)), (replace(thin, month="november 2026"),)).elements[0].trend
        == ""
    )


def test_silent_elements_are_named():
    facts = replace(FACTS, silent=("Visie", "Rollen"))
    assert compose(facts, (TRUST_LOW,)).silent == "Al een half jaar niet aan bod geweest: Visie en Rollen."
    many = replace(FACTS, silent=("Visie", "Rollen", "Effect", "Proces"))
    assert (
        compose(many, (TRUST_LOW,)).silent
        == "Al een half jaar niet aan bod geweest, onder meer: Visie, Rollen en Effect."
    )
    assert compose(FACTS, (TRUST_LOW,)).silent == ""


@pytest.mark.parametrize(
    ("bands", "falls"),
    [
        (("almost_all", "enough", "too_few"), True),
        (("enough", "almost_all", "enough", "too_few"), True),
        (("almost_all", "enough", "enough"), False),
        (("enough", "too_few"), False),
        (("almost_all", "enough", "too_few", "enough"), False),
        (("almost_all", "", "enough", "too_few"), True),
        ((), False),
    ],
)
def test_participation_fades_when_it_falls_twice(bands, falls):
    assert fading(bands) is falls


def test_a_maandbeeld_with_a_pattern_reads_back_as_it_was():
    made = compose(replace(FACTS, earlier=(PAPER, TRUST_BEFORE), silent=("Visie",)), (TRUST_LOW,))
    assert Maandbeeld.from_json(made.to_json()) == made
