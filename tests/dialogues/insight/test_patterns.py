"""Balance patterns: each of the sixteen is found where it is and nowhere else; at most one a maandbeeld."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogues.authoring.profile import PROFILE
from dialogues.insight.bands import Band
from dialogues.insight.patterns import PATTERNS, Experience, Picture, choose_pattern, find_patterns
from dialogues.insight.patterns_nl import PATTERN_WORDS
from tests.support.shipped import shipped

LIBRARY = shipped()
ELEMENTS = tuple(sorted(name for name, each in LIBRARY.definitions.items() if each.is_element))
OPTIONS = ("communication.fixed", "conditions.faces", "conditions.deals", "client.data", "client.once", "guess")


def was(band: str | None, *often: str, **sectors: str) -> Experience:
    return Experience(
        band=band and Band(band),
        month="oktober 2026",
        often=frozenset(often),
        sectors={name: Band(word) for name, word in sectors.items()},
    )


PICTURES = {
    "paper_ahead": Picture(practice={"structures": was("high"), "roles": was("low")}),
    "rests_on_people": Picture(practice={"trust": was("high"), "roles": was("high"), "structures": was("low")}),
    "contact_without_contact": Picture(
        practice={"communication": was("high", "communication.fixed"), "trust": was("low")}
    ),
    "unknown_craft": Picture(practice={"roles": was("low")}, facts=frozenset({"team:0-100"})),
    "school_does_not_know": Picture(practice={"roles": was("mid", onderwijs="low", jgz="high")}),
    "talk_without_result": Picture(practice={"process": was("high"), "involvement": was("low")}),
    "input_dries_up": Picture(practice={"involvement": was("low")}, fading=True),
    "message_lost": Picture(practice={"leadership": was("low")}, strategic={"leadership": was("high")}),
    "two_worlds": Picture(practice={"vision": was("mid")}, strategic={"vision": was("high")}),
    "talk_not_count": Picture(practice={"process": was("high"), "effect": was("no_view")}),
    "it_stands": Picture(
        practice={name: was("high") for name in ("trust", "roles", "communication", "vision")}, undiscussed=True
    ),
    "tired_of_starting": Picture(practice={"conditions": was("low", "conditions.faces"), "trust": was("low")}),
    "privacy_in_the_way": Picture(practice={"infosharing": was("low"), "client": was("mid", "client.once")}),
    "we_think_we_know": Picture(practice={"client": was("high", "guess")}),
    "near_not_close": Picture(practice={"housing": was("high"), "communication": was("low")}),
    "willing_no_room": Picture(practice={"skills": was("high"), "conditions": was("low")}),
}


def found_in(picture: Picture) -> list[str]:
    return [one.id for one in find_patterns(picture)]


def test_there_are_sixteen_and_each_has_words_and_an_example():
    names = [pattern.id for pattern in PATTERNS]
    assert len(set(names)) == len(names) == 16
    assert set(names) == set(PATTERN_WORDS) == set(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_a_pattern_is_found_and_rests_on_what_was_published(name):
    found = next(one for one in find_patterns(PICTURES[name]) if one.id == name)
    picture = PICTURES[name]
    for ground in found.grounds:
        published = (picture.strategic if ground.who == "strategic" else picture.practice)[ground.element]
        band = published.sectors.get(ground.who, published.band)
        assert (ground.band, ground.month) == (band, published.month)


@pytest.mark.parametrize("name", PICTURES)
def test_a_pattern_goes_when_anything_it_rests_on_goes(name):
    picture = PICTURES[name]
    poorer = [
        *(replace(picture, practice=_without(picture.practice, each)) for each in picture.practice),
        *(replace(picture, strategic=_without(picture.strategic, each)) for each in picture.strategic),
        *((replace(picture, facts=frozenset()),) if picture.facts else ()),
        *((replace(picture, fading=False),) if picture.fading else ()),
        *((replace(picture, undiscussed=False),) if picture.undiscussed else ()),
    ]
    assert poorer
    assert all(name not in found_in(each) for each in poorer)


@pytest.mark.parametrize("name", PICTURES)
def test_a_pattern_goes_when_no_line_was_clear(name):
    picture = PICTURES[name]
    ties = {each: Experience(band=None, month="oktober 2026") for each in picture.practice}
    assert name not in found_in(replace(picture, practice=ties))


@pytest.mark.parametrize("other", ["conditions.deals", "structures"])
def test_paper_may_be_an_agreement_between_boards(other):
    boards = was("high", "conditions.deals") if other == "conditions.deals" else was("mid", "conditions.deals")
    picture = Picture(practice={"conditions": boards, "trust": was("low")})
    assert ("paper_ahead" in found_in(picture)) is (other == "conditions.deals")


def test_a_lost_message_is_told_rather_than_two_worlds():
    assert found_in(PICTURES["message_lost"]) == ["message_lost", "two_worlds"]
    assert choose_pattern(PICTURES["message_lost"]).id == "message_lost"


def test_the_pattern_of_last_month_comes_again_only_when_there_is_no_other():
    picture = PICTURES["message_lost"]
    assert choose_pattern(picture, shown_before="message_lost").id == "two_worlds"
    assert choose_pattern(PICTURES["near_not_close"], shown_before="near_not_close").id == "near_not_close"


def test_a_pattern_about_this_month_comes_before_an_older_one():
    both = Picture(practice={**PICTURES["paper_ahead"].practice, **PICTURES["willing_no_room"].practice})
    assert choose_pattern(both).id == "paper_ahead"
    assert choose_pattern(both, asked=frozenset({"skills"})).id == "willing_no_room"


def test_what_the_patterns_read_exists():
    options = {option for name in ELEMENTS for option in _options(name)}
    assert set(OPTIONS) <= options
    elements = {each for picture in PICTURES.values() for each in (*picture.practice, *picture.strategic)}
    assert elements <= set(ELEMENTS)
    facts = {fact for answers in PROFILE.values() for given_facts in answers.values() for fact in given_facts}
    assert {"team:0-100", "size:large"} <= facts


EXPERIENCES = st.builds(
    Experience,
    band=st.none() | st.sampled_from(Band),
    month=st.just("oktober 2026"),
    often=st.frozensets(st.sampled_from(OPTIONS)),
    sectors=st.dictionaries(st.sampled_from(("jgz", "wijkteam", "onderwijs")), st.none() | st.sampled_from(Band)),
)
ANY_PICTURE = st.builds(
    Picture,
    practice=st.dictionaries(st.sampled_from(ELEMENTS), EXPERIENCES),
    strategic=st.dictionaries(st.sampled_from(ELEMENTS), EXPERIENCES),
    facts=st.frozensets(st.sampled_from(("team:0-100", "size:large", "phase:new"))),
    fading=st.booleans(),
    undiscussed=st.booleans(),
)


@given(ANY_PICTURE, st.sampled_from(("", *PICTURES)))
def test_at_most_one_is_chosen_and_rather_a_new_one(picture, before):
    found, chosen = find_patterns(picture), choose_pattern(picture, shown_before=before)
    assert (chosen is None) is (not found)
    if chosen is not None:
        assert chosen in found
        assert chosen.id != before or {one.id for one in found} == {before}


@given(ANY_PICTURE)
def test_a_ground_is_never_a_tie(picture):
    grounds = [ground for one in find_patterns(picture) for ground in one.grounds if ground.element != "client"]
    assert all(ground.band is not None for ground in grounds)


def _without(outcomes, name):
    return {each: outcome for each, outcome in outcomes.items() if each != name}


def _options(name):
    definition = LIBRARY.get(name)
    for steps in definition.steps.values():
        for step in steps:
            yield from (option.value for option in getattr(step, "options", ()))
