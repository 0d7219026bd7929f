"""The map of all elements: every one in its own place, and nothing on it but what was published."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.insight import Band, Maandbeeld, Outcome, PublishedElement, TeamFacts, compose, publish
from dialogues.insight.balance import PLACES, map_of
from tests.dialogues.insight.samples import cells, element
from tests.support.shipped import shipped

NAMES = {each.id: each.short_title for each in shipped().definitions.values() if each.is_element}
NOW = "november 2026"
NARROW = 20


def about(name, band="high", *, month=NOW, number=6, outcome=Outcome.PUBLISHED):
    made = cells(statement=publish({"jgz": {band: number}}, "words"))
    return PublishedElement(definition=element(name), month=month, cells=made, outcome=outcome)


def spots(rounds, names=NAMES):
    return {spot.element: spot for region in map_of(names, rounds, month=NOW) for spot in region.spots}


def test_every_element_of_the_content_has_one_place_and_a_name_that_fits():
    """No element is forgotten or stands twice, and each name is short enough for a phone."""
    placed = [each for places in PLACES.values() for each in places]
    assert sorted(placed) == sorted(NAMES)
    assert all(len(name) <= NARROW for name in NAMES.values())


@given(st.lists(st.sampled_from(sorted(NAMES)), max_size=8), st.sampled_from(Band))
def test_places_do_not_depend_on_what_was_answered(asked, band):
    """Whatever was asked and answered, every element stands where it always stands."""
    usual = [(region.title, [spot.element for spot in region.spots]) for region in map_of(NAMES, (), month=NOW)]
    made = map_of(NAMES, [about(each, band) for each in asked], month=NOW)
    assert [(region.title, [spot.element for spot in region.spots]) for region in made] == usual


def test_this_month_earlier_and_open_are_told_apart():
    """The newest outcome counts, with its month; what was below the floor stays open."""
    shown = spots(
        [
            about("trust", "low", month="juni 2026"),
            about("trust", "mid", month="oktober 2026"),
            about("roles"),
            about("skills", number=4),
            about("vision", outcome=Outcome.WAITING),
        ]
    )
    assert (shown["trust"].word, shown["trust"].when, shown["trust"].now) == ("wisselend", "oktober 2026", False)
    assert (shown["roles"].word, shown["roles"].short_when, shown["roles"].now) == ("herkend", "nu", True)
    assert [each for each, spot in shown.items() if spot.word] == ["trust", "roles"]
    assert shown["skills"].band is shown["vision"].band is None


def test_still_standing_speaks_in_its_own_words():
    """Where was only asked whether it still holds, the map says so in the place of that element."""
    once = replace(about("still_standing"), about="Vertrouwen", subject="trust")
    assert spots([once])["trust"].word == "geldt nog"


def test_elements_of_ones_own_come_in_a_region_of_their_own():
    """A dialogue that an organisation added has a place too, after the others."""
    made = map_of({"trust": "Vertrouwen", "buurthuis": "Buurthuis"}, (), month=NOW)
    assert [(region.title, [spot.name for spot in region.spots]) for region in made] == [
        ("De basis", ["Vertrouwen"]),
        ("Eigen onderwerpen", ["Buurthuis"]),
    ]


def test_a_maandbeeld_of_before_the_map_is_still_read():
    """One that was stored without a map reads back without one; one with a map comes back whole."""
    made = compose(TeamFacts(team="T", month=NOW, elements=NAMES), (about("trust"),))
    assert Maandbeeld.from_json(made.to_json()) == made
    old = json.loads(made.to_json())
    del old["balance"], old["balance_note"]
    assert Maandbeeld.from_json(json.dumps(old)) == replace(made, balance=(), balance_note="")


@pytest.mark.parametrize("rounds", [(), (about("trust", number=4),)])
def test_a_month_without_an_outcome_has_no_map(rounds):
    """It stays a short message."""
    facts = TeamFacts(team="T", month=NOW, elements=NAMES, earlier=(about("roles", month="juni 2026"),))
    assert compose(facts, rounds).balance == ()
